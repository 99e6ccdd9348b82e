// Exponentials for results of 16 bits, within 2^-22: no more of them is seen after the last rounding.
//
// 1. y = x k, k/N the nearest multiple of 1/N to it, by adding 1.5 2^23 / N: k is then in the low bits.
// 2. r = y - k/N by one FMA: y itself is never rounded.
// 3. 2^y = 2^(k/N) 2^r. 2^r is a polynomial: with N = 32 (AVX-512, whose permutes have so many entries) a
//    square and a constant, with 8 (AVX2) of degree 3, without a table of degree 5.
// 4. 2^(k/N) comes from the table, whose entries have j/N taken off their exponents, by adding k there.
//
// It is left as a product, for the caller's FMA to finish.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <type_traits>

#include "impls/element.hpp"
#include "impls/simd/fma.hpp"
#include "impls/simd/lift.hpp"
#include "impls/simd/lookup.hpp"
#include "impls/simd/narrow.hpp"

namespace ulpfront::simd {
namespace detail {
template <std::size_t N>
inline constexpr int short_exp_poly = 0;
template <std::size_t N>
inline constexpr int short_exp_entries = 0;
#include "impls/simd/short_exp.coef.inc"

template <class Arch>
inline constexpr std::size_t short_exp_size = is_avx512<Arch> ? 32
                                              : is_avx2<Arch> ? 8
                                                              : 1;

/// The upper 12 bits of v, whose product with a number of 11 is exact.
constexpr float upper_part(float v) {
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(v) & 0xffff'f000U);
}
}  // namespace detail

inline constexpr float short_log2_e = 0x1.715476p0F;

/// mantissa scale, mantissa in [0.7, 4].
template <class Arch>
struct short_power {
    xsimd::batch<float, Arch> mantissa, scale;
};

namespace detail {
/// The table's entries at k, times 2^Lift, without what k adds.
template <int Lift, class Arch>
xsimd::batch<std::int32_t, Arch> short_exp_entry(const indices<Arch>& k) {
    using integers = xsimd::batch<std::int32_t, Arch>;
    constexpr std::size_t n = short_exp_size<Arch>;
    if constexpr (n == 1) {
        return integers((127 + Lift) << 23);
    } else {
        static constexpr lookup_table<n, 1, Arch> table([] {
            row_array<n, 1> rows{};
            for (std::uint32_t j = 0; j < n; ++j) {
                const auto lifted = std::bit_cast<std::uint32_t>(short_exp_entries<n>[j]) +
                                    (static_cast<std::uint32_t>(Lift) << 23);
                rows[j][0] = std::bit_cast<float>(lifted - (j << (23 - std::countr_zero(n))));
            }
            return rows;
        }());
        return std::bit_cast<integers>(table.look_up(k)[0]);
    }
}

/// x k - whole.
template <class Arch>
xsimd::batch<float, Arch> short_exp_argument(const xsimd::batch<float, Arch>& x, float k,
                                             const xsimd::batch<float, Arch>& whole) {
    using batch = xsimd::batch<float, Arch>;
    if constexpr (has_fma<Arch>) return simd::fma(x, batch(k), negated(whole));
    const float high = upper_part(k);
    return (x * batch(high) - whole) + x * batch(k - high);
}

/// 2^(x k - whole).
template <class Arch>
xsimd::batch<float, Arch> short_exp_rest_of(const xsimd::batch<float, Arch>& x, float k,
                                            const xsimd::batch<float, Arch>& whole) {
    using batch = xsimd::batch<float, Arch>;
    const batch r = short_exp_argument<Arch>(x, k, whole);
    constexpr auto& poly = short_exp_poly<short_exp_size<Arch>>;
    batch p(poly.back());
    for (std::size_t i = poly.size() - 1; i-- > 0;) p = simd::fma(p, r, batch(poly[i]));
    return simd::fma(p, r, batch(1.0F));
}
}  // namespace detail

/// 2^(x k + Lift), as long as that is a normal number; for x that is NaN, mantissa is.
template <int Lift, class Arch>
short_power<Arch> short_exp2(const xsimd::batch<float, Arch>& x, float k) {
    using batch = xsimd::batch<float, Arch>;
    using integers = xsimd::batch<std::int32_t, Arch>;
    constexpr std::size_t n = detail::short_exp_size<Arch>;
    constexpr float magic = 0x1.8p23F / n;
    const batch shifted = simd::fma(x, batch(k), batch(magic));
    const auto bits = std::bit_cast<integers>(shifted) << (23 - std::countr_zero(n));
    const auto entry = detail::short_exp_entry<Lift, Arch>(std::bit_cast<indices<Arch>>(shifted));
    const auto scale = std::bit_cast<batch>(bits + entry);
    if constexpr (n == 32) {
        const batch v = simd::fma(x, batch(k), batch(magic + detail::short_exp_vertex) - shifted);
        return {simd::fma(v, v, batch(detail::short_exp_rest)), scale};
    } else {
        return {detail::short_exp_rest_of<Arch>(x, k, shifted - batch(magic)), scale};
    }
}

/// 1 / d as estimate correction, within 2^-21.
template <class Arch>
struct short_inverse {
    xsimd::batch<float, Arch> estimate, correction;
};

/// That of d in [2^-90, 2^120].
template <class Arch>
short_inverse<Arch> short_inverse_of(const xsimd::batch<float, Arch>& d) {
    xsimd::batch<float, Arch> rough;
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch>) rough = _mm512_rcp14_ps(d);
#endif
#if defined(__AVX2__)
    if constexpr (is_avx2<Arch>) rough = _mm256_rcp_ps(d);
#endif
#if defined(__SSE2__)
    if constexpr (std::is_same_v<Arch, xsimd::sse2>) rough = _mm_rcp_ps(d);
#endif
#if defined(__aarch64__)
    rough = vrecpeq_f32(d);
    rough = vmulq_f32(rough, vrecpsq_f32(d, rough));
#endif
    return {rough, simd::fnma(d, rough, xsimd::batch<float, Arch>(2.0F))};
}

