// e^x by a polynomial alone, in parts: e^x = 2^n (1 + t). The caller puts them together, so that what is
// subnormal or cancels is decided there.
//
// 1. n = x / ln 2 to the nearest integer, by adding 1.5 2^23: n is then in the low bits.
// 2. r = x - n ln 2, ln 2 in two parts (Cody and Waite); the product with the high one is exact.
// 3. t = e^r - 1 = r + r^2 q(r), q of degree 4: within 2^-25 of itself, before rounding.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "impls/simd/fma.hpp"
#include "impls/simd/lift.hpp"

namespace ulpfront::simd {
namespace detail {
#include "impls/simd/exp_poly.coef.inc"
}

/// e^x = 2^n (1 + t), t in [-0.30, 0.42].
template <class Arch>
struct exp_split {
    xsimd::batch<std::int32_t, Arch> n;
    xsimd::batch<float, Arch> t;
};

/// For |x| <= 120 or NaN, which t then is.
template <class Arch>
exp_split<Arch> split_exp_poly(const xsimd::batch<float, Arch>& x) {
    using batch = xsimd::batch<float, Arch>;
    using integers = xsimd::batch<std::int32_t, Arch>;
    const batch magic(0x1.8p23F);
    const batch shifted = simd::fma(x, batch(detail::log2_e), magic);
    const batch n = shifted - magic;
    const batch r = simd::fma(n, batch(-detail::ln2_low), simd::fma(n, batch(-detail::ln2_high), x));
    batch q(detail::exp_poly.back());
    for (std::size_t i = detail::exp_poly.size() - 1; i-- > 0;)
        q = simd::fma(q, r, batch(detail::exp_poly[i]));
    return {std::bit_cast<integers>(shifted) - integers(0x4b40'0000), simd::fma(r * r, q, r)};
}

/// 2^n for n in [-126, 127].
template <class Arch>
xsimd::batch<float, Arch> power_of_two(const xsimd::batch<std::int32_t, Arch>& n) {
    return std::bit_cast<xsimd::batch<float, Arch>>((n + xsimd::batch<std::int32_t, Arch>(127)) << 23);
}

/// v 2^n for v in [1/4, 4] or NaN and n in [-180, 60]: rounded once. In two steps, of which only the last can
/// round, or by its bits where subnormal results are slow, and NaN may be lost.
template <class Arch>
xsimd::batch<float, Arch> scale(const xsimd::batch<float, Arch>& v,
                                const xsimd::batch<std::int32_t, Arch>& n) {
    using integers = xsimd::batch<std::int32_t, Arch>;
    if constexpr (!has_slow_subnormals<Arch>) {
        const integers half = n >> 1;
        return v * power_of_two<Arch>(half) * power_of_two<Arch>(n - half);
    } else {
        return unlifted_number<Arch>(v * power_of_two<Arch>(n + integers(lift_exponent)));
    }
}

/// The same where it, or a multiple, is added to 1 or more: where subnormal results are slow never below
/// 2^-34, which is not seen.
template <class Arch>
xsimd::batch<float, Arch> scale_beside_one(const xsimd::batch<float, Arch>& v,
                                           const xsimd::batch<std::int32_t, Arch>& n) {
    using batch = xsimd::batch<float, Arch>;
    using integers = xsimd::batch<std::int32_t, Arch>;
    if constexpr (!has_slow_subnormals<Arch>) {
        return scale<Arch>(v, n);
    } else {
        const batch lifted = v * power_of_two<Arch>(n + integers(lift_exponent));
        // As the second argument NaN is kept by the maximum of every ISA.
        return xsimd::max(batch(0x1p30F), lifted) * batch(unlift);
    }
}

}  // namespace ulpfront::simd
