// Quotients of the form N / (1 + e^-a) on binary64 lanes, of which sigmoid, silu and their kin are made.
//
// With e = e^-|v|, sigmoid(v) is e / (1 + e) for v < 0 and 1 / (1 + e) otherwise; left of v = -45 it is e.
#pragma once

#include <limits>

#include "impls/simd/above_half.hpp"
#include "impls/simd/exp64.hpp"

namespace ulpfront::simd {

/// v = high + low, given as t = -|v|, and whether v < 0.
template <class Arch>
struct argument64 {
    xsimd::batch<double, Arch> t, t_low;
    xsimd::batch_bool<double, Arch> left;
};

/// x's own, clamped at `exp64_lowest`.
template <class Arch>
argument64<Arch> argument_of(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    return {bounded64<Arch>(minus_abs(x)), batch(0.0), x < batch(0.0)};
}

/// e^t as a sum of two beside 1: 0 where t is deep.
template <class Arch>
two<Arch> beside_one64(const xsimd::batch<double, Arch>& t, const two<Arch>& mantissa,
                       const power64<Arch>& n) {
    return {n.beside_one(t, mantissa.high), n.beside_one(t, mantissa.low)};
}

/// What all of them end with: x (q.high + q.low), or x mantissa 2^n where x is left of v = -45, rounded once.
/// x is no -infinity, q positive: the result has the sign of x, if it is 0 too.
template <class Arch>
xsimd::batch<double, Arch> product_or_tail(const xsimd::batch<double, Arch>& x, const two<Arch>& q,
                                           const xsimd::batch_bool<double, Arch>& in_tail,
                                           const two<Arch>& mantissa, const power64<Arch>& n) {
    using batch = xsimd::batch<double, Arch>;
    const batch factor = xsimd::select(in_tail, mantissa.high, q.high);
    const batch factor_low = xsimd::select(in_tail, mantissa.low, q.low);
    // An infinite x must not meet a rest of 0.
    const batch finite = xsimd::min(batch(std::numeric_limits<double>::max()), x);
    batch rest = finite * factor_low;
    if constexpr (!has_fma<Arch>) rest = rest + product_rest<Arch>(finite, factor, finite * factor);
    const batch y = simd::fma(x, factor, rest) | xsimd::bitofsign(x);
    return n.times_where(in_tail, y, y);
}

/// sigmoid(x): 0.5 ULP and 2^-5 of the terms below; 0.8 where the result is subnormal.
template <class Arch>
xsimd::batch<double, Arch> logistic64(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    const batch one(1.0);
    const batch t = bounded64<Arch>(lowered64<Arch>(minus_abs(x)));
    const auto left = x < batch(0.0);
    const auto e = exp64<Arch>(t);
    const auto mantissa = e.mantissa();
    const auto f = beside_one64<Arch>(t, mantissa, e.n);
    const auto d = two_sum_ordered<Arch>(one, f.high);
    const auto q = quotient_of_two<Arch>(
        {xsimd::select(left, f.high, one), xsimd::select(left, f.low, batch(0.0))}, {d.high, d.low + f.low});
    return e.n.times_where(x < batch(deep), mantissa.high, q.high + q.low);
}

/// x sigmoid(v) likewise, x no -infinity and on v's side of 0; v near 0 as x, so that it is x/2 and more
/// there.
template <class Arch>
xsimd::batch<double, Arch> times_logistic64(const xsimd::batch<double, Arch>& x, const argument64<Arch>& v) {
    using batch = xsimd::batch<double, Arch>;
    const batch one(1.0);
    const auto e = exp64<Arch>(v.t, v.t_low);
    const auto mantissa = e.mantissa();
    const auto f = beside_one64<Arch>(v.t, mantissa, e.n);
    const auto d = two_sum_ordered<Arch>(one, f.high);
    const auto q =
        quotient_of_two<Arch>({xsimd::select(v.left, f.high, one), xsimd::select(v.left, f.low, batch(0.0))},
                              {d.high, d.low + f.low});
    return above_half(x, product_or_tail<Arch>(x, q, v.left & (v.t < batch(deep)), mantissa, e.n));
}

/// n sigmoid(v) = n / (1 + e^-v), |v| < 700, in single doubles and one division: e^-v 1.1 ULP, the sum and
/// the quotient 0.5 each, up to double in the worst place of a binade. With v_low it is v + v_low, |v_low| <
/// 2^-30.
template <class Arch, class... Low>
xsimd::batch<double, Arch> plain_logistic64(const xsimd::batch<double, Arch>& n,
                                            const xsimd::batch<double, Arch>& v, const Low&... v_low) {
    using batch = xsimd::batch<double, Arch>;
    const auto e = quick_exp64(negated(v), negated(v_low)...);
    return simd::divide(n, batch(1.0) + e.n.times(e.quick_mantissa()));
}

/// sigmoid(x) for |x| >= 700 or NaN: 1 or e^x, rounded once.
template <class Arch>
xsimd::batch<double, Arch> extreme_logistic64(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    const auto e = exp64<Arch>(xsimd::min(batch(0.0), bounded64<Arch>(x)));
    const auto y = e.n.times_where(x < batch(0.0), e.mantissa().high, batch(1.0));
    // As the second argument NaN, which bits have lost, is kept by every ISA's maximum.
    return xsimd::max(y, xsimd::min(batch(0.0), x));
}

/// x sigmoid(v) where v <= -700 or x is so large that it is x, or NaN: x e^v, rounded once, or x.
template <class Arch>
xsimd::batch<double, Arch> extreme_times_logistic64(const xsimd::batch<double, Arch>& x,
                                                    const argument64<Arch>& v) {
    const auto e = exp64<Arch>(v.t, v.t_low);
    return e.n.times_where(v.left, x * e.mantissa().high, x);
}

}  // namespace ulpfront::simd
