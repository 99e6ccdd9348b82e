// stable: expm1 computes exp(x) - 1 without the cancellation, subnormal x and -0 included.
// All of the error is expm1's.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T stable(T x) {
    return x > T(0) ? x : std::expm1(x);
}

constexpr ulpfront::row_facts facts{
    .kernel = "stable",
    .method = ULPFRONT_METHOD_STABLE,
    .promise_kind = ULPFRONT_PROMISE_ULP,
    .promise_value = 1.0,
    .promise_flags = ulpfront::all_special_values,
    .note = "libm's expm1",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts))
