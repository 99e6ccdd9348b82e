// leaky_relu(x) = x for x > 0, slope x otherwise, slope = 0.01: a small slope against dead neurons.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

template <class T>
struct leaky_relu_value {
    template <class Real>
    Real operator()(const Real& x) const {
        return select(Real(0) < x, x, x * Real(T(0.01)));
    }
};

template <class T>
struct leaky_relu_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        return select(Real(0) < x, Real(1), Real(T(0.01)));
    }
};

inline constexpr function_facts leaky_relu_facts{
    .name = "leaky_relu",
    .title = "Leaky ReLU",
    .formula = "x if x > 0 else 0.01 x",
    .mathml =
        "<mrow><mo>{</mo><mtable><mtr><mtd><mi>x</mi></mtd><mtd><mi>x</mi><mo>&gt;</mo><mn>0</mn></mtd>"
        "</mtr><mtr><mtd><mn>0.01</mn><mi>x</mi></mtd><mtd><mi>x</mi><mo>&#x2264;</mo><mn>0</mn></mtd>"
        "</mtr></mtable></mrow>",
    .range_low = -infinity,
    .range_high = infinity,
    .symmetric = symmetry::none,
    .monotone = rises_everywhere,
    .series_below = {0.0, static_cast<double>(0.01F), 0.0, 0.0},
    .series_above = {0.0, 1.0, 0.0, 0.0},
    .at_minus_infinity = -infinity,
    .at_plus_infinity = infinity,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = true,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
