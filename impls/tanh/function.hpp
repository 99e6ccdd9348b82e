// tanh(x): the sigmoid's odd sister, range (-1, 1); the gate of RNNs and LSTMs.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

template <class T>
struct tanh_value {
    template <class Real>
    Real operator()(const Real& x) const {
        return tanh(x);
    }
};

/// 1/cosh(x)^2 = 4e / (1+e)^2 with e = e^(-2|x|); the usual 1 - tanh^2 cancels.
template <class T>
struct tanh_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real e = exp(Real(-2) * abs(x));
        const Real d = Real(1) + e;
        return Real(4) * e / (d * d);
    }
};

inline constexpr function_facts tanh_facts{
    .name = "tanh",
    .title = "Hyperbolic Tangent",
    .formula = "tanh(x)",
    .mathml = "<mi>tanh</mi><mo>(</mo><mi>x</mi><mo>)</mo>",
    .range_low = -1.0,
    .range_high = 1.0,
    .symmetric = symmetry::odd,
    .monotone = rises_everywhere,
    .series_below = {0.0, 1.0, 0.0, -1.0 / 3},
    .series_above = {0.0, 1.0, 0.0, -1.0 / 3},
    .at_minus_infinity = -1.0,
    .at_plus_infinity = 1.0,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = false,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
