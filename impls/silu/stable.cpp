// stable: x e/(1+e) for x < 0, x/(1+e) otherwise, e = exp(-|x|) <= 1, so that nothing overflows. As a
// binary32 number e could be subnormal where the result is not, so it is the square of h = exp(-|x|/2) in
// binary64, as is the rest: then nothing but h and the result is rounded to binary32. x is clamped where h is
// 0, so that an infinity does not meet it. Error: glibc's expf errs by at most 0.502 ulp, so e by twice 2^-24
// * 1.004, which x e/(1+e) takes over at most whole, and half an ulp: 2.51. Binary64 is computed likewise in
// the next longer type; its exp errs by 0.511 ulp: 2.55.
#include <algorithm>
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T stable(T x) {
    using wide = ulpfront::wider<T>;
    const wide h = std::exp(T(-0.5) * std::abs(x));
    const wide e = h * h;
    const wide y = x < T(0) ? std::max(x, T(-1600)) * e / (1 + e) : x / (1 + e);
    return ulpfront::above_half(x, static_cast<T>(y));
}

constexpr ulpfront::row_facts facts(double promised) {
    return {
        .kernel = "stable",
        .method = ULPFRONT_METHOD_STABLE,
        .promise_kind = ULPFRONT_PROMISE_ULP,
        .promise_value = promised,
        .promise_flags = ulpfront::all_special_values,
        .note = "x e/(1+e) or x/(1+e), e the square of libm's exp(-|x|/2), in the next longer type",
    };
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts(2.51)))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts(2.55)))
