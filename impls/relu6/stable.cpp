// stable: the comparisons the other way round. Both are false for NaN, which passes through; -0 becomes +0.
// Nothing is rounded.
#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T stable(T x) {
    const T floored = x <= T(0) ? T(0) : x;
    return floored > T(6) ? T(6) : floored;
}

constexpr ulpfront::row_facts facts{
    .kernel = "stable",
    .method = ULPFRONT_METHOD_STABLE,
    .promise_kind = ULPFRONT_PROMISE_EXACT,
    .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
    .note = "two comparisons, NaN kept; autovectorised outside scalar",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts))
