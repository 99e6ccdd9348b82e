// c (e^x - 1) left of 0 for results of 16 bits, without a table: for ISAs whose look-ups take longer than a
// polynomial.
//
// 1. n, the nearest integer to y = x / ln 2, by adding 1.5 2^23: n is then in the low bits.
// 2. r = y - n by one FMA; without FMA the product with the upper part of 1 / ln 2 is exact.
// 3. c (e^x - 1) = 2^n c (2^r - 1) + (2^n - 1) c, the first term by a polynomial, within 2^-20.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "impls/simd/short_exp.hpp"

namespace ulpfront::simd {

#include "impls/simd/short_expm1.coef.inc"

/// c (e^x - 1) for x in [-80, 80] or NaN, where `Poly` is c (2^r - 1) / r. A zero may lose its sign.
template <const auto& Poly, class Arch>
xsimd::batch<float, Arch> short_expm1(const xsimd::batch<float, Arch>& x, float c) {
    using batch = xsimd::batch<float, Arch>;
    using integers = xsimd::batch<std::int32_t, Arch>;
    constexpr float magic = 0x1.8p23F;
    const batch shifted = simd::fma(x, batch(short_log2_e), batch(magic));
    const batch r = detail::short_exp_argument<Arch>(x, short_log2_e, shifted - batch(magic));
    batch q(Poly.back());
    for (std::size_t i = Poly.size() - 1; i-- > 0;) q = simd::fma(q, r, batch(Poly[i]));
    const auto exponent = std::bit_cast<integers>(shifted) << 23;
    const auto power = std::bit_cast<batch>(exponent + integers(std::bit_cast<std::int32_t>(1.0F)));
    return simd::fma(q * r, power, simd::fma(power, batch(c), batch(-c)));
}

/// The larger of two numbers; the second where they are zeros or one is NaN.
template <class Arch>
xsimd::batch<float, Arch> larger_or_second(const xsimd::batch<float, Arch>& a,
                                           const xsimd::batch<float, Arch>& b) {
#if defined(__x86_64__)
    return xsimd::max(a, b);  // just this
#else
    return xsimd::select(a > b, a, b);
#endif
}

}  // namespace ulpfront::simd
