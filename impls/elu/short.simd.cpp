// short: x on the right; on the left expm1(-a), a = |x|, for results of 16 bits: on AVX-512 by one of 32
// polynomials of degree 3 (simd/short_intervals.hpp), elsewhere by simd/short_expm1.hpp. As the larger of the
// two x is taken on the right, and as the second of two zeros or NaNs.
#include "impls/simd/narrow.hpp"
#include "impls/simd/short_expm1.hpp"
#include "impls/simd/short_intervals.hpp"

namespace {

using namespace ulpfront;

#include "impls/elu/short.coef.inc"

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;

    static batch eval(const batch& x) {
        // As the second argument NaN is kept by the minimum and the maximum of every ISA.
        if constexpr (simd::is_avx512<Arch>) {
            // The polynomials' -0 serves x = -0.
            const batch a = xsimd::min(batch(expm1_32.clamp), xsimd::abs(x));
            const batch left = simd::by_short_intervals<expm1_32, Arch>(a);
            return xsimd::select(x > batch(0.0F), x, left | xsimd::bitofsign(x));
        }
        const batch a = xsimd::max(batch(-expm1_32.clamp), xsimd::min(batch(0.0F), x));
        const batch left = simd::short_expm1<simd::expm1_over_log2, Arch>(a, 1.0F);
        return simd::larger_or_second<Arch>(left, x);
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
