// stable: x / (1 + |x|) with x clamped at the largest numbers, where the result is 1 already, so that
// infinity does not meet infinity. Error: half an ulp of the sum, up to double in the quotient, and half of
// the quotient.
#include <algorithm>
#include <cmath>
#include <limits>

#include "impls/kernel.hpp"

namespace {

constexpr float largest = std::numeric_limits<float>::max();

float stable(float x) {
    const float bounded = std::max(std::min(x, largest), -largest);
    return bounded / (1.0F + std::abs(bounded));
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 1.5,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "x / (1 + |x|), x clamped to finite numbers; autovectorised outside scalar",
                     }))
