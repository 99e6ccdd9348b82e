// stable: (1 + tanh(v/2)) / 2 is the sigmoid of v, so x e/(1+e) for x < 0 and x/(1+e) otherwise, e =
// exp(-|v|) <= 1: nothing overflows or cancels. In binary64, since the rounding of v to binary32 alone would
// cost 100 ULP in the left tail. Only the last conversion is seen. Binary64 is computed likewise in
// the next longer type, of which v's rounding is seen: of v < 746 four roundings by 2^-64, 1.4 ulp. x is
// clamped where e is 0 in binary32, so that an infinity does not meet it.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T stable(T x) {
    using wide = ulpfront::wider<T>;
    constexpr auto rate = static_cast<wide>(2 * 0.79788456080286535587989211986876373695L);
    constexpr wide cubic = T(0.044715);
    const wide bounded = x < T(-40) ? T(-40) : x;
    const wide e = std::exp(-std::abs(rate * bounded * (1 + cubic * bounded * bounded)));
    return ulpfront::above_half(x, static_cast<T>(bounded * ((bounded < 0 ? e : wide(1)) / (1 + e))));
}

constexpr ulpfront::row_facts facts(double promised) {
    return {
        .kernel = "stable",
        .method = ULPFRONT_METHOD_STABLE,
        .promise_kind = ULPFRONT_PROMISE_ULP,
        .promise_value = promised,
        .promise_flags = ulpfront::all_special_values,
        .note = "x e/(1+e) or x/(1+e), e by libm's exp of the next longer type",
    };
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts(0.501)))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts(2.0)))
