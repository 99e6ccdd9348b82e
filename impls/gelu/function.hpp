// gelu(x) = x Phi(x), Phi the normal distribution function: the gate of transformers.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

/// By erfc, which keeps the digits of the left tail where 1 + erf has lost them.
template <class T>
struct gelu_value {
    template <class Real>
    Real operator()(const Real& x) const {
        return x * (Real(0.5) * erfc(-(x * constants<Real>::sqrt_half())));
    }
};

/// Phi(x) + x phi(x).
template <class T>
struct gelu_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real distribution = Real(0.5) * erfc(-(x * constants<Real>::sqrt_half()));
        const Real density = Real(0.5) * constants<Real>::sqrt_two_over_pi() * exp(-(Real(0.5) * (x * x)));
        return distribution + x * density;
    }
};

/// Down to the solution of Phi(x) = -x phi(x), then up.
inline constexpr std::array<monotone_piece, 2> gelu_pieces{
    {{-infinity, -0.75179152469356446, -1}, {-0.75179152469356446, infinity, +1}}};

inline constexpr function_facts gelu_facts{
    .name = "gelu",
    .title = "GELU",
    .formula = "x (1 + erf(x / sqrt(2))) / 2",
    .mathml =
        "<mfrac><mi>x</mi><mn>2</mn></mfrac><mo>(</mo><mn>1</mn><mo>+</mo><mi>erf</mi><mo>(</mo><mfrac>"
        "<mi>x</mi><msqrt><mn>2</mn></msqrt></mfrac><mo>)</mo><mo>)</mo>",
    .range_low = -0x1.5c19dd4b1a3fbp-3,
    .range_high = infinity,
    .symmetric = symmetry::none,
    .monotone = gelu_pieces,
    .series_below = {0.0, 0.5, 0.39894228040143268, 0.0},
    .series_above = {0.0, 0.5, 0.39894228040143268, 0.0},
    .at_minus_infinity = -0.0,
    .at_plus_infinity = infinity,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = false,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
