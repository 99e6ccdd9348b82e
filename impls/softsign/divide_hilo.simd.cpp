// divide_hilo: |x| / (1 + |x|), rounded in the last step only:
// 1. 1 + |x| = d + lost exactly (Dekker's sum of the larger and the smaller).
// 2. q = |x| times the rounded 1/d, within 2 ULP; the rest |x| - q (d + lost) in two exact or fused steps.
// 3. q + rest/d: 0.5 ULP and 2^-21 of one.
// |x| is clamped where the result is 1 already, so that infinity does not meet infinity. As the second
// argument NaN is kept by minimum and maximum of every ISA.
#include <limits>

#include "impls/simd/map.hpp"
#include "impls/simd/two.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct divide_hilo {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        constexpr T epsilon = std::numeric_limits<T>::epsilon();
        const batch one(T(1));
        // Of a subnormal number the quotient would take long on x86. What is tiny is the smaller.
        const batch a = xsimd::max(batch(epsilon / 8), xsimd::min(batch(8 / epsilon), xsimd::abs(x)));
        const batch sum = one + a;
        const batch lost = (xsimd::max(one, a) - sum) + xsimd::min(one, a);
        const batch inverse = simd::divide(one, sum);
        const batch q = a * inverse;
        const batch rest = simd::fnma(q, lost, simd::fma_once<Arch>(simd::negated(q), sum, a));
        return xsimd::min(simd::fma(rest, inverse, q), xsimd::abs(x)) | xsimd::bitofsign(x);
    }
};

constexpr row_facts facts{
    .kernel = "divide_hilo",
    .method = ULPFRONT_METHOD_SIMD,
    .promise_kind = ULPFRONT_PROMISE_ULP,
    .promise_value = 0.501,
    .promise_flags = all_special_values,
    .note = "1 + |x| and its rest, a corrected division",
};

}  // namespace

ULPFRONT_ROW(f32, simd::simd_row<divide_hilo, float>(facts))
ULPFRONT_ROW(f64, simd::simd_row<divide_hilo, double>(facts))
