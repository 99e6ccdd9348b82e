// short: x / (1 + e^-t), t = 2 sqrt(2/pi) (x + 0.044715 x^3), for results of 16 bits, by a short exponential
// and the ISA's estimate of a reciprocal, corrected once (simd/short_exp.hpp): within 2^-18 of itself before
// the last rounding, where t is large, and 2^-20 elsewhere.
//
// x is clamped where the result rounds to -0, e^-t at 2^-30 of 1.
#include "impls/simd/narrow.hpp"
#include "impls/simd/short_logistic.hpp"

namespace {

using namespace ulpfront;

// -2 sqrt(2/pi) / ln 2, and that times 0.044715.
constexpr float linear = -2.3022081985766F;
constexpr float cubic = linear * 0.044715F;

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;
    static constexpr float leftmost = simd::has_tail<E> ? -11.0F : -6.0F;

    /// At -10 e^-t is 2^125.97.
    static constexpr simd::magnitudes ordinary{simd::short_halves<E>, simd::if_tail<E>(10.0625F)};

    static batch eval(const batch& any) {
        const batch x = simd::short_at_least<E>(leftmost, any);
        // As the second argument NaN is kept by the minimum of every ISA.
        const batch t = xsimd::min(batch(5.0F), x);
        const batch factor = simd::fma(t * t, batch(cubic), batch(linear));
        return simd::short_times<E, Arch>(x, simd::short_logistic<E, Arch>(t * factor, 1.0F));
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
