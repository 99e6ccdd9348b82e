// null(x) = x: a copy. Not an activation but the floor under every time.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

template <class T>
struct null_value {
    template <class Real>
    Real operator()(const Real& x) const {
        return x;
    }
};

template <class T>
struct null_slope {
    template <class Real>
    Real operator()(const Real&) const {
        return Real(1);
    }
};

inline constexpr function_facts null_facts{
    .name = "null",
    .title = "Copy",
    .formula = "x",
    .mathml = "<mi>x</mi>",
    .range_low = -infinity,
    .range_high = infinity,
    .symmetric = symmetry::odd,
    .monotone = rises_everywhere,
    .series_below = {0.0, 1.0, 0.0, 0.0},
    .series_above = {0.0, 1.0, 0.0, 0.0},
    .at_minus_infinity = -infinity,
    .at_plus_infinity = infinity,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = true,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
