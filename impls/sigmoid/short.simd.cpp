// short: 1 / (1 + e^-x) for results of 16 bits, by a short exponential and the ISA's estimate of a
// reciprocal, corrected once (simd/short_exp.hpp): within 2^-20 of itself before the last rounding.
//
// x is clamped where the result rounds to 0 and to 1. Where bfloat16 has results that binary32's exponential
// would overflow for, e^-x and 1 are taken times 2^-64: powers of two change no bit, so that ordinary numbers
// may do without.
#include "impls/simd/narrow.hpp"
#include "impls/simd/short_exp.hpp"

namespace {

using namespace ulpfront;

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;
    static constexpr float leftmost = simd::has_tail<E> ? -104.0F : -18.0F;

    static batch eval(const batch& any) {
        // As the second argument NaN is kept by the minimum and the maximum of every ISA.
        const batch x = xsimd::min(batch(20.0F), xsimd::max(batch(leftmost), any));
        const auto s = simd::short_logistic<E, Arch>(x, -simd::short_log2_e);
        return simd::short_unlifted<E, Arch>(s.estimate * s.correction);
    }

    /// Before binary16's results are the smallest, and where e^x and e^-x are ordinary numbers.
    static constexpr float plain_limit = simd::has_tail<E> ? 80.0F : 16.0F;
    static batch eval_plain(const batch& x) {
        const auto e = simd::short_exp2<0, Arch>(x, -simd::short_log2_e);
        const auto s = simd::short_inverse_of<Arch>(simd::fma(e.mantissa, e.scale, batch(1.0F)));
        return s.estimate * s.correction;
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
