// stable: x times the hard sigmoid, so that nothing overflows, with x clamped from below at -3, so that no
// infinity meets the 0 there. The quotient is exactly 1 from 3 on. Error: half an ulp each of sum, quotient
// and product; the first two can weigh double.
#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T stable(T x) {
    const T raised = x + T(3);
    const T floored = raised < T(0) ? T(0) : raised;
    const T gate = (floored > T(6) ? T(6) : floored) / T(6);
    return ulpfront::above_half(x, (x < T(-3) ? T(-3) : x) * gate);
}

constexpr ulpfront::row_facts facts{
    .kernel = "stable",
    .method = ULPFRONT_METHOD_STABLE,
    .promise_kind = ULPFRONT_PROMISE_ULP,
    .promise_value = 2.5,
    .promise_flags = ulpfront::all_special_values,
    .note = "x ((x + 3) / 6) between comparisons; autovectorised outside scalar",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts))
