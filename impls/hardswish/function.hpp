// hardswish(x) = x relu6(x + 3) / 6: silu from a parabola between two straight lines.
#pragma once

#include "impls/function.hpp"

namespace ulpfront::functions {

/// x times 0 left of -3, so that the zero there has the sign of the results beside it.
template <class T>
struct hardswish_value {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real raised = x + Real(3);
        const Real parabola = Real(x * max(raised, Real(0))) / Real(6);
        return select(x < Real(3), parabola, x);
    }
};

/// At the corners the slope is that of the parabola, as frameworks have it.
template <class T>
struct hardswish_slope {
    template <class Real>
    Real operator()(const Real& x) const {
        const Real inside = Real(Real(x + x) + Real(3)) / Real(6);
        return select(x < Real(-3), Real(0), select(Real(3) < x, Real(1), inside));
    }
};

/// Level up to -3, down to -3/8 at -3/2, then up.
inline constexpr std::array<monotone_piece, 2> hardswish_pieces{
    {{-infinity, -1.5, -1}, {-1.5, infinity, +1}}};

inline constexpr function_facts hardswish_facts{
    .name = "hardswish",
    .title = "Hard Swish",
    .formula = "x min(max(0, x + 3), 6) / 6",
    .mathml =
        "<mi>x</mi><mfrac><mrow><mi>min</mi><mo>(</mo><mi>max</mi><mo>(</mo><mn>0</mn><mo>,</mo><mi>x"
        "</mi><mo>+</mo><mn>3</mn><mo>)</mo><mo>,</mo><mn>6</mn><mo>)</mo></mrow><mn>6</mn></mfrac>",
    .range_low = -0.375,
    .range_high = infinity,
    .symmetric = symmetry::none,
    .monotone = hardswish_pieces,
    .series_below = {0.0, 0.5, 1.0 / 6, 0.0},
    .series_above = {0.0, 0.5, 1.0 / 6, 0.0},
    .at_minus_infinity = -0.0,
    .at_plus_infinity = infinity,
    .at_minus_zero = -0.0,
    .at_plus_zero = 0.0,
    .rational = true,
    .timed_from = -10.0,
    .timed_to = 10.0,
};

}  // namespace ulpfront::functions
