// softsign(x) = x / (1 + |x|): an S without an exponential, with long tails.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

template <class T>
struct softsign_value {
    template <class Real>
    Real operator()(const Real& x) const {
        return x / Real(Real(1) + abs(x));
    }
};

template <class T>
struct softsign_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real d = Real(1) + abs(x);
        return Real(1) / (d * d);
    }
};

inline constexpr function_facts softsign_facts{
    .name = "softsign",
    .title = "Softsign",
    .formula = "x / (1 + |x|)",
    .mathml = "<mfrac><mi>x</mi><mrow><mn>1</mn><mo>+</mo><mo>|</mo><mi>x</mi><mo>|</mo></mrow></mfrac>",
    .range_low = -1.0,
    .range_high = 1.0,
    .symmetric = symmetry::odd,
    .monotone = rises_everywhere,
    .series_below = {0.0, 1.0, 1.0, 1.0},
    .series_above = {0.0, 1.0, -1.0, 1.0},
    .at_minus_infinity = -1.0,
    .at_plus_infinity = 1.0,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = true,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
