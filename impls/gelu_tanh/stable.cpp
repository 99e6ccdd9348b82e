// stable: (1 + tanh(v/2)) / 2 is the sigmoid of v, so x e/(1+e) for x < 0 and x/(1+e) otherwise, e =
// exp(-|v|) <= 1: nothing overflows or cancels. In binary64, since the rounding of v to binary32 alone would
// cost 100 ULP in the left tail. Only the last conversion is seen. x is clamped where e is 0 in binary32, so
// that an infinity does not meet it.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

constexpr double rate = 2.0 * 0.79788456080286535588;
constexpr double cubic = 0.044715F;

float stable(float x) {
    const double bounded = x < -40.0F ? -40.0 : static_cast<double>(x);
    const double e = std::exp(-std::abs(rate * bounded * (1.0 + cubic * bounded * bounded)));
    return static_cast<float>(bounded * ((bounded < 0.0 ? e : 1.0) / (1.0 + e)));
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 0.501,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "x e/(1+e) or x/(1+e), e by libm's binary64 exp",
                     }))
