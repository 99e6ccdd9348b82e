// stable: tanh(log(1 + e^x)) is rational in e = exp(-|x|) <= 1: e(e+2) / (e(e+2) + 2) for x < 0 and
// (1+2e) / (1+2e + 2e^2) otherwise, sums of positive numbers alone. e can be subnormal where the result is
// not, so it comes as the square of h = exp(-|x|/2): x h and the rest are normal, and their product is
// rounded once. x is clamped where h is 0, so that an infinity does not meet it. Error: twice exp's and half
// an ulp of each operation.
#include <algorithm>
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float stable(float x) {
    const float h = std::exp(-0.5F * std::abs(x));
    const float e = h * h;
    if (x < 0.0F) return (std::max(x, -300.0F) * h) * (h * (e + 2.0F) / (e * (e + 2.0F) + 2.0F));
    const float n = 1.0F + 2.0F * e;
    return x * (n / (n + 2.0F * (e * e)));
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 5.0,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "rational in e, the square of libm's exp(-|x|/2)",
                     }))
