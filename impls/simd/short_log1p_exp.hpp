// log1p(e^-a) + t for results of 16 bits, the sum that softplus and logsigmoid are.
//
// 1. e = e^-a, times 2^64 for bfloat16 (short_exp.hpp).
// 2. log1p(e) / e by interval polynomials in w = 1 + e (short_intervals.hpp).
// 3. Their product, to which t is added by the FMA that takes 2^64 away.
#pragma once

#include "impls/simd/short_exp.hpp"
#include "impls/simd/short_intervals.hpp"

namespace ulpfront::simd {
namespace detail {
#include "impls/simd/short_log1p.coef.inc"
}  // namespace detail

/// For which the exponential is ordinary.
template <class E>
inline constexpr magnitudes short_log1p_exp_ordinary{0.0F, if_tail<E>(80.0F)};

/// The larger of t and 0, plus log1p(e^-|x|); t is x or -x.
template <class E, class Arch>
xsimd::batch<float, Arch> short_log1p_exp(const xsimd::batch<float, Arch>& x,
                                          const xsimd::batch<float, Arch>& t) {
    using batch = xsimd::batch<float, Arch>;
    constexpr float drop = has_tail<E> ? unlift : 1.0F;
    const batch left = short_at_least<E>(has_tail<E> ? -104.0F : -18.0F, minus_abs(x));
    const auto p = short_exp2<short_lift<E>, Arch>(left, short_log2_e);
    const batch e = p.mantissa * p.scale;
    // A trifle less than 1 + e: below 2.
    const batch w = simd::fma(beside_one<Arch>(e), batch(drop * (1 - 0x1p-20F)), batch(1.0F));
    const batch product = e * in_short_octave<detail::short_log1p_32, detail::short_log1p_8, Arch>(w);
    if constexpr (has_tail<E> && has_slow_subnormals<Arch>)
        return above_ramp<Arch>(product, simd::fma(beside_one<Arch>(product), batch(drop), t));
    // As the second argument NaN is kept by the maximum of every ISA.
    const batch ramp = xsimd::max(batch(0.0F), t);
    if constexpr (is_ordinary<E>) return product + ramp;
    return simd::fma(product, batch(drop), ramp);
}

}  // namespace ulpfront::simd
