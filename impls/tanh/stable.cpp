// stable: tanh|x| = -t/(t+2) with t = expm1(-2|x|) in [-1, 0], the sign put back at the end. Nothing
// overflows, and nothing cancels: t keeps its digits close to 0, and t+2 lies in [1, 2].
// Error: expm1's, half an ulp of the sum and half of the quotient, the first two up to double where the
// quotient lies just below a power of two.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float stable(float x) {
    const float t = std::expm1(-2.0F * std::abs(x));
    return std::copysign(t / (t + 2.0F), x);
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 3.0,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "expm1(-2|x|) and one division, libm's expm1",
                     }))
