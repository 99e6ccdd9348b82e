// e^t for t <= 0 on binary64 lanes by a table, in parts, so that the caller decides what is rounded and when.
//
// 1. k/16 = t / ln 2 to the nearest multiple of 1/16, by adding 1.5 2^48: k is then in the low bits.
// 2. r = t - (k/16) ln 2, ln 2 in two parts (Cody and Waite); the product with the high one is exact.
// 3. e^t = 2^n 2^(j/16) (1 + p) with k = 16 n + j, p = e^r - 1 = r + r^2 q(r): 2^(j/16) from the table as a
//    sum of two doubles.
//
// Without the table the same with k = n and |r| <= (ln 2)/2: six more steps of the polynomial, which on AVX2
// take less time than the rows of four lanes do (quick_exp64).
//
// 2^n stays apart to the end: what is subnormal is then rounded once, and nothing on the way is subnormal,
// which would be slow. Where e^t is added to 1 or more it is 0 from t = -45 on, "deep": it is below 2^-64.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "impls/simd/lift.hpp"
#include "impls/simd/subnormal.hpp"
#include "impls/simd/two.hpp"
#include "impls/simd/wide.hpp"

namespace ulpfront::simd {
namespace detail {
#include "impls/simd/exp64.coef.inc"
}  // namespace detail

/// Where e^t is nothing beside 1.
inline constexpr double deep = -45.0;
/// Below, x e^t is 0 for any x beyond it, and k still fits.
inline constexpr double exp64_lowest = -760.0;

/// Inputs x near 0 where the exponential of t = -scale |x| changes its row, and where it becomes deep.
constexpr std::array<double, 16> exp64_seams(double scale) {
    std::array<double, 16> seams{};
    for (std::size_t i = 0; i < 7; ++i) {
        const double at = static_cast<double>(2 * i + 1) / (32.0 * detail::exp64_log2_e * scale);
        seams[2 * i] = at;
        seams[2 * i + 1] = -at;
    }
    seams[14] = deep / scale;
    seams[15] = -deep / scale;
    return seams;
}

/// A power of two 2^n, n in [-1100, 1100].
template <class Arch>
struct power64 {
    using batch = xsimd::batch<double, Arch>;
    using integers = xsimd::batch<std::int64_t, Arch>;
    batch ceiling;  ///< a number in [n, n + 1)
    integers bits;  ///< n where a double's exponent is

    /// v 2^n, or 0 where 2^n, e^t, is nothing beside 1: t deep.
    [[nodiscard]] batch beside_one(const batch& t, const batch& v) const {
#if defined(__AVX512F__)
        if constexpr (is_avx512<Arch>) return _mm512_maskz_scalef_pd(~(t < batch(deep)), v, ceiling);
#endif
        if constexpr (!is_avx512<Arch>) return v * xsimd::select(t < batch(deep), batch(0.0), value());
    }

    /// v 2^n for v in [1/2, 4], the result normal. NaN may be lost.
    [[nodiscard]] batch times(const batch& v) const {
        return std::bit_cast<batch>(std::bit_cast<integers>(v) + bits);
    }

    /// v 2^n rounded once where `here`, else `otherwise`; |v| in [2^-200, 2^100].
    [[nodiscard]] batch times_where(const xsimd::batch_bool<double, Arch>& here, const batch& v,
                                    const batch& otherwise) const {
        constexpr std::int64_t one_lifted = 1023 + lift64_exponent;
        const batch lifted = xsimd::abs(v) * std::bit_cast<batch>(bits + integers(one_lifted << 52));
        return xsimd::select(here, unlifted64<Arch>(lifted) | xsimd::bitofsign(v), otherwise);
    }

    /// 2^n, for n > -1022; else anything.
    [[nodiscard]] batch value() const { return std::bit_cast<batch>(bits + integers(1023LL << 52)); }
};

/// e^t = 2^n (head + head p + low), head in [1, 2), |p| < 0.022, |low| < 2^-53.
template <class Arch>
struct exp64_parts {
    xsimd::batch<double, Arch> head, p, low;
    power64<Arch> n;

    /// e^t 2^-n as a sum of two within 2^-57 of itself.
    [[nodiscard]] two<Arch> mantissa() const { return two_sum_ordered<Arch>(head, simd::fma(head, p, low)); }
    /// The same rounded, and `low` left out: 1.1 ULP.
    [[nodiscard]] xsimd::batch<double, Arch> quick_mantissa() const { return simd::fma(head, p, head); }
};

/// e^t = 2^n (1 + r + r^2 q), r = high + low, |r| <= (ln 2)/2.
template <class Arch>
struct whole_exp64 {
    xsimd::batch<double, Arch> high, low, r, q;
    power64<Arch> n;

