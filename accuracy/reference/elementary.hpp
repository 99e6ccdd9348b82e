// Elementary functions on packs, each with a bound on its relative error. The arguments are in the
// comments; accuracy/tests/elementary.cpp holds every bound against MPFR. u = 2^-53 throughout.
#pragma once

#include <array>
#include <cmath>
#include <limits>

#include "accuracy/reference/pack.hpp"

namespace ulpfront {

/// Relative error bounds of the functions below, beside `tiny`, absolute.
namespace elementary_bound {
inline constexpr double exp = 0x1p-50;
inline constexpr double expm1 = 0x1p-49;
inline constexpr double log1p = 0x1p-49;
inline constexpr double tanh = 0x1p-47;
inline constexpr double erfc = 0x1p-47;
/// Results this small are not told apart: far below the last bit of any binary32 result, far enough above
/// binary64's subnormal numbers that no product of a bound becomes one, which would cost 100 cycles.
inline constexpr double tiny = 0x1p-880;
}  // namespace elementary_bound

namespace detail {

// ln 2 = high + low; high has 32 significant bits, so n * high is exact for |n| < 2^20.
inline constexpr double ln2_high = 0x1.62e42feep-1;
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33;

/// x = n ln2 + r, |r| <= ln2/2 (1 + 2^-40). x in [-1100, 1100].
struct reduced {
    pack n;
    pack r;
};
ULPFRONT_INLINE reduced reduce(pack x) {
    const pack magic(0x1.8p52);  // adding it leaves the nearest integer in the low bits
    const pack n = (x * pack(0x1.71547652b82fep+0) + magic) - magic;
    // x - n*high is exact (Sterbenz; n = 0 is trivial). n*low errs by u|n*low| and, with high + low, by
    // 2^-86 |n|; the last subtraction by u|r|: in all below 2^-54.4.
    return {n, (x - n * pack(ln2_high)) - n * pack(ln2_low)};
}

/// 2^n for integer n in [-1022, 1023].
ULPFRONT_INLINE pack power_of_two(pack n) {
    const pack magic(0x1.8p52 + 1023);
    return from_bits(bits(n + magic) << 52);
}

ULPFRONT_INLINE pack clamp(pack x, double low, double high) {
    return smaller(larger(x, pack(low)), pack(high));
}

template <std::size_t N>
ULPFRONT_INLINE pack horner(pack x, const std::array<double, N>& c) {
    pack sum(c[N - 1]);
    for (std::size_t i = N - 1; i-- > 0;) sum = sum * x + pack(c[i]);
    return sum;
}

// 1/2!, 1/3!, ... 1/13!: (e^r - 1 - r) / r^2. The first term left out, r^14/14!, is below 2^-57 for
// |r| <= 0.3467.
inline constexpr std::array<double, 12> exp_series = {
    1.0 / 2,       1.0 / 6,        1.0 / 24,        1.0 / 120,        1.0 / 720,         1.0 / 5040,
    1.0 / 40320.0, 1.0 / 362880.0, 1.0 / 3628800.0, 1.0 / 39916800.0, 1.0 / 479001600.0, 1.0 / 6227020800.0};

// 1/3, 1/5, ... 1/23: (atanh(s)/s - 1) / s^2. |s| <= 0.1716: the first term left out is below 2^-65.
inline constexpr std::array<double, 11> atanh_series = {
    1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23};

}  // namespace detail

/// e^x for any x but NaN; e^-620 < tiny below -620. Error of r: 2^-54.4 relative to e^r; truncation 2^-57;
/// Horner's roundings: u (1 + 3|r q|) / 0.7 with |r q| < 0.42; together below 2^-51.
ULPFRONT_INLINE pack exp(pack x) {
    const auto [n, r] = detail::reduce(detail::clamp(x, -620.0, 800.0));
    const pack e = pack(1.0) + (r + (r * r) * detail::horner(r, detail::exp_series));
    // Two steps: 2^n itself may be out of range where the result is not.
    const pack magic(0x1.8p52);
    const pack half = (n * pack(0.5) + magic) - magic;
    return (e * detail::power_of_two(half)) * detail::power_of_two(n - half);
}

/// e^x - 1 for any x but NaN. n = 0: r = x is exact, and r + r^2 q errs by 2u relatively. Otherwise
/// 2^n (e^r - 1) + (2^n - 1) is at least 0.29 in magnitude times max(1, 2^n), and absolute errors
/// are as in exp: below 2^-51 / 0.29 relatively.
ULPFRONT_INLINE pack expm1(pack x) {
    const auto [n, r] = detail::reduce(detail::clamp(x, -700.0, 800.0));
    const pack t = r + (r * r) * detail::horner(r, detail::exp_series);
    // Twice the half keeps 2^1024 out; the clamp keeps it so where the result is infinite anyway.
    const pack half = detail::power_of_two(detail::clamp(n - pack(1.0), -1022.0, 1023.0));
    const pack sum = (half * t + (half - pack(0.5))) * pack(2.0);
    return select(n == pack(0.0), t,
                  select(pack(710.0) < x, pack(std::numeric_limits<double>::infinity()), sum));
}

/// log(1 + x), x > -1, or +inf. 1 + x = w + d exactly, w = 2^k m, m in [0.7, 1.42); then
/// k ln2 + 2 atanh(f / (2 + f)) + d/w with f = m - 1, which is x itself where k = 0, so that small x keep
/// their digits. atanh's argument errs by 2u, its sum by 3u; with k != 0 the result is at least 0.34 and
/// cancels no more than half of k ln2.
ULPFRONT_INLINE pack log1p(pack x) {
    const pack w = pack(1.0) + x;
    const pack d = x - (w - pack(1.0));
    const pack_bits sqrt_half = bits(pack(0x1.6a09e667f3bcdp-1));
    // Subtracting the bits of sqrt(1/2) first puts the change of k there. The bias keeps everything
    // positive, and the magic number makes k a double: AVX2 has neither an arithmetic 64-bit shift nor a
    // conversion.
    const pack_bits biased_k = shift_right(bits(w) - sqrt_half + pack_bits(std::int64_t{1024} << 52), 52);
    const pack m = from_bits(bits(w) - ((biased_k - pack_bits(1024)) << 52));
    const pack k = from_bits(biased_k | bits(pack(0x1p52))) - pack(0x1p52 + 1024);
    const pack_mask near_one = k == pack(0.0);
    const pack f = select(near_one, x, m - pack(1.0));
    const pack s = f / (pack(2.0) + f);
    // A floor far below the last bit keeps the square of a tiny s from underflowing.
    const pack floored = larger(abs(s), pack(0x1p-60));
    const pack s2 = floored * floored;
    const pack log_m = pack(2.0) * (s + s * (s2 * detail::horner(s2, detail::atanh_series)));
    // |d/w| <= u: a few bits of 1/w = 2^-k / m do, and the chord of 1/m over [0.7, 1.42] has three.
    const pack d_over_w = d * (detail::power_of_two(-k) * (pack(2.12) - m));
    const pack far = k * pack(detail::ln2_high) + ((k * pack(detail::ln2_low) + d_over_w) + log_m);
    const pack infinite(std::numeric_limits<double>::infinity());
    return select(x == infinite, infinite, select(near_one, log_m, far));
}

/// tanh(x) = -t / (2 + t), t = e^(-2|x|) - 1, with x's sign. A relative error of t counts at most twice.
ULPFRONT_INLINE pack tanh(pack x) {
    const pack t = expm1(pack(-2.0) * abs(x));
    return copysign(t / (pack(2.0) + t), x);
}

namespace detail {
#include "accuracy/reference/erfcx.coef.inc"

/// e^(a^2) erfc(a) for a in [0, 28]: a polynomial in t = (a - 4) / (a + 4), whose coefficients fall quickly,
/// so that only the first terms' roundings count: 2u; t's error of 2u counts a seventh; the division by
/// 1 + 2a adds 2u.
ULPFRONT_INLINE pack erfcx(pack a) {
    const pack t = (a - pack(4.0)) / (a + pack(4.0));
    return horner(t, erfcx_series) / (pack(1.0) + pack(2.0) * a);
}

/// The first 26 bits of a: their square is exact.
ULPFRONT_INLINE pack first_half(pack a) {
    return from_bits(bits(a) & pack_bits(~((std::int64_t{1} << 27) - 1)));
}
}  // namespace detail

/// erfc(x) for any x but NaN: e^(-a^2) erfcx(a) with a = |x|, and 2 less that below zero. a = h + l with h^2
/// exact and l (a + h) below 2^-15: e^(-h^2) e^(-l (a + h)), each with exp's bound. Below 2^-880, from
/// a = 24.7 on, the error is absolute, as exp's.
ULPFRONT_INLINE pack erfc(pack x) {
    const pack a = smaller(abs(x), pack(28.0));
    const pack h = detail::first_half(a);
    const pack rest = -((a - h) * (a + h));
    const pack low = pack(1.0) + rest * (pack(1.0) + rest * (pack(0.5) + rest * pack(1.0 / 6)));
    const pack tail = exp(-(h * h)) * low * detail::erfcx(a);
    return select(x < pack(0.0), pack(2.0) - tail, tail);
}

}  // namespace ulpfront
