// stable: expm1 instead of exp - 1, so that nothing cancels, and lambda alpha in two parts, so that its
// rounding does not count. Error left of 0: expm1's, up to double in the product, and half an ulp of the
// product.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

constexpr float lambda = 1.0507009873554804934F;
constexpr float alpha = 1.6732632423543772848F;
constexpr double depth = static_cast<double>(lambda) * alpha;
constexpr auto depth_high = static_cast<float>(depth);
constexpr auto depth_low = static_cast<float>(depth - depth_high);

float stable(float x) {
    if (x > 0.0F) return lambda * x;
    const float t = std::expm1(x);
    return std::fma(t, depth_high, t * depth_low);
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 2.0,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "lambda alpha expm1(x) by an FMA, libm's expm1",
                     }))
