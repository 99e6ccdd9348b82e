// stable: x times the hard sigmoid, so that nothing overflows, with x clamped from below at -3, so that no
// infinity meets the 0 there. The quotient is exactly 1 from 3 on. Error: half an ulp each of sum, quotient
// and product; the first two can weigh double.
#include "impls/kernel.hpp"

namespace {

constexpr float stable(float x) {
    const float raised = x + 3.0F;
    const float floored = raised < 0.0F ? 0.0F : raised;
    const float gate = (floored > 6.0F ? 6.0F : floored) / 6.0F;
    return (x < -3.0F ? -3.0F : x) * gate;
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 2.5,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "x ((x + 3) / 6) between comparisons; autovectorised outside scalar",
                     }))
