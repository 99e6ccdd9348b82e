// stable: x + 3 clamped so that NaN passes through, then one correctly rounded division.
// Error: half an ulp of the sum, which is at most 2/3 ULP of the quotient ([2, 3) becomes [1/3, 1/2)), and
// half of the quotient. Left of -3/2 the sum is exact (Sterbenz).
#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T stable(T x) {
    const T raised = x + T(3);
    const T floored = raised < T(0) ? T(0) : raised;
    return (floored > T(6) ? T(6) : floored) / T(6);
}

constexpr ulpfront::row_facts facts{
    .kernel = "stable",
    .method = ULPFRONT_METHOD_STABLE,
    .promise_kind = ULPFRONT_PROMISE_ULP,
    .promise_value = 1.17,
    .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
    .note = "(x + 3) / 6 between two comparisons; autovectorised outside scalar",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts))
