// gelu_tanh(x) = x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2: gelu without erf, as BERT and GPT-2 have
// it.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

inline constexpr double gelu_tanh_cubic = 0.044715;

/// (1 + tanh(u)) / 2 is the sigmoid of 2u, which keeps the digits of the left tail.
template <class T>
struct gelu_tanh_value {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real v = Real(2) * constants<Real>::sqrt_two_over_pi() *
                       (abs(x) * (Real(1) + Real(T(gelu_tanh_cubic)) * (x * x)));
        const Real e = exp(-v);
        return x * (select(x < Real(0), e, Real(1)) / (Real(1) + e));
    }
};

/// s(v) (1 + x v' s(-v)), v the argument of the sigmoid.
template <class T>
struct gelu_tanh_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real rate = Real(2) * constants<Real>::sqrt_two_over_pi();
        const Real bend = Real(T(gelu_tanh_cubic)) * (x * x);
        const Real e = exp(-(rate * (abs(x) * (Real(1) + bend))));
        const Real d = Real(1) + e;
        const Real rising = select(x < Real(0), e, Real(1)) / d;
        const Real falling = select(x < Real(0), Real(1), e) / d;
        return rising * (Real(1) + x * (rate * (Real(1) + Real(3) * bend)) * falling);
    }
};

/// Down to its minimum, then up. The turning point itself is left out: the rounding of 0.044715 moves it.
inline constexpr std::array<monotone_piece, 2> gelu_tanh_pieces{
    {{-infinity, -0.7524616, -1}, {-0.7524613, infinity, +1}}};

inline constexpr function_facts gelu_tanh_facts{
    .name = "gelu_tanh",
    .title = "GELU (tanh)",
    .formula = "x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2",
    .mathml =
        "<mfrac><mi>x</mi><mn>2</mn></mfrac><mo>(</mo><mn>1</mn><mo>+</mo><mi>tanh</mi><mo>(</mo><msqrt>"
        "<mfrac><mn>2</mn><mi>&#x3c0;</mi></mfrac></msqrt><mo>(</mo><mi>x</mi><mo>+</mo><mn>0.044715</mn>"
        "<msup><mi>x</mi><mn>3</mn></msup><mo>)</mo><mo>)</mo><mo>)</mo>",
    .range_low = -0x1.5c3e533a47c19p-3,
    .range_high = infinity,
    .symmetric = symmetry::none,
    .monotone = gelu_tanh_pieces,
    .series_below = {0.0, 0.5, 0.39894228040143268, 0.0},
    .series_above = {0.0, 0.5, 0.39894228040143268, 0.0},
    .at_minus_infinity = -0.0,
    .at_plus_infinity = infinity,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = false,
    .timed_from = -10.0,
    .timed_to = 10.0,
    .range_low_f64 = -0x1.5c3e533586d1ap-3,
};

}  // namespace ulpfront::functions
