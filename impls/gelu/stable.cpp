// stable: x erfc(-x/sqrt(2)) / 2, which cancels nowhere. In binary64, since the rounding of x/sqrt(2) to
// binary32 alone would cost 200 ULP in the left tail, where erfc falls like e^(-x^2/2). Only the last
// conversion is seen. x is clamped where erfc is 0, so that an infinity does not meet it.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

constexpr double sqrt_half = 0.70710678118654752440;

float stable(float x) {
    const double bounded = x < -40.0F ? -40.0 : static_cast<double>(x);
    return static_cast<float>(0.5 * bounded * std::erfc(-bounded * sqrt_half));
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 0.501,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "x erfc(-x/sqrt(2)) / 2, libm's binary64 erfc",
                     }))
