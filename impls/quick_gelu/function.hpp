// quick_gelu(x) = x sigmoid(1.702 x): gelu as CLIP and GPT-2 have approximated it.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

inline constexpr double quick_gelu_rate = 1.702;

/// As silu: with e = e^-|1.702 x| <= 1 nothing overflows.
template <class T>
struct quick_gelu_value {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real e = exp(-(Real(T(quick_gelu_rate)) * abs(x)));
        return x * (select(x < Real(0), e, Real(1)) / (Real(1) + e));
    }
};

/// s(v) (1 + v s(-v)), v = 1.702 x.
template <class T>
struct quick_gelu_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real v = Real(T(quick_gelu_rate)) * x;
        const Real e = exp(-abs(v));
        const Real d = Real(1) + e;
        const Real rising = select(x < Real(0), e, Real(1)) / d;
        const Real falling = select(x < Real(0), Real(1), e) / d;
        return rising * (Real(1) + v * falling);
    }
};

/// Down to silu's turning point / 1.702, then up. The point itself is left out: the rounding of 1.702 moves
/// it.
inline constexpr std::array<monotone_piece, 2> quick_gelu_pieces{
    {{-infinity, -0.7511544, -1}, {-0.7511541, infinity, +1}}};

inline constexpr function_facts quick_gelu_facts{
    .name = "quick_gelu",
    .title = "Quick GELU",
    .formula = "x / (1 + exp(-1.702 x))",
    .mathml =
        "<mfrac><mi>x</mi><mrow><mn>1</mn><mo>+</mo><msup><mi>e</mi><mrow><mo>-</mo><mn>1.702</mn><mi>x"
        "</mi></mrow></msup></mrow></mfrac>",
    .range_low = -0x1.4f12dba5cbad6p-3,
    .range_high = infinity,
    .symmetric = symmetry::none,
    .monotone = quick_gelu_pieces,
    .series_below = {0.0, 0.5, static_cast<double>(1.702F) / 4, 0.0},
    .series_above = {0.0, 0.5, static_cast<double>(1.702F) / 4, 0.0},
    .at_minus_infinity = -0.0,
    .at_plus_infinity = infinity,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = false,
    .timed_from = -10.0,
    .timed_to = 10.0,
    .range_low_f64 = -0x1.4f12dbee3e752p-3,
};

}  // namespace ulpfront::functions
