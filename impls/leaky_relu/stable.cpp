// stable: picks the slope, then multiplies once. The product is correctly rounded, by 1 even exact; NaN,
// both infinities and the sign of zero pass through a multiplication by themselves.
#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T stable(T x) {
    return x * (x < T(0) ? T(0.01) : T(1));
}

constexpr ulpfront::row_facts facts{
    .kernel = "stable",
    .method = ULPFRONT_METHOD_STABLE,
    .promise_kind = ULPFRONT_PROMISE_EXACT,
    .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
    .note = "one correctly rounded multiplication; autovectorised outside scalar",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts))
