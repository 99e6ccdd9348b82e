// short: x / (1 + e^-1.702x) for results of 16 bits, by a short exponential and the ISA's estimate of a
// reciprocal, corrected once (simd/short_exp.hpp): within 2^-20 of itself before the last rounding.
//
// x is clamped where the result rounds to -0, e^-x at 2^-30 of 1.
#include "impls/simd/narrow.hpp"
#include "impls/simd/short_logistic.hpp"

namespace {

using namespace ulpfront;

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;
    static constexpr float leftmost = simd::has_tail<E> ? -66.0F : -13.0F;

    static constexpr simd::magnitudes ordinary{simd::short_halves<E>, 46.0F};

    static batch eval(const batch& any) {
        const batch x = simd::short_at_least<E>(leftmost, any);
        const batch t = simd::short_at_most<E>(20.0F, x);
        return simd::short_times<E, Arch>(x, simd::short_logistic<E, Arch>(t, -1.702F * simd::short_log2_e));
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
