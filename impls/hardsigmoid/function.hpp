// hardsigmoid(x) = relu6(x + 3) / 6: the sigmoid from three straight lines.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

template <class T>
struct hardsigmoid_value {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real rising = Real(x + Real(3)) / Real(6);
        return select(x < Real(-3), Real(0), select(x < Real(3), rising, Real(1)));
    }
};

/// At the corners the slope is taken as 0, as frameworks do.
template <class T>
struct hardsigmoid_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        return select(abs(x) < Real(3), Real(1) / Real(6), Real(0));
    }
};

inline constexpr function_facts hardsigmoid_facts{
    .name = "hardsigmoid",
    .title = "Hard Sigmoid",
    .formula = "min(max(0, x + 3), 6) / 6",
    .mathml =
        "<mfrac><mrow><mi>min</mi><mo>(</mo><mi>max</mi><mo>(</mo><mn>0</mn><mo>,</mo><mi>x</mi><mo>+"
        "</mo><mn>3</mn><mo>)</mo><mo>,</mo><mn>6</mn><mo>)</mo></mrow><mn>6</mn></mfrac>",
    .range_low = 0.0,
    .range_high = 1.0,
    .symmetric = symmetry::complement,
    .monotone = rises_everywhere,
    .series_below = {0.5, 1.0 / 6, 0.0, 0.0},
    .series_above = {0.5, 1.0 / 6, 0.0, 0.0},
    .at_minus_infinity = 0.0,
    .at_plus_infinity = 1.0,
    .at_minus_zero = 0.5,
    .at_plus_zero = 0.5,
    .rational = true,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
