// logsigmoid(x) = log(1 / (1 + e^-x)) = -softplus(-x): the logarithm that binary cross-entropy wants.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

/// No overflow, and the right tail keeps all its digits.
template <class T>
struct logsigmoid_value {
    template <class Real>
    Real operator()(const Real& x) const {
        return -(max(-x, Real(0)) + log1p(exp(-abs(x))));
    }
};

/// The sigmoid of -x, in its form without overflow or cancellation.
template <class T>
struct logsigmoid_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real e = exp(-abs(x));
        return select(x < Real(0), Real(1), e) / (Real(1) + e);
    }
};

inline constexpr function_facts logsigmoid_facts{
    .name = "logsigmoid",
    .title = "LogSigmoid",
    .formula = "log(1 / (1 + exp(-x)))",
    .mathml =
        "<mi>log</mi><mfrac><mn>1</mn><mrow><mn>1</mn><mo>+</mo><msup><mi>e</mi><mrow><mo>-</mo><mi>x"
        "</mi></mrow></msup></mrow></mfrac>",
    .range_low = -infinity,
    .range_high = 0.0,
    .symmetric = symmetry::none,
    .monotone = rises_everywhere,
    .series_below = {-0.69314718055994531, 0.5, -0.125, 0.0},
    .series_above = {-0.69314718055994531, 0.5, -0.125, 0.0},
    .at_minus_infinity = -infinity,
    .at_plus_infinity = -0.0,
    .at_minus_zero = -0.69314718055994531,
    .at_plus_zero = -0.69314718055994531,
    .rational = false,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
