// log(1 + e) for e in [0, 1] on binary64 lanes by a table.
//
// 1. j = 31/2 e to the nearest integer, by adding 1.5 2^52: j is then in the low bits.
// 2. 1 + e = (1 + c) (1 + r), c near 2j/31 with few bits, so that e - c is exact.
// 3. log(1 + e) = log(1 + c) + log1p(r); in row 0 the first is 0, so that small e lose nothing.
#pragma once

#include "impls/simd/wide_exp.hpp"

namespace ulpfront::simd {
namespace detail {
#include "impls/simd/wide_log1p.coef.inc"
}  // namespace detail

/// log(1 + e) for e in [0, 1] or NaN: within 2^-51 of itself.
template <class Arch>
xsimd::batch<double, Arch> wide_log1p(const xsimd::batch<double, Arch>& e) {
    using batch = xsimd::batch<double, Arch>;
    using integers = xsimd::batch<std::int64_t, Arch>;
    static constexpr wide_table<3, Arch> table(detail::wide_log1p_rows);
    constexpr auto& poly = detail::wide_log1p_poly;
    // A trifle less than 31/2, so that 1 falls into the last row.
    const auto j = std::bit_cast<integers>(simd::fma(e, batch(15.5 * (1 - 0x1p-30)), batch(0x1.8p52)));
    const auto c = table.look_up(j);
    const batch r = (e - c[0]) * c[1];
    batch q(poly.back());
    for (std::size_t i = poly.size() - 1; i-- > 0;) q = simd::fma(q, r, batch(poly[i]));
    return c[2] + simd::fma(r * r, q, r);
}

/// The larger of x and 0, plus log1p(e^-|x|): within 2^-50 of itself. From |x| = 104 on the second rounds to
/// 0.
template <class Arch>
xsimd::batch<double, Arch> wide_log1p_exp(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    // As the second argument NaN is kept by the maximum of every ISA.
    const batch e = wide_exp<Arch>(xsimd::max(batch(-104.0), minus_abs(x)));
    return xsimd::max(batch(0.0), x) + wide_log1p<Arch>(e);
}

}  // namespace ulpfront::simd
