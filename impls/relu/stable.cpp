// stable: the comparison the other way round. x <= 0 is false for NaN, so that NaN passes through, and
// true for -0, which becomes +0. Nothing is rounded.
#include "impls/kernel.hpp"

namespace {

constexpr float stable(float x) { return x <= 0.0F ? 0.0F : x; }

}  // namespace

ULPFRONT_ROW(stable, ulpfront::scalar_row<stable, float>({
                         .kernel = "stable",
                         .method = ULPFRONT_METHOD_STABLE,
                         .promise_kind = ULPFRONT_PROMISE_EXACT,
                         .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
                         .note = "one comparison, NaN kept; autovectorised outside scalar",
                     }))
