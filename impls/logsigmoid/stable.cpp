// stable: -(max(-x, 0) + log1p(exp(-|x|))). The exponential is at most 1, so nothing overflows, and log1p
// keeps its digits down to the subnormal tail (x = 103.97). Error: exp's, log1p's and half an ulp of the sum;
// largest for x > 0, where all of exp's goes into the result.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float stable(float x) { return -((x < 0.0F ? -x : 0.0F) + std::log1p(std::exp(-std::abs(x)))); }

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 2.0,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "-(max(-x, 0) + log1p(exp(-|x|))) with libm",
                     }))
