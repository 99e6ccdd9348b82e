// relu(x) = max(0, x): the default of hidden layers, and the speed floor of all others.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

template <class T>
struct relu_value {
    template <class Real>
    Real operator()(const Real& x) const {
        return select(Real(0) < x, x, Real(0));
    }
};

/// At the corner the slope is taken as 0, as frameworks do.
template <class T>
struct relu_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        return select(Real(0) < x, Real(1), Real(0));
    }
};

inline constexpr function_facts relu_facts{
    .name = "relu",
    .title = "ReLU",
    .formula = "max(0, x)",
    .mathml = "<mi>max</mi><mo>(</mo><mn>0</mn><mo>,</mo><mi>x</mi><mo>)</mo>",
    .range_low = 0.0,
    .range_high = infinity,
    .symmetric = symmetry::none,
    .monotone = rises_everywhere,
    .series_below = {0.0, 0.0, 0.0, 0.0},
    .series_above = {0.0, 1.0, 0.0, 0.0},
    .at_minus_infinity = 0.0,
    .at_plus_infinity = infinity,
    .at_minus_zero = 0.0,
    .at_plus_zero = 0.0,
    .rational = true,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
