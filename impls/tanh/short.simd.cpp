// short: tanh|x| for results of 16 bits by one of 32 polynomials of degree 3 (AVX2: 8 of degree 5), then the
// sign of x; see simd/short_intervals.hpp.
#include "impls/simd/narrow.hpp"
#include "impls/simd/short_intervals.hpp"

namespace {

using namespace ulpfront;

#include "impls/tanh/short.coef.inc"

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;

    static batch eval(const batch& x) {
        // As the second argument NaN is kept by the minimum of every ISA.
        const batch a = xsimd::min(batch(tanh_32.clamp), xsimd::abs(x));
        return simd::by_short_intervals<tanh_32, tanh_8, Arch>(a) | xsimd::bitofsign(x);
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
