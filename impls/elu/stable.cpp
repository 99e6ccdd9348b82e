// stable: expm1 computes exp(x) - 1 without the cancellation, subnormal x and -0 included.
// All of the error is expm1's.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float stable(float x) { return x > 0.0F ? x : std::expm1(x); }

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 1.0,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "libm's expm1",
                     }))