    /// e^t 2^-n as a sum of two, within 2^-54 of itself.
    [[nodiscard]] two<Arch> mantissa() const {
        const auto sum = two_sum_ordered<Arch>(xsimd::batch<double, Arch>(1.0), high);
        return two_sum_ordered<Arch>(sum.high, sum.low + simd::fma(r * r, q, low));
    }
    /// The same rounded: 1.1 ULP.
    [[nodiscard]] xsimd::batch<double, Arch> quick_mantissa() const {
        return xsimd::batch<double, Arch>(1.0) + simd::fma(r * r, q, r);
    }
};

/// t as a multiple of (ln 2)/16, or of ln 2, and the rest, high + low, both exact to 2^-90.
template <class Arch>
struct reduced64 {
    xsimd::batch<double, Arch> high, low;
    xsimd::batch<std::int64_t, Arch> k;
    power64<Arch> n;
};

/// For t in [-760, 760] or NaN; in sixteenths or in wholes.
template <class Arch, int Steps = 16>
reduced64<Arch> reduce64(const xsimd::batch<double, Arch>& t) {
    using batch = xsimd::batch<double, Arch>;
    using integers = xsimd::batch<std::int64_t, Arch>;
    const batch magic(0x1.8p52 / Steps);
    const batch shifted = simd::fma(t, batch(detail::exp64_log2_e), magic);
    const batch whole = shifted - magic;
    const batch high = simd::fma(whole, batch(-detail::exp64_ln2_high), t);
    const integers k = std::bit_cast<integers>(shifted);
    const batch low = whole * batch(-detail::exp64_ln2_low);
    if constexpr (Steps == 1) {
        return {high, low, k, {whole, k << 52}};
    } else {
        return {high, low, k, {whole, (k << 48) & integers(~0xf'ffff'ffff'ffff)}};
    }
}

/// The polynomial in r, in even and odd powers: one long chain would fill the CPU's window.
template <const auto& Poly, class Arch>
xsimd::batch<double, Arch> polynomial64(const xsimd::batch<double, Arch>& r) {
    using batch = xsimd::batch<double, Arch>;
    constexpr std::size_t pairs = Poly.size() / 2;
    constexpr bool has_last = Poly.size() % 2 == 1;
    const batch square = r * r;
    batch even(Poly[has_last ? 2 * pairs : 2 * pairs - 2]);
    batch odd(Poly[2 * pairs - 1]);
    if constexpr (has_last) even = simd::fma(even, square, batch(Poly[2 * pairs - 2]));
    for (std::size_t i = pairs - 1; i-- > 0;) {
        even = simd::fma(even, square, batch(Poly[2 * i]));
        odd = simd::fma(odd, square, batch(Poly[2 * i + 1]));
    }
    return simd::fma(odd, r, even);
}

/// 2^(j/16) by k, and what it lacks.
template <class Arch>
two<Arch> exp64_row(const xsimd::batch<std::int64_t, Arch>& k) {
    static constexpr wide_table<2, Arch> table(detail::exp64_rows);
    const auto c = table.look_up(k);
    return {c[0], c[1]};
}

/// e^t, or e^(t + t_low), |t_low| < 2^-30, for t in [-760, 0] or NaN; Poly is e^r - 1's.
template <const auto& Poly, class Arch, class... Low>
exp64_parts<Arch> exp64_with(const xsimd::batch<double, Arch>& t, const Low&... t_low) {
    const auto e = reduce64<Arch>(t);
    const auto r = ((e.high + e.low) + ... + t_low);
    const auto row = exp64_row<Arch>(e.k);
    // Member by member: g++ copies a whole power64 in halves of vectors, which the CPU then waits for.
    return {row.high, simd::fma(r * r, polynomial64<Poly, Arch>(r), r), row.low, {e.n.ceiling, e.n.bits}};
}

template <class Arch, class... Low>
exp64_parts<Arch> exp64(const xsimd::batch<double, Arch>& t, const Low&... t_low) {
    return exp64_with<detail::exp64_long_poly>(t, t_low...);
}

/// e^t, or e^(t + t_low), for t in [-760, 760] or NaN: for quick_mantissa(), and within 2^-54 for mantissa().
template <class Arch, class... Low>
auto quick_exp64(const xsimd::batch<double, Arch>& t, const Low&... t_low) {
    if constexpr (is_avx2<Arch>) {
        const auto e = reduce64<Arch, 1>(t);
        const auto low = (e.low + ... + t_low);
        const auto r = e.high + low;
        return whole_exp64<Arch>{
            e.high, low, r, polynomial64<detail::exp64_whole_poly>(r), {e.n.ceiling, e.n.bits}};
    } else {
        return exp64_with<detail::exp64_poly>(t, t_low...);
    }
}

/// t, but at least the lowest; as the second argument NaN is kept by the maximum of every ISA.
template <class Arch>
xsimd::batch<double, Arch> bounded64(const xsimd::batch<double, Arch>& t) {
    return xsimd::max(xsimd::batch<double, Arch>(exp64_lowest), t);
}

}  // namespace ulpfront::simd
