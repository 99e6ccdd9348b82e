// stable: -(max(-x, 0) + log1p(exp(-|x|))). The exponential is at most 1, so nothing overflows, and log1p
// keeps its digits down to the subnormal tail (x = 103.97). Error: exp's, log1p's and half an ulp of the sum;
// largest for x > 0, where all of exp's goes into the result. Of binary64 glibc's errs by at most 0.511 and
// 0.9 ulp.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T stable(T x) {
    return -((x < T(0) ? -x : T(0)) + std::log1p(std::exp(-std::abs(x))));
}

constexpr ulpfront::row_facts facts{
    .kernel = "stable",
    .method = ULPFRONT_METHOD_STABLE,
    .promise_kind = ULPFRONT_PROMISE_ULP,
    .promise_value = 2.0,
    .promise_flags = ulpfront::all_special_values,
    .note = "-(max(-x, 0) + log1p(exp(-|x|))) with libm",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts))
