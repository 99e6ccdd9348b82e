// e^t on binary64 lanes by a table of 2^(j/16), in parts.
//
// 1. k = 16 t / ln 2 to the nearest integer, by adding 1.5 2^52: k is then in the low bits.
// 2. r = t - k (ln 2)/16, (ln 2)/16 in two parts (Cody and Waite); the product with the high one is exact.
// 3. e^t = s (1 + p), s = 2^(k/16) from the table, p = e^r - 1. Where e^t - 1 is wanted, p takes up what s
//    lacks by its rounding.
#pragma once

#include "impls/simd/divide.hpp"
#include "impls/simd/wide.hpp"

namespace ulpfront::simd {
namespace detail {
#include "impls/simd/wide_exp.coef.inc"

/// e^t = s (1 + p).
template <class Arch>
struct wide_exp_parts {
    xsimd::batch<double, Arch> s, p;
};

/// For |t| < 200 or NaN, and what t lacks, if anything; Poly is e^r - 1's.
template <const auto& Poly, bool Exact, class Arch, class... Low>
wide_exp_parts<Arch> wide_exp_of(const xsimd::batch<double, Arch>& t, const Low&... t_low) {
    using batch = xsimd::batch<double, Arch>;
    using integers = xsimd::batch<std::int64_t, Arch>;
    constexpr std::size_t columns = Exact ? 2 : 1;
    static constexpr wide_table<columns, Arch> table(first_columns<columns>(wide_exp_rows));
    const batch magic(0x1.8p52);
    const batch shifted = simd::fma(t, batch(wide_exp_16_over_ln2), magic);
    const batch whole = shifted - magic;
    const batch high = simd::fma(whole, batch(-wide_exp_step_high), t);
    const batch r = (simd::fma(whole, batch(-wide_exp_step_low), high) + ... + t_low);
    batch q(Poly.back());
    for (std::size_t i = Poly.size() - 1; i-- > 0;) q = simd::fma(q, r, batch(Poly[i]));
    const integers k = std::bit_cast<integers>(shifted);
    const integers exponent = (k << 48) & integers(~0xf'ffff'ffff'ffff);
    const auto c = table.look_up(k);
    const batch s = std::bit_cast<batch>(std::bit_cast<integers>(c[0]) + exponent);
    if constexpr (Exact) {
        return {s, simd::fma(r * r, q, r + c[1])};
    } else {
        return {s, simd::fma(r * r, q, r)};
    }
}
}  // namespace detail

/// e^t, or e^(t + t_low), |t_low| < 2^-16, for |t| < 200 or NaN: within 2^-52 of itself.
template <class Arch, class... Low>
xsimd::batch<double, Arch> wide_exp(const xsimd::batch<double, Arch>& t, const Low&... t_low) {
    const auto e = detail::wide_exp_of<detail::wide_exp_poly, false, Arch>(t, t_low...);
    return simd::fma(e.s, e.p, e.s);
}

/// e^t - 1 for t in [-200, 0.03] or NaN: within 2^-51 of itself.
template <class Arch>
xsimd::batch<double, Arch> wide_expm1(const xsimd::batch<double, Arch>& t) {
    using batch = xsimd::batch<double, Arch>;
    const auto e = detail::wide_exp_of<detail::wide_expm1_poly, true, Arch>(t);
    return simd::fma(e.s, e.p, e.s - batch(1.0));
}

/// x sigmoid(t) with e = e^-|t|, within 2^-50 of itself, x no -infinity. t must not be so near 0 that e is 1:
/// x / 2, a midpoint of subnormal floats, then comes out on the side of it that the exact value lies on.
template <class Arch>
xsimd::batch<double, Arch> wide_times_logistic(const xsimd::batch<double, Arch>& x,
                                               const xsimd::batch<double, Arch>& e) {
    using batch = xsimd::batch<double, Arch>;
    const batch one(1.0);
    return simd::divide(x * xsimd::select(x < batch(0.0), e, one), one + e);
}

/// -|t|, but in [-112, -2^-50], or NaN: what that asks of t.
template <class Arch>
xsimd::batch<double, Arch> left_off_zero(const xsimd::batch<double, Arch>& t) {
    using batch = xsimd::batch<double, Arch>;
    // As the second argument NaN is kept by the minimum and the maximum of every ISA.
    return xsimd::max(batch(-112.0), xsimd::min(batch(-0x1p-50), minus_abs(t)));
}

}  // namespace ulpfront::simd
