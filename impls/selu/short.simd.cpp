// short: scale x on the right; on the left scale alpha expm1(-a), a = |x|, for results of 16 bits by one of
// 32 polynomials of degree 3 (AVX2: 8 of degree 5); see simd/short_intervals.hpp.
#include "impls/simd/narrow.hpp"
#include "impls/simd/short_intervals.hpp"

namespace {

using namespace ulpfront;

#include "impls/selu/short.coef.inc"

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;

    static batch eval(const batch& x) {
        // As the second argument NaN is kept by the minimum of every ISA. The polynomials' -0 serves x = -0.
        const batch a = xsimd::min(batch(selu_32.clamp), xsimd::abs(x));
        const batch left = simd::by_short_intervals<selu_32, selu_8, Arch>(a);
        return xsimd::select(x > batch(0.0F), batch(1.0507009873554804934193349852946F) * x,
                             left | xsimd::bitofsign(x));
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
