// stable: x e/(1+e) for x < 0, x/(1+e) otherwise, e = exp(-|x|) <= 1, so that nothing overflows. e can be
// subnormal where the result is not, so it comes as the square of h = exp(-|x|/2): x h and h/(1+e) are
// normal, and their product is rounded once. x is clamped where h is 0, so that an infinity does not meet it.
// Error: twice exp's, half an ulp each of e, sum, quotient and the two products.
#include <algorithm>
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float stable(float x) {
    const float h = std::exp(-0.5F * std::abs(x));
    const float d = 1.0F + h * h;
    return x < 0.0F ? (std::max(x, -300.0F) * h) * (h / d) : x / d;
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 4.0,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "x e/(1+e) or x/(1+e), e the square of libm's exp(-|x|/2)",
                     }))
