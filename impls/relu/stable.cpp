// stable: the comparison the other way round. x <= 0 is false for NaN, so that NaN passes through, and
// true for -0, which becomes +0. Nothing is rounded.
#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T stable(T x) {
    return x <= T(0) ? T(0) : x;
}

constexpr ulpfront::row_facts facts{
    .kernel = "stable",
    .method = ULPFRONT_METHOD_STABLE,
    .promise_kind = ULPFRONT_PROMISE_EXACT,
    .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
    .note = "one comparison, NaN kept; autovectorised outside scalar",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts))
