// stable: with e = exp(-|x|) <= 1 nothing overflows or cancels: e/(1+e) for x < 0, 1/(1+e) otherwise. The
// left tail is e itself, down to the last subnormal number (x = -103.97).
// Error: exp's (0.502 ulp), half an ulp of the sum and half of the quotient. The first two count double
// where the quotient lies just below a power of two and they just above one: 2 (0.502 + 0.5) + 0.5. For
// x >= 0 the exponential weighs less.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float stable(float x) {
    const float e = std::exp(-std::abs(x));
    return (x < 0.0F ? e : 1.0F) / (1.0F + e);
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 2.51,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "e/(1+e) or 1/(1+e) with e = exp(-|x|), libm's exp",
                     }))
