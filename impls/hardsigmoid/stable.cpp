// stable: x + 3 clamped so that NaN passes through, then one correctly rounded division.
// Error: half an ulp of the sum, which is at most 2/3 ULP of the quotient ([2, 3) becomes [1/3, 1/2)), and
// half of the quotient. Left of -3/2 the sum is exact (Sterbenz).
#include "impls/kernel.hpp"

namespace {

constexpr float stable(float x) {
    const float raised = x + 3.0F;
    const float floored = raised < 0.0F ? 0.0F : raised;
    return (floored > 6.0F ? 6.0F : floored) / 6.0F;
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 1.17,
                         .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
                         .note = "(x + 3) / 6 between two comparisons; autovectorised outside scalar",
                     }))
