// divide: x / (1 + |x|) with x clamped at the largest numbers, where the result is 1 already, so that
// infinity does not meet infinity. As the second argument NaN is kept by minimum and maximum of every ISA.
// Error: half an ulp of the sum, up to double in the quotient, and half of the quotient.
#include <limits>

#include "impls/simd/divide.hpp"
#include "impls/simd/map.hpp"
#include "impls/simd/narrow.hpp"

namespace {

template <class T, class Arch>
struct ratio {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        const batch largest(std::numeric_limits<T>::max());
        const batch bounded = xsimd::min(largest, xsimd::max(-largest, x));
        return ulpfront::simd::divide(bounded, batch(T(1)) + xsimd::abs(bounded));
    }
};

}  // namespace

ULPFRONT_ROW(divide, ulpfront::simd::simd_row<ratio, float>({
                         .kernel = "divide",
                         .method = ULPFRONT_METHOD_SIMD,
                         .promise_kind = ULPFRONT_PROMISE_ULP,
                         .promise_value = 1.5,
                         .promise_flags = ulpfront::all_special_values,
                         .note = "one division, x clamped to finite numbers",
                     }))
ULPFRONT_NARROW_ROWS("divide", ratio)
