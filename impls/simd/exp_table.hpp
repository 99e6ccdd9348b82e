// e^t for t <= 0 by a table in registers, in parts, so that the caller decides what is rounded and when.
//
// 1. k/N = t / ln 2 to the nearest multiple of 1/N, by adding 1.5 2^23 / N: k is then in the low bits.
// 2. r = t - (k/N) ln 2, ln 2 in two parts (Cody and Waite); the product with the high one is exact.
// 3. e^t = 2^n 2^(j/N) e^r with k = n N + j: 2^(j/N) from the table as a sum of two floats,
//    e^r = 1 + r + r^2 q(r).
// N is 16, and 8 on AVX2, which permutes 8 entries at once and has one coefficient more.
//
// 2^n stays apart to the end: what is subnormal is then rounded once, and nothing on the way is subnormal,
// which would be slow.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "impls/simd/fma.hpp"
#include "impls/simd/lift.hpp"
#include "impls/simd/lookup.hpp"

namespace ulpfront::simd {
namespace detail {
template <std::size_t N>
inline constexpr int exp_table_poly = 0;
template <std::size_t N>
inline constexpr int exp_table_rows = 0;
#include "impls/simd/exp_table.coef.inc"
}  // namespace detail

template <class Arch>
inline constexpr std::size_t exp_entries = is_avx2<Arch> ? 8 : 16;

/// A power of two 2^n, n in [-180, 0].
template <class Arch>
struct power {
    using batch = xsimd::batch<float, Arch>;
    using integers = xsimd::batch<std::int32_t, Arch>;
    integers bits;  ///< n where a float's exponent is

    /// v, and v 2^n where left; rounded once. Sign is v's there.
    template <sign Sign>
    batch times_where(const xsimd::batch_bool<float, Arch>& left, const batch& v) const {
        return unlifted_where<Arch, Sign>(left, lifted(v), v);
    }

    /// v 2^-32, and v 2^(n - 32) where left; rounded once, |v| <= 2^48, negative where left.
    batch times_dropped(const xsimd::batch_bool<float, Arch>& left, const batch& v) const {
        const batch right = v * batch(0x1p-32F);
        return unlifted_where<Arch, sign::negative>(left, times(v, lift_exponent - 32), right);
    }

    /// v 2^(n + 64) for v in [1/2, 2], far from what is subnormal.
    batch lift(const batch& v) const {
        return std::bit_cast<batch>(std::bit_cast<integers>(v) + (bits + integers(lift_exponent << 23)));
    }

    /// v 2^(n + k) for any v, NaN among them, k > 54.
    batch times(const batch& v, int k) const {
        return v * std::bit_cast<batch>(bits + integers((127 + k) << 23));
    }

