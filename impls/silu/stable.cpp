// stable: x e/(1+e) for x < 0, x/(1+e) otherwise, e = exp(-|x|) <= 1, so that nothing overflows. As a
// binary32 number e could be subnormal where the result is not, so it is the square of h = exp(-|x|/2) in
// binary64, as is the rest: then nothing but h and the result is rounded to binary32. x is clamped where h is
// 0, so that an infinity does not meet it. Error: glibc's expf errs by at most 0.502 ulp, so e by twice 2^-24
// * 1.004, which x e/(1+e) takes over at most whole, and half an ulp: 2.51.
#include <algorithm>
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float stable(float x) {
    const double h = std::exp(-0.5F * std::abs(x));
    const double e = h * h;
    return static_cast<float>(x < 0.0F ? std::max(x, -300.0F) * e / (1.0 + e) : x / (1.0 + e));
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 2.51,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "x e/(1+e) or x/(1+e), e the square of libm's exp(-|x|/2), in binary64",
                     }))
