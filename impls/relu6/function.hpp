// relu6(x) = min(max(0, x), 6): relu with a ceiling, for low-precision arithmetic.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

template <class T>
struct relu6_value {
    template <class Real>
    Real operator()(const Real& x) const {
        return select(Real(0) < x, select(x < Real(6), x, Real(6)), Real(0));
    }
};

/// At the corners the slope is taken as 0, as frameworks do.
template <class T>
struct relu6_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        return select(Real(0) < x, select(x < Real(6), Real(1), Real(0)), Real(0));
    }
};

inline constexpr function_facts relu6_facts{
    .name = "relu6",
    .title = "ReLU6",
    .formula = "min(max(0, x), 6)",
    .mathml =
        "<mi>min</mi><mo>(</mo><mi>max</mi><mo>(</mo><mn>0</mn><mo>,</mo><mi>x</mi><mo>)</mo><mo>,</mo>"
        "<mn>6</mn><mo>)</mo>",
    .range_low = 0.0,
    .range_high = 6.0,
    .symmetric = symmetry::none,
    .monotone = rises_everywhere,
    .series_below = {0.0, 0.0, 0.0, 0.0},
    .series_above = {0.0, 1.0, 0.0, 0.0},
    .at_minus_infinity = 0.0,
    .at_plus_infinity = 6.0,
    .at_minus_zero = 0.0,
    .at_plus_zero = 0.0,
    .rational = true,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