/// Whether E has binary32's range: powers are then taken times 2^64, so that nothing on the way to a
/// subnormal result is subnormal.
template <class E>
inline constexpr bool has_tail = std::is_same_v<E, bf16>;

/// Of a kernel that has hardly more steps to save than it takes to look for the magnitudes, if it lifts
/// nothing.
template <class E>
constexpr float if_tail(float below) {
    return has_tail<E> ? below : 0.0F;
}

/// Below it x / 2 may be a subnormal result half-way between two.
template <class E>
inline constexpr float short_halves = has_tail<E> ? 0x1p-100F : 0x1p-13F;

/// The larger of x and a limit, NaN for NaN.
template <class E, class Arch>
xsimd::batch<float, Arch> short_at_least(float limit, const xsimd::batch<float, Arch>& x) {
    if constexpr (is_ordinary<E>) return x;
    // As the second argument NaN is kept by the minimum and the maximum of every ISA.
    return xsimd::max(xsimd::batch<float, Arch>(limit), x);
}

/// The smaller.
template <class E, class Arch>
xsimd::batch<float, Arch> short_at_most(float limit, const xsimd::batch<float, Arch>& x) {
    if constexpr (is_ordinary<E>) return x;
    return xsimd::min(xsimd::batch<float, Arch>(limit), x);
}

template <class E>
inline constexpr int short_lift = has_tail<E> ? lift_exponent : 0;

/// 1 / (1 + 2^(x k)) times 2^short_lift<E>. -x k must not exceed 150, x k 110 (binary16: 30).
template <class E, class Arch>
short_inverse<Arch> short_logistic(const xsimd::batch<float, Arch>& x, float k) {
    using batch = xsimd::batch<float, Arch>;
    constexpr float one = has_tail<E> ? unlift : 1.0F;
    const auto e = short_exp2<-short_lift<E>, Arch>(x, k);
    return short_inverse_of<Arch>(simd::fma(e.mantissa, e.scale, batch(one)));
}

/// v 2^-short_lift<E>, v >= 0 or NaN.
template <class E, class Arch>
xsimd::batch<float, Arch> short_unlifted(const xsimd::batch<float, Arch>& v) {
    if constexpr (has_tail<E>) return unlifted_positive<Arch>(v);
    return v;
}

}  // namespace ulpfront::simd
