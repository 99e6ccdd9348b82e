// silu(x) = x sigmoid(x), also called swish: a smooth relu that dips below 0.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

/// With e = e^-|x| <= 1 nothing overflows: x e/(1+e) for x < 0, x/(1+e) otherwise.
template <class T>
struct silu_value {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real e = exp(-abs(x));
        return x * (select(x < Real(0), e, Real(1)) / (Real(1) + e));
    }
};

/// s(x) (1 + x s(-x)).
template <class T>
struct silu_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real e = exp(-abs(x));
        const Real d = Real(1) + e;
        const Real rising = select(x < Real(0), e, Real(1)) / d;
        const Real falling = select(x < Real(0), Real(1), e) / d;
        return rising * (Real(1) + x * falling);
    }
};

/// Down to the solution of x = -1 - e^x, then up.
inline constexpr std::array<monotone_piece, 2> silu_pieces{
    {{-infinity, -1.2784645427610738, -1}, {-1.2784645427610738, infinity, +1}}};

inline constexpr function_facts silu_facts{
    .name = "silu",
    .title = "SiLU",
    .formula = "x / (1 + exp(-x))",
    .mathml =
        "<mfrac><mi>x</mi><mrow><mn>1</mn><mo>+</mo><msup><mi>e</mi><mrow><mo>-</mo><mi>x</mi></mrow>"
        "</msup></mrow></mfrac>",
    .range_low = -0x1.1d25cf210482ep-2,
    .range_high = infinity,
    .symmetric = symmetry::none,
    .monotone = silu_pieces,
    .series_below = {0.0, 0.5, 0.25, 0.0},
    .series_above = {0.0, 0.5, 0.25, 0.0},
    .at_minus_infinity = -0.0,
    .at_plus_infinity = infinity,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = false,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
