// short: lambda x on the right; on the left lambda alpha expm1(-a), a = |x|, for results of 16 bits: on
// AVX-512 by one of 32 polynomials of degree 3 (simd/short_intervals.hpp), elsewhere by simd/short_expm1.hpp.
#include "impls/simd/narrow.hpp"
#include "impls/simd/short_expm1.hpp"
#include "impls/simd/short_intervals.hpp"

namespace {

using namespace ulpfront;

#include "impls/selu/short.coef.inc"

constexpr float lambda = 1.0507009873554804934193349852946F;
constexpr float alpha = 1.6732632423543772848170429916717F;

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;

    static batch eval(const batch& x) {
        // As the second argument NaN is kept by the minimum of every ISA. The polynomials' -0 serves x = -0.
        const batch right = batch(lambda) * x;
        if constexpr (simd::is_avx512<Arch>) {
            const batch a = xsimd::min(batch(selu_32.clamp), xsimd::abs(x));
            const batch left = simd::by_short_intervals<selu_32, Arch>(a);
            return xsimd::select(x > batch(0.0F), right, left | xsimd::bitofsign(x));
        }
        const batch a = xsimd::min(batch(80.0F), xsimd::max(batch(-selu_32.clamp), x));
        const batch left = simd::short_expm1<simd::selu_over_log2, Arch>(a, lambda * alpha);
        return xsimd::select(x < batch(0.0F), left, right);
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
