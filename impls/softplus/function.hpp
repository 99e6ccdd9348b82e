// softplus(x) = log(1 + e^x): smooth where relu has its corner.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

/// max(x, 0) + log1p(e^-|x|): no overflow, and the left tail keeps all its digits.
template <class T>
struct softplus_value {
    template <class Real>
    Real operator()(const Real& x) const {
        return max(x, Real(0)) + log1p(exp(-abs(x)));
    }
};

/// The sigmoid, in its form without overflow or cancellation.
template <class T>
struct softplus_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real e = exp(-abs(x));
        return select(x < Real(0), e, Real(1)) / (Real(1) + e);
    }
};

inline constexpr function_facts softplus_facts{
    .name = "softplus",
    .title = "Softplus",
    .formula = "log(1 + exp(x))",
    .mathml = "<mi>log</mi><mo>(</mo><mn>1</mn><mo>+</mo><msup><mi>e</mi><mi>x</mi></msup><mo>)</mo>",
    .range_low = 0.0,
    .range_high = infinity,
    .symmetric = symmetry::none,
    .monotone = rises_everywhere,
    .series_below = {0.69314718055994531, 0.5, 0.125, 0.0},
    .series_above = {0.69314718055994531, 0.5, 0.125, 0.0},
    .at_minus_infinity = 0.0,
    .at_plus_infinity = infinity,
    .at_minus_zero = 0.69314718055994531,
    .at_plus_zero = 0.69314718055994531,
    .rational = false,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
