// short: x n / (n + 2), n = e (e + 2), e = e^x, for results of 16 bits, by a short exponential and the ISA's
// estimate of a reciprocal, corrected once (simd/short_exp.hpp): within 2^-20 of itself before the last
// rounding.
//
// x is clamped where the result rounds to -0, e at 2^30. For bfloat16 e and n are taken times 2^64.
#include "impls/simd/narrow.hpp"
#include "impls/simd/short_logistic.hpp"

namespace {

using namespace ulpfront;

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;
    static constexpr float leftmost = simd::has_tail<E> ? -109.0F : -22.0F;

    static constexpr simd::magnitudes ordinary{simd::short_halves<E>, 40.0F};

    static batch eval(const batch& any) {
        const batch x = simd::short_at_least<E>(leftmost, any);
        const batch t = simd::short_at_most<E>(20.0F, x);
        const auto e = simd::short_exp2<simd::short_lift<E>, Arch>(t, simd::short_log2_e);
        const batch drop(simd::has_tail<E> ? simd::unlift : 1.0F);
        const batch two(2.0F);
        const batch lifted = e.mantissa * e.scale;
        const batch n = lifted * simd::fma(simd::beside_one<Arch>(lifted), drop, two);
        const auto q = simd::short_inverse_of<Arch>(simd::fma(simd::beside_one<Arch>(n), drop, two));
        return simd::short_times<E, Arch>(x, {n * q.estimate, q.correction});
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
