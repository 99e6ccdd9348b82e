// sigmoid(x) = 1 / (1 + e^-x): squashes the line into (0, 1).
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

/// With e = e^-|x| <= 1 neither side overflows or cancels: x < 0: e/(1+e), else 1/(1+e).
template <class T>
struct sigmoid_value {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real e = exp(-abs(x));
        return select(x < Real(0), e, Real(1)) / (Real(1) + e);
    }
};

/// s(x) s(-x) = e / (1+e)^2; the usual s(1-s) cancels.
template <class T>
struct sigmoid_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real e = exp(-abs(x));
        const Real d = Real(1) + e;
        return e / (d * d);
    }
};

inline constexpr function_facts sigmoid_facts{
    .name = "sigmoid",
    .title = "Sigmoid",
    .formula = "1 / (1 + exp(-x))",
    .mathml =
        "<mfrac><mn>1</mn><mrow><mn>1</mn><mo>+</mo><msup><mi>e</mi><mrow><mo>-</mo><mi>x</mi></mrow>"
        "</msup></mrow></mfrac>",
    .range_low = 0.0,
    .range_high = 1.0,
    .symmetric = symmetry::complement,
    .monotone = rises_everywhere,
    .series_below = {0.5, 0.25, 0.0, -1.0 / 48},
    .series_above = {0.5, 0.25, 0.0, -1.0 / 48},
    .at_minus_infinity = 0.0,
    .at_plus_infinity = 1.0,
    .at_minus_zero = 0.5,
    .at_plus_zero = 0.5,
    .rational = false,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