    /// v 2^(n + 64) likewise.
    batch lifted(const batch& v) const { return times(v, lift_exponent); }
};

/// e^t = 2^n (head + tail), head in [1, 2), |tail| < 0.05.
template <class Arch>
struct exp_parts {
    xsimd::batch<float, Arch> head, tail;
    power<Arch> n;
};

/// e^t = 2^n mantissa, mantissa in [0.97, 2).
template <class Arch>
struct quick_exp_parts {
    xsimd::batch<float, Arch> mantissa;
    power<Arch> n;
};

namespace detail {
/// r, and k in the low bits.
template <class Arch>
struct reduced {
    xsimd::batch<float, Arch> r;
    indices<Arch> k;
    power<Arch> n;
};

/// left_over(whole): t - whole times the high part of ln 2.
template <class Arch, class LeftOver>
reduced<Arch> reduce(const xsimd::batch<float, Arch>& t, const LeftOver& left_over) {
    using batch = xsimd::batch<float, Arch>;
    constexpr std::size_t entries = exp_entries<Arch>;
    constexpr float magic = 0x1.8p23F / entries;
    const batch shifted = simd::fma(t, batch(exp_table_log2_e), batch(magic));
    const batch whole = shifted - batch(magic);
    const batch r = simd::fma(whole, batch(-exp_table_ln2_low), left_over(whole));
    using integers = xsimd::batch<std::int32_t, Arch>;
    const integers k = std::bit_cast<integers>(shifted);
    const integers bits = (k << (23 - std::countr_zero(entries))) & integers(~0x7f'ffff);
    return {r, std::bit_cast<indices<Arch>>(k), {bits}};
}

template <class Arch>
reduced<Arch> reduce(const xsimd::batch<float, Arch>& t) {
    using batch = xsimd::batch<float, Arch>;
    return reduce<Arch>(t,
                        [&t](const batch& whole) { return simd::fma(whole, batch(-exp_table_ln2_high), t); });
}

/// t = -a^2/2, of which nothing is lost: the FMA rounds only what the multiple of ln 2 leaves of it.
template <class Arch>
reduced<Arch> reduce_square(const xsimd::batch<float, Arch>& a) {
    using batch = xsimd::batch<float, Arch>;
    const batch half = a * batch(-0.5F);
    const batch t = half * a;
    return reduce<Arch>(t, [&](const batch& whole) {
        const batch high = whole * batch(-exp_table_ln2_high);
        if constexpr (has_fma<Arch>) {
            return simd::fma(half, a, high);
        } else {
            return (t + high) + fma_once<Arch>(half, a, negated(t));
        }
    });
}

/// e^r - 1.
template <class Arch>
xsimd::batch<float, Arch> table_expm1(const xsimd::batch<float, Arch>& r) {
    using batch = xsimd::batch<float, Arch>;
    constexpr auto& poly = exp_table_poly<exp_entries<Arch>>;
    batch q(poly.back());
    for (std::size_t i = poly.size() - 1; i-- > 0;) q = simd::fma(q, r, batch(poly[i]));
    return simd::fma(r * r, q, r);
}

/// e^r 2^(j/N) 2^n.
template <class Arch>
exp_parts<Arch> finish(const reduced<Arch>& e) {
    static constexpr lookup_table<exp_entries<Arch>, 2, Arch> table(exp_table_rows<exp_entries<Arch>>);
    const auto c = table.look_up(e.k);
    return {c[0], simd::fma(c[0], table_expm1<Arch>(e.r), c[1]), e.n};
}

template <class Arch>
quick_exp_parts<Arch> quick_finish(const reduced<Arch>& e) {
    static constexpr lookup_table<exp_entries<Arch>, 1, Arch> table([] {
        row_array<exp_entries<Arch>, 1> rows{};
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i][0] = exp_table_rows<exp_entries<Arch>>[i][0];
        return rows;
    }());
    const auto c = table.look_up(e.k);
    return {simd::fma(c[0], table_expm1<Arch>(e.r), c[0]), e.n};
}
}  // namespace detail

/// e^t for t in [-120, 0] or NaN: within 2^-27 of itself.
template <class Arch>
exp_parts<Arch> exp_by_table(const xsimd::batch<float, Arch>& t) {
    return detail::finish<Arch>(detail::reduce<Arch>(t));
}

/// e^(t + t_low) likewise, |t_low| < 2^-10.
template <class Arch>
exp_parts<Arch> exp_by_table(const xsimd::batch<float, Arch>& t, const xsimd::batch<float, Arch>& t_low) {
    auto e = detail::reduce<Arch>(t);
    e.r = e.r + t_low;
    return detail::finish<Arch>(e);
}

/// e^t likewise, within 2^-23: the table's first column alone, and the mantissa rounded.
template <class Arch>
quick_exp_parts<Arch> quick_exp_by_table(const xsimd::batch<float, Arch>& t) {
    return detail::quick_finish<Arch>(detail::reduce<Arch>(t));
}

template <class Arch>
quick_exp_parts<Arch> quick_exp_by_table(const xsimd::batch<float, Arch>& t,
                                         const xsimd::batch<float, Arch>& t_low) {
    auto e = detail::reduce<Arch>(t);
    e.r = e.r + t_low;
    return detail::quick_finish<Arch>(e);
}

/// e^(-a^2/2) for a in [0, 15] or NaN, as exp_by_table.
template <class Arch>
exp_parts<Arch> exp_by_table_of_square(const xsimd::batch<float, Arch>& a) {
    return detail::finish<Arch>(detail::reduce_square<Arch>(a));
}

/// The same as quick_exp_by_table.
template <class Arch>
quick_exp_parts<Arch> quick_exp_by_table_of_square(const xsimd::batch<float, Arch>& a) {
    return detail::quick_finish<Arch>(detail::reduce_square<Arch>(a));
}

}  // namespace ulpfront::simd
