// stable: x erfc(-x/sqrt(2)) / 2, which cancels nowhere. In binary64, since the rounding of x/sqrt(2) to
// binary32 alone would cost 200 ULP in the left tail, where erfc falls like e^(-x^2/2). Only the last
// conversion is seen. Binary64 is computed likewise in the next longer type, of which the rounding of
// x/sqrt(2) is seen: x^2 < 1500 times 2^-64, 0.75 ulp, and as much of the constant's. x is clamped where erfc
// is 0, so that an infinity does not meet it.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T stable(T x) {
    using wide = ulpfront::wider<T>;
    constexpr auto sqrt_half = static_cast<wide>(0.70710678118654752440084436210484903928L);
    const wide bounded = x < T(-40) ? T(-40) : x;
    return ulpfront::above_half(x, static_cast<T>(bounded / 2 * std::erfc(-bounded * sqrt_half)));
}

constexpr ulpfront::row_facts facts(double promised) {
    return {
        .kernel = "stable",
        .method = ULPFRONT_METHOD_STABLE,
        .promise_kind = ULPFRONT_PROMISE_ULP,
        .promise_value = promised,
        .promise_flags = ulpfront::all_special_values,
        .note = "x erfc(-x/sqrt(2)) / 2, libm's erfc of the next longer type",
    };
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts(0.501)))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts(2.0)))
