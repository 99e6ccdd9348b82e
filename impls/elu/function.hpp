// elu(x) = x for x > 0, alpha (e^x - 1) otherwise, alpha = 1: smooth on the negative side.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

template <class T>
struct elu_value {
    template <class Real>
    Real operator()(const Real& x) const {
        return select(Real(0) < x, x, expm1(-abs(x)));
    }
};

template <class T>
struct elu_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        return select(Real(0) < x, Real(1), exp(-abs(x)));
    }
};

inline constexpr function_facts elu_facts{
    .name = "elu",
    .title = "ELU",
    .formula = "x if x > 0 else exp(x) - 1",
    .mathml =
        "<mrow><mo>{</mo><mtable><mtr><mtd><mi>x</mi></mtd><mtd><mi>x</mi><mo>&gt;</mo><mn>0</mn></mtd>"
        "</mtr><mtr><mtd><msup><mi>e</mi><mi>x</mi></msup><mo>-</mo><mn>1</mn></mtd><mtd><mi>x</mi>"
        "<mo>&#x2264;</mo><mn>0</mn></mtd></mtr></mtable></mrow>",
    .range_low = -1.0,
    .range_high = infinity,
    .symmetric = symmetry::none,
    .monotone = rises_everywhere,
    .series_below = {0.0, 1.0, 0.5, 1.0 / 6},
    .series_above = {0.0, 1.0, 0.0, 0.0},
    .at_minus_infinity = -1.0,
    .at_plus_infinity = infinity,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = false,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
