// hardtanh(x) = min(max(-1, x), 1): tanh from three straight lines.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

template <class T>
struct hardtanh_value {
    template <class Real>
    Real operator()(const Real& x) const {
        return select(x < Real(-1), Real(-1), select(x < Real(1), x, Real(1)));
    }
};

/// At the corners the slope is taken as 0, as frameworks do.
template <class T>
struct hardtanh_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        return select(abs(x) < Real(1), Real(1), Real(0));
    }
};

inline constexpr function_facts hardtanh_facts{
    .name = "hardtanh",
    .title = "Hard Tanh",
    .formula = "min(max(-1, x), 1)",
    .mathml =
        "<mi>min</mi><mo>(</mo><mi>max</mi><mo>(</mo><mo>-</mo><mn>1</mn><mo>,</mo><mi>x</mi><mo>)</mo>"
        "<mo>,</mo><mn>1</mn><mo>)</mo>",
    .range_low = -1.0,
    .range_high = 1.0,
    .symmetric = symmetry::odd,
    .monotone = rises_everywhere,
    .series_below = {0.0, 1.0, 0.0, 0.0},
    .series_above = {0.0, 1.0, 0.0, 0.0},
    .at_minus_infinity = -1.0,
    .at_plus_infinity = 1.0,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = true,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
