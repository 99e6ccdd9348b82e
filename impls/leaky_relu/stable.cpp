// stable: picks the slope, then multiplies once. The product is correctly rounded, by 1 even exact; NaN,
// both infinities and the sign of zero pass through a multiplication by themselves.
#include "impls/kernel.hpp"

namespace {

constexpr float stable(float x) { return x * (x < 0.0F ? 0.01F : 1.0F); }

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_EXACT,
                         .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
                         .note = "one correctly rounded multiplication; autovectorised outside scalar",
                     }))
