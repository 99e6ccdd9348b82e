// divide: x / (1 + |x|) with x clamped at the largest numbers, where the result is 1 already, so that
// infinity does not meet infinity. As the second argument NaN is kept by minimum and maximum of every ISA.
// Error: half an ulp of the sum, up to double in the quotient, and half of the quotient.
#include <limits>

#include "impls/simd/divide.hpp"
#include "impls/simd/map.hpp"

namespace {

template <class T, class Arch>
struct ratio {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        // As the second argument NaN is kept by the minimum and the maximum of every ISA.
        const batch a = xsimd::min(batch(std::numeric_limits<T>::max()), xsimd::abs(x));
        // Of a subnormal number the quotient would take long on x86. What is tiny is the smaller.
        const batch numerator = xsimd::max(batch(std::numeric_limits<T>::epsilon() / 8), a);
        const batch y = ulpfront::simd::divide(numerator, batch(T(1)) + a);
        return xsimd::min(y, xsimd::abs(x)) | xsimd::bitofsign(x);
    }
};

constexpr ulpfront::row_facts facts{
    .kernel = "divide",
    .method = ULPFRONT_METHOD_SIMD,
    .promise_kind = ULPFRONT_PROMISE_ULP,
    .promise_value = 1.5,
    .promise_flags = ulpfront::all_special_values,
    .note = "one division, x clamped to finite numbers",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::simd::simd_row<ratio, float>(facts))
ULPFRONT_ROW(f64, ulpfront::simd::simd_row<ratio, double>(facts))
