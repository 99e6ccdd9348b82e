// max(x, 0) + log1p(e^-|x|) on binary64 lanes, the sum that softplus and logsigmoid are.
//
// log(1 + e) for e in [0, 1] by a table:
// 1. j = 31/2 e to the nearest integer, by adding 1.5 2^52: j is then in the low bits.
// 2. 1 + e = (1 + c) (1 + r), c near 2j/31 with few bits, so that e - c is exact, and such that 1/(1 + c) and
//    log(1 + c) are doubles but for 2^-60.
// 3. log(1 + e) = log(1 + c) + log1p(r), log1p(r) = r + r^2 q(r); in row 0 the first is 0, so that small e
// lose
//    nothing.
#pragma once

#include "impls/simd/exp64.hpp"

namespace ulpfront::simd {
namespace detail {
#include "impls/simd/log1p64.coef.inc"
}  // namespace detail

/// log(1 + c), and r as a sum of two.
template <class Arch>
struct log1p64_terms {
    xsimd::batch<double, Arch> base;
    two<Arch> r;
};

template <class Arch>
log1p64_terms<Arch> reduce_log1p64(const two<Arch>& e) {
    using batch = xsimd::batch<double, Arch>;
    using integers = xsimd::batch<std::int64_t, Arch>;
    static constexpr wide_table<3, Arch> table(detail::log1p64_rows);
    // A trifle less than 31/2, so that 1 falls into the last row.
    const auto j = std::bit_cast<integers>(simd::fma(e.high, batch(15.5 * (1 - 0x1p-30)), batch(0x1.8p52)));
    const auto c = table.look_up(j);
    const batch above = e.high - c[0];
    const batch inverse = c[1];
    const batch r = above * inverse;
    return {c[2], {r, simd::fma(e.low, inverse, product_rest<Arch>(above, inverse, r))}};
}

/// r^2 q(r), what log1p(r) has beside r.
template <class Arch>
xsimd::batch<double, Arch> log1p64_beside(const xsimd::batch<double, Arch>& r) {
    return r * r * polynomial64<detail::log1p64_poly>(r);
}

/// Right of it the sum is x.
inline constexpr double log1p64_beyond = 50.0;

/// The larger of x and 0, plus log1p(e^-|x|): 0.5 ULP and 2^-5 of the terms below; 0.8 where the result is
/// subnormal.
template <class Arch>
xsimd::batch<double, Arch> log1p_exp64(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    const batch t = bounded64<Arch>(lowered64<Arch>(minus_abs(x)));
    const auto e = exp64<Arch>(t);
    const auto mantissa = e.mantissa();
    const auto f = reduce_log1p64<Arch>({e.n.beside_one(t, mantissa.high), e.n.beside_one(t, mantissa.low)});
    const auto log = two_sum_ordered<Arch>(f.base, f.r.high);
    const batch log_low = log.low + (f.r.low + log1p64_beside<Arch>(f.r.high));
    // Beside x the logarithm may be the larger one, but not by much more than x.
    const auto sum = two_sum<Arch>(log.high, xsimd::max(batch(0.0), x));
    const batch y = sum.high + (sum.low + log_low);
    const batch with_tail = e.n.times_where(x < batch(deep), mantissa.high, y);
    return xsimd::select(x > batch(log1p64_beyond), x, with_tail);
}

/// The same in single doubles: e^-|x| 1.1 ULP, the logarithm 1.5 and the sum 0.5.
template <class Arch>
xsimd::batch<double, Arch> quick_log1p_exp64(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    const batch t = bounded64<Arch>(lowered64<Arch>(minus_abs(x)));
    const auto e = quick_exp64(t);
    const batch mantissa = e.quick_mantissa();
    const auto f = reduce_log1p64<Arch>({e.n.beside_one(t, mantissa), batch(0.0)});
    const batch log = f.base + (f.r.high + log1p64_beside<Arch>(f.r.high));
    const batch y = xsimd::max(batch(0.0), x) + log;
    return e.n.times_where(x < batch(deep), mantissa, y);
}

}  // namespace ulpfront::simd
