// stable: the comparisons the other way round. Both are false for NaN, which passes through. Nothing is
// rounded.
#include "impls/kernel.hpp"

namespace {

constexpr float stable(float x) {
    const float floored = x < -1.0F ? -1.0F : x;
    return floored > 1.0F ? 1.0F : floored;
}

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_EXACT,
                         .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
                         .note = "two comparisons, NaN kept; autovectorised outside scalar",
                     }))
