// stable: as silu's with v = 1.702 x, x e/(1+e) for x < 0 and x/(1+e) otherwise, e = exp(-|v|) <= 1. The
// rounding of v would cost 40 ULP, so v = p + l, exactly but for underflow, and exp(-(p+l)/2) = exp(-p/2) (1
// - l/2). e comes as the square of h = exp(-|v|/2), since it can be subnormal where the result is not. x is
// clamped where h is 0, so that an infinity does not meet it. Error: twice h's (exp's and half an ulp), half
// an ulp each of e, sum, quotient and the two products.
#include <algorithm>
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float stable(float x) {
    const float a = std::min(std::abs(x), 300.0F);
    const float p = 1.702F * a;
    const float l = std::fma(1.702F, a, -p);
    const float coarse = std::exp(-0.5F * p);
    const float h = std::fma(-0.5F * l, coarse, coarse);
    const float d = 1.0F + h * h;
    return x < 0.0F ? (-a * h) * (h / d) : x / d;
}

}  // namespace

ULPFRONT_ROW(
    stable,
    ulpfront::scalar_row<stable, float>({
        .kernel = "stable",
        .method = ULPFRONT_METHOD_STABLE,
        .promise_kind = ULPFRONT_PROMISE_ULP,
        .promise_value = 6.0,
        .promise_flags = ulpfront::all_special_values,
        .note = "x e/(1+e) or x/(1+e), e the square of libm's exp(-1.702 |x|/2), 1.702 x in two parts",
    }))
