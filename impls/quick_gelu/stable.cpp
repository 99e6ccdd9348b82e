// stable: as silu's with v = 1.702 x, x e/(1+e) for x < 0 and x/(1+e) otherwise, e = exp(-|v|) <= 1. Rounding
// v would cost 40 ULP, so v/2 = p + l with p a binary32 number, and h = exp(-|v|/2) is expf(-p) times 1 - l.
// e is its square in binary64, as is the rest, since as a binary32 number it can be subnormal where the
// result is not. x is clamped where h is 0, so that an infinity does not meet it. Error: glibc's expf errs by
// at most 0.502 ulp, the series' rest by 2^-35, so e by twice 2^-24 * 1.005, which the fractions take over at
// most whole, and half an ulp: 2.51. Binary64 is computed likewise in the next
// longer type; its exp errs by 0.511 ulp: 2.55.
#include <algorithm>
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T stable(T x) {
    using wide = ulpfront::wider<T>;
    const wide a = std::min(std::abs(x), T(1600));
    const wide v = static_cast<wide>(T(0.5) * T(1.702)) * a;
    const auto p = static_cast<T>(v);
    const wide h = std::exp(-p) * (1 - (v - p));
    const wide e = h * h;
    return ulpfront::above_half(x, static_cast<T>(x < T(0) ? -a * e / (1 + e) : x / (1 + e)));
}

constexpr ulpfront::row_facts facts(double promised) {
    return {
        .kernel = "stable",
        .method = ULPFRONT_METHOD_STABLE,
        .promise_kind = ULPFRONT_PROMISE_ULP,
        .promise_value = promised,
        .promise_flags = ulpfront::all_special_values,
        .note = "x e/(1+e) or x/(1+e), e the square of libm's exp(-1.702 |x|/2), in the next longer type",
    };
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts(2.51)))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts(2.55)))
