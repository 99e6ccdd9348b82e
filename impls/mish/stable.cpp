// stable: tanh(log(1 + e^x)) is rational in e = exp(-|x|) <= 1: e(e+2) / (e(e+2) + 2) for x < 0 and
// (1+2e) / (1+2e + 2e^2) otherwise, sums of positive numbers alone. As a binary32 number e could be subnormal
// where the result is not, so it is the square of h = exp(-|x|/2) in binary64, as is the rest: then nothing
// but h and the result is rounded to binary32. x is clamped where h is 0, so that an infinity does not meet
// it. Error: glibc's expf errs by at most 0.502 ulp, so e by twice 2^-24 * 1.004, which the fractions take
// over at most whole, and half an ulp: 2.51.
#include <algorithm>
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float stable(float x) {
    const double h = std::exp(-0.5F * std::abs(x));
    const double e = h * h;
    const double a = e * (e + 2.0);
    const double b = 1.0 + 2.0 * e;
    return static_cast<float>(x < 0.0F ? std::max(x, -300.0F) * a / (a + 2.0) : x * b / (b + 2.0 * e * e));
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 2.51,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "rational in e, the square of libm's exp(-|x|/2), in binary64",
                     }))
