// mish(x) = x tanh(softplus(x)): like silu, with a deeper dip.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

/// tanh(log(1+e^x)) = n/d, written in e = e^-|x| <= 1: for x < 0 n = e(e+2) and d = n+2, else n = 1+2e and
/// d = n + 2e^2.
template <class T>
struct mish_value {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real e = exp(-abs(x));
        const Real n = select(x < Real(0), e * (e + Real(2)), Real(1) + Real(2) * e);
        return x * (n / (n + Real(2) * select(x < Real(0), Real(1), e * e)));
    }
};

/// n/d + x (n/d)'; the derivative of n/d is 4 e (1+e) / d^2 for x < 0, else 4 e^2 (1+e) / d^2.
template <class T>
struct mish_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real e = exp(-abs(x));
        const Real n = select(x < Real(0), e * (e + Real(2)), Real(1) + Real(2) * e);
        const Real d = n + Real(2) * select(x < Real(0), Real(1), e * e);
        const Real bend = Real(4) * (select(x < Real(0), e, e * e) * (Real(1) + e)) / (d * d);
        return n / d + x * bend;
    }
};

/// Down to its minimum, then up.
inline constexpr std::array<monotone_piece, 2> mish_pieces{
    {{-infinity, -1.1924312145154952, -1}, {-1.1924312145154952, infinity, +1}}};

inline constexpr function_facts mish_facts{
    .name = "mish",
    .title = "Mish",
    .formula = "x tanh(log(1 + exp(x)))",
    .mathml =
        "<mi>x</mi><mi>tanh</mi><mo>(</mo><mi>log</mi><mo>(</mo><mn>1</mn><mo>+</mo><msup><mi>e</mi><mi>x"
        "</mi></msup><mo>)</mo><mo>)</mo>",
    .range_low = -0.30884341301725041,
    .range_high = infinity,
    .symmetric = symmetry::none,
    .monotone = mish_pieces,
    .series_below = {0.0, 0.6, 0.32, -0.016},
    .series_above = {0.0, 0.6, 0.32, -0.016},
    .at_minus_infinity = -0.0,
    .at_plus_infinity = infinity,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = false,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
