// selu(x) = lambda x for x > 0, lambda alpha (e^x - 1) otherwise: elu with the two numbers that keep a
// layer's mean and variance (Klambauer et al., Self-Normalizing Neural Networks).
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

inline constexpr double selu_lambda = 1.0507009873554804934193349852946;
inline constexpr double selu_alpha = 1.6732632423543772848170429916717;
/// The product of the two binary32 parameters; exact.
inline constexpr double selu_depth =
    static_cast<double>(static_cast<float>(selu_lambda)) * static_cast<float>(selu_alpha);

template <class T>
struct selu_value {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real scale{T(selu_lambda)};
        return scale * select(Real(0) < x, x, Real(T(selu_alpha)) * expm1(-abs(x)));
    }
};

template <class T>
struct selu_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real scale{T(selu_lambda)};
        return scale * select(Real(0) < x, Real(1), Real(T(selu_alpha)) * exp(-abs(x)));
    }
};

inline constexpr function_facts selu_facts{
    .name = "selu",
    .title = "SELU",
    .formula = "1.0507 (x if x > 0 else 1.6733 (exp(x) - 1))",
    .mathml =
        "<mi>&#x3bb;</mi><mrow><mo>{</mo><mtable><mtr><mtd><mi>x</mi></mtd><mtd><mi>x</mi><mo>&gt;</mo>"
        "<mn>0</mn></mtd></mtr><mtr><mtd><mi>&#x3b1;</mi><mo>(</mo><msup><mi>e</mi><mi>x</mi></msup><mo>-"
        "</mo><mn>1</mn><mo>)</mo></mtd><mtd><mi>x</mi><mo>&#x2264;</mo><mn>0</mn></mtd></mtr></mtable>"
        "</mrow>",
    .range_low = -selu_depth,
    .range_high = infinity,
    .symmetric = symmetry::none,
    .monotone = rises_everywhere,
    .series_below = {0.0, selu_depth, selu_depth / 2, selu_depth / 6},
    .series_above = {0.0, static_cast<double>(static_cast<float>(selu_lambda)), 0.0, 0.0},
    .at_minus_infinity = -selu_depth,
    .at_plus_infinity = infinity,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = false,
    .timed_from = -10.0,
    .timed_to = 10.0,
    .range_low_f64 = -(selu_lambda * selu_alpha),
    .at_minus_infinity_f64 = -(selu_lambda * selu_alpha),
};

}  // namespace ulpfront::functions
