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

    static constexpr simd::magnitudes ordinary{0.0F, 80.0F};

    static batch eval(const batch& any) {
        const batch x = simd::short_at_most<E>(20.0F, simd::short_at_least<E>(leftmost, any));
        const auto s = simd::short_logistic<E, Arch>(x, -simd::short_log2_e);
        return simd::short_unlifted<E, Arch>(s.estimate * s.correction);
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
