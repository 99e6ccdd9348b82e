// stable: tanh|x| = -t/(t+2) with t = expm1(-2|x|) in [-1, 0], the sign put back at the end. Nothing
// overflows, and nothing cancels: t keeps its digits close to 0, and t+2 lies in [1, 2].
// Error: expm1's, half an ulp of the sum and half of the quotient, the first two up to double where the
// quotient lies just below a power of two. glibc's expm1 of binary64 errs by at most 0.92 ulp: 2 (0.92 + 0.5)
// + 0.5.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T stable(T x) {
    const T t = std::expm1(T(-2) * std::abs(x));
    return std::copysign(t / (t + T(2)), x);
}

constexpr ulpfront::row_facts facts(double promised) {
    return {
        .kernel = "stable",
        .method = ULPFRONT_METHOD_STABLE,
        .promise_kind = ULPFRONT_PROMISE_ULP,
        .promise_value = promised,
        .promise_flags = ulpfront::all_special_values,
        .note = "expm1(-2|x|) and one division, libm's expm1",
    };
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts(3.0)))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts(3.35)))
