// stable: with e = exp(-|x|) <= 1 nothing overflows or cancels: e/(1+e) for x < 0, 1/(1+e) otherwise. The
// left tail is e itself, down to the last subnormal number (x = -103.97; of binary64, -745.13).
// Error: exp's (glibc's errs by at most 0.502 ulp, of binary64 0.511), half an ulp of the sum and half of the
// quotient. The first two count double where the quotient lies just below a power of two and they just above
// one: 2 (0.502 + 0.5) + 0.5, or 2 (0.511 + 0.5) + 0.5. For x >= 0 the exponential weighs less.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T stable(T x) {
    const T e = std::exp(-std::abs(x));
    return (x < T(0) ? e : T(1)) / (T(1) + e);
}

constexpr ulpfront::row_facts facts(double promised) {
    return {
        .kernel = "stable",
        .method = ULPFRONT_METHOD_STABLE,
        .promise_kind = ULPFRONT_PROMISE_ULP,
        .promise_value = promised,
        .promise_flags = ulpfront::all_special_values,
        .note = "e/(1+e) or 1/(1+e) with e = exp(-|x|), libm's exp",
    };
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts(2.51)))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts(2.53)))
