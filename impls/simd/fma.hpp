// Fused multiply-add where the ISA has one. xsimd 8.1's own fma is a product and a sum on AVX-512.
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

#include "impls/simd/arch.hpp"

namespace ulpfront::simd {

/// Whether fma() rounds once.
template <class Arch>
inline constexpr bool has_fma = !std::is_same_v<Arch, xsimd::sse2>;

/// -v by its sign bit; xsimd subtracts from 0, which takes an adder and turns 0 into +0.
template <class T, class Arch>
xsimd::batch<T, Arch> negated(const xsimd::batch<T, Arch>& v) {
    return v ^ xsimd::batch<T, Arch>(T(-0.0));
}

/// -|v|.
template <class T, class Arch>
xsimd::batch<T, Arch> minus_abs(const xsimd::batch<T, Arch>& v) {
    return v | xsimd::batch<T, Arch>(T(-0.0));
}

/// a b + c, rounded once where has_fma<Arch>, else twice.
template <class T, class Arch>
xsimd::batch<T, Arch> fma(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b,
                          const xsimd::batch<T, Arch>& c) {
#if defined(__AVX512F__)
    if constexpr (std::is_base_of_v<xsimd::avx512f, Arch> && std::is_same_v<T, float>) {
        return _mm512_fmadd_ps(a, b, c);
    } else if constexpr (std::is_base_of_v<xsimd::avx512f, Arch> && std::is_same_v<T, double>) {
        return _mm512_fmadd_pd(a, b, c);
    } else {
        return xsimd::fma(a, b, c);
    }
#else
    return xsimd::fma(a, b, c);
#endif
}

/// c - a b likewise.
template <class T, class Arch>
xsimd::batch<T, Arch> fnma(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b,
                           const xsimd::batch<T, Arch>& c) {
    return simd::fma(negated(a), b, c);
}

/// a b + c, rounded once on every ISA: without FMA in double, where the product is exact and the sum's own
/// rounding is 2^-29 of the last one's.
template <class Arch>
xsimd::batch<float, Arch> fma_once(const xsimd::batch<float, Arch>& a, const xsimd::batch<float, Arch>& b,
                                   const xsimd::batch<float, Arch>& c) {
#if defined(__x86_64__)
    if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
        const auto half = [](__m128 x, __m128 y, __m128 z) {
            return _mm_cvtpd_ps(_mm_add_pd(_mm_mul_pd(_mm_cvtps_pd(x), _mm_cvtps_pd(y)), _mm_cvtps_pd(z)));
        };
        const auto upper = [](__m128 v) { return _mm_movehl_ps(v, v); };
        return _mm_movelh_ps(half(a, b, c), half(upper(a), upper(b), upper(c)));
    } else {
        return simd::fma(a, b, c);
    }
#else
    return simd::fma(a, b, c);
#endif
}

/// (a + a_low) b + c, |a_low| no more than a's last bit, rounded like fma_once. Without FMA nothing on the
/// way is subnormal.
template <class Arch>
xsimd::batch<float, Arch> fma_once(const xsimd::batch<float, Arch>& a, const xsimd::batch<float, Arch>& a_low,
                                   const xsimd::batch<float, Arch>& b, const xsimd::batch<float, Arch>& c) {
#if defined(__x86_64__)
    if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
        const auto half = [](__m128 x, __m128 x_low, __m128 y, __m128 z) {
            const __m128d sum = _mm_add_pd(_mm_cvtps_pd(x), _mm_cvtps_pd(x_low));
            return _mm_cvtpd_ps(_mm_add_pd(_mm_mul_pd(sum, _mm_cvtps_pd(y)), _mm_cvtps_pd(z)));
        };
        const auto upper = [](__m128 v) { return _mm_movehl_ps(v, v); };
        return _mm_movelh_ps(half(a, a_low, b, c), half(upper(a), upper(a_low), upper(b), upper(c)));
    }
#endif
    return simd::fma(a, b, simd::fma(a_low, b, c));
}

/// 1 / d for d in [1, 2], within 2^-13: by the ISA's estimate if that is good enough, else by division.
template <class Arch>
xsimd::batch<float, Arch> reciprocal_estimate(const xsimd::batch<float, Arch>& d) {
#if defined(__AVX512F__)
    if constexpr (std::is_base_of_v<xsimd::avx512f, Arch>) return _mm512_rcp14_ps(d);
#endif
    return xsimd::batch<float, Arch>(1.0F) / d;
}

/// min(a, b) of numbers that are not negative, or NaN, of which any may come out. Compared as integers, it
/// leaves the adders free where the ISA can.
template <class Arch>
xsimd::batch<float, Arch> min_of_positive(const xsimd::batch<float, Arch>& a,
                                          const xsimd::batch<float, Arch>& b) {
    if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
        return xsimd::min(a, b);
    } else {
        using integers = xsimd::batch<std::int32_t, Arch>;
        return std::bit_cast<xsimd::batch<float, Arch>>(
            xsimd::min(std::bit_cast<integers>(a), std::bit_cast<integers>(b)));
    }
}

}  // namespace ulpfront::simd
