// short: max(x, 0) - e^(-a^2/2) F(a), F(a) = a e^(a^2/2) erfc(a/sqrt(2)) / 2, a = |x|, for results of 16
// bits: the square is exact, the exponential short (simd/short_exp.hpp), F by one of 32 polynomials of degree
// 3 (AVX2: 8 of degree 6; simd/short_intervals.hpp).
//
// a is clamped where the result rounds to -0 on the left.
#include "impls/simd/narrow.hpp"
#include "impls/simd/short_exp.hpp"
#include "impls/simd/short_intervals.hpp"

namespace {

using namespace ulpfront;

#include "impls/gelu/short.coef.inc"

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;

    static constexpr simd::magnitudes ordinary{simd::short_halves<E>, simd::if_tail<E>(13.0F)};

    static batch eval(const batch& x) {
        const batch a = simd::short_at_most<E>(simd::has_tail<E> ? tail_32.clamp : 6.0F, xsimd::abs(x));
        const auto e = simd::short_exp2<simd::short_lift<E>, Arch>(a * a, -0.5F * simd::short_log2_e);
        const batch f = simd::by_short_intervals<tail_32, tail_8, Arch>(a) * e.mantissa;
        // As the second argument NaN is kept by the maximum of every ISA.
        const batch ramp = xsimd::max(batch(0.0F), x);
        if constexpr (simd::is_ordinary<E>) return simd::fnma(f, e.scale, ramp);
        if constexpr (!simd::has_tail<E>)
            return simd::fma(simd::negated(f), e.scale, ramp) | xsimd::bitofsign(x);
        // Where the product is lost, it is 0 for an ISA without FMA, whose multiplication takes long over a
        // result below all floats.
        batch factor(-simd::unlift);
        if constexpr (!simd::has_fma<Arch>)
            factor = xsimd::select(a < batch(tail_32.clamp), factor, batch(0.0F));
        // A trifle less, which is seen where a tiny x is halved only.
        const batch product = simd::fma(f, e.scale, batch(-0x1p-84F));
        if constexpr (simd::has_slow_subnormals<Arch> && simd::has_fma<Arch>) {
            const batch left = simd::unlifted_number<Arch>(xsimd::max(batch(0.0F), product));
            const batch right = simd::fma(product, batch(-simd::unlift), x);
            return xsimd::max(left, right) | xsimd::bitofsign(x);
        }
        return simd::fma(product, factor, ramp) | xsimd::bitofsign(x);
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
