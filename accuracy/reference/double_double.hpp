// Numbers of about 106 bits, each an unevaluated sum of two binary64 numbers, eight side by side; and the
// elementary functions on them. Sums and products after Dekker (1971) and Knuth, with the bounds of Joldes,
// Muller, Popescu (Tight and rigorous error bounds for basic building blocks of double-word arithmetic,
// 2017). accuracy/tests/core/double_double.cpp holds every bound here against MPFR. u = 2^-53 throughout.
#pragma once

#include <array>
#include <cstddef>

#include "accuracy/reference/elementary.hpp"
#include "accuracy/reference/pack.hpp"
#include "accuracy/reference/pack_enclosure.hpp"

namespace ulpfront {

/// high + low, |low| <= ulp(high) / 2.
struct double_double {
    pack high;
    pack low;
    double_double() = default;
    ULPFRONT_INLINE double_double(const pack& h, const pack& l) : high(h), low(l) {}
    ULPFRONT_INLINE explicit double_double(const pack& exact) : high(exact), low(0.0) {}
};

/// Relative error bounds, beside `tiny`, absolute. |values| in 2^-900 ... 2^900, or zero: below, the low
/// parts lose bits; above, Dekker's product overflows.
namespace double_double_bound {
inline constexpr double arithmetic = 0x1p-100;
inline constexpr double exp = 0x1p-97;
inline constexpr double expm1 = 0x1p-95;
inline constexpr double log1p = 0x1p-94;
inline constexpr double tanh = 0x1p-93;
/// erfc's own, beside what e^(-a^2) makes of the rounding of a^2: a^2 2^-101.
inline constexpr double erfc = 0x1p-94;
inline constexpr double erfc_square = 0x1p-101;
inline constexpr double tiny = 0x1p-960;
}  // namespace double_double_bound

namespace detail {

/// A number that is no double, as two.
struct pair {
    double high;
    double low;
};
#include "accuracy/reference/double_double.coef.inc"

ULPFRONT_INLINE double_double constant(const pair& of) { return {pack(of.high), pack(of.low)}; }

/// a + b exactly; |a| >= |b|, or a = 0.
ULPFRONT_INLINE double_double fast_sum(const pack& a, const pack& b) {
    const pack sum = a + b;
    return {sum, b - (sum - a)};
}
/// a + b exactly.
ULPFRONT_INLINE double_double exact_sum_of(const pack& a, const pack& b) {
    const pack sum = a + b;
    const pack of_b = sum - a;
    return {sum, (a - (sum - of_b)) + (b - of_b)};
}
/// a b exactly, if nothing underflows.
ULPFRONT_INLINE double_double exact_product(const pack& a, const pack& b) {
    const pack product = a * b;
    return {product, product_rest(a, b, product)};
}

}  // namespace detail

ULPFRONT_INLINE double_double operator-(const double_double& a) { return {-a.high, -a.low}; }

ULPFRONT_INLINE double_double select(const pack_mask& condition, const double_double& a,
                                     const double_double& b) {
    return {select(condition, a.high, b.high), select(condition, a.low, b.low)};
}

/// Within 3u^2 of the sum.
ULPFRONT_INLINE double_double operator+(const double_double& a, const double_double& b) {
    const double_double high = detail::exact_sum_of(a.high, b.high);
    const double_double low = detail::exact_sum_of(a.low, b.low);
    const double_double first = detail::fast_sum(high.high, high.low + low.high);
    return detail::fast_sum(first.high, low.low + first.low);
}
ULPFRONT_INLINE double_double operator-(const double_double& a, const double_double& b) { return a + -b; }

/// Within 5u^2, and u^2 for the product of the low parts.
ULPFRONT_INLINE double_double operator*(const double_double& a, const double_double& b) {
    const double_double product = detail::exact_product(a.high, b.high);
    return detail::fast_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

/// Two quotients of doubles, the second of what the first leaves: within 15u^2.
ULPFRONT_INLINE double_double operator/(const double_double& a, const double_double& b) {
    const pack first = a.high / b.high;
    const double_double rest = a - double_double(first) * b;
    return detail::fast_sum(first, rest.high / b.high);
}

namespace detail {

/// x = m ln2/32 + r, |r| <= ln2/64 (1 + 2^-30).
struct reduced_pair {
    pack_bits m;
    pack times;  // m as a number
    double_double r;
};

/// x in [-1100, 1100]. m L1 and m L2 are exact, and so is x - m L1, its two numbers being neighbours. The
/// parts hold ln2/32 to 2^-137, so that r errs by less than 2^-120.
ULPFRONT_INLINE reduced_pair reduce(const double_double& x) {
    const pack magic(0x1.8p52);
    const pack shifted = x.high * pack(0x1.71547652b82fep+5) + magic;
    const pack m = shifted - magic;
    const double_double first = exact_sum_of(x.high - m * pack(ln2_parts[0]), -(m * pack(ln2_parts[1])));
    return {bits(shifted), m, first + double_double(x.low) - exact_product(m, pack(ln2_parts[2]))};
}

/// e^r - 1 for the r of a reduction: r + r^2 (1/2! + r (1/3! + ...)). From 1/6! on plain doubles do: their
/// rounding is below 2^-101 of the sum. The first term left out, r^12/12!, is below 2^-107 r.
ULPFRONT_INLINE double_double expm1_near_zero(const double_double& r) {
    constexpr std::array<double, 6> rest = {1.0 / 720,    1.0 / 5040,    1.0 / 40320,
                                            1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800};
    double_double sum = double_double(horner(r.high, rest));
    for (std::size_t i = factorial_pairs.size(); i-- > 0;) sum = constant(factorial_pairs[i]) + r * sum;
    return r + r * (r * sum);
}

/// 2^(j/32), j the last five bits of m.
ULPFRONT_INLINE double_double table_of_exp(const pack_bits& m) {
    std::array<double, pack_width> high{};
    std::array<double, pack_width> low{};
    for (std::size_t i = 0; i < pack_width; ++i) {
        const pair& entry = exp_pairs[static_cast<std::size_t>(lane(m, i) & 31)];
        high[i] = entry.high;
        low[i] = entry.low;
    }
    return {load(high.data()), load(low.data())};
}

/// floor(m / 32).
ULPFRONT_INLINE pack whole_powers(const pack& m) {
    const pack magic(0x1.8p52);
    return ((m - pack(15.5)) * pack(0x1p-5) + magic) - magic;
}

/// Times 2^n, n in [-1500, 1500], in two steps: 2^n itself may be out of range where the result is not.
ULPFRONT_INLINE double_double scaled(const double_double& x, const pack& n) {
    const pack magic(0x1.8p52);
    const pack half = (n * pack(0.5) + magic) - magic;
    const pack one = power_of_two(half);
    const pack other = power_of_two(n - half);
    return {(x.high * one) * other, (x.low * one) * other};
}

ULPFRONT_INLINE double_double clamp(const double_double& x, double low, double high) {
    const pack_mask inside = (pack(low) <= x.high) & (x.high <= pack(high));
    return select(inside, x, double_double(clamp(x.high, low, high)));
}

}  // namespace detail

/// e^x for any x but NaN; e^-670 < tiny below -670. The table errs by u^2, the series by 2^-101 of 0.011, the
/// product and the sum by 9u^2, r's error of 2^-120 by itself.
[[gnu::noinline]] inline double_double exp(double_double x) {
    const detail::reduced_pair at = detail::reduce(detail::clamp(x, -670.0, 720.0));
    const double_double table = detail::table_of_exp(at.m);
    const double_double e = table + table * detail::expm1_near_zero(at.r);
    return detail::scaled(e, detail::whole_powers(at.times));
}

/// e^x - 1 for x in [-1000, 700]. m = 0: the series of x itself. Otherwise (2^(m/32) - 1) + 2^(m/32) (e^r -
/// 1) is at least 0.005 in magnitude, a half of either term, which errs by no more than 2^-104 and 2^-101 of
/// 0.011.
[[gnu::noinline]] inline double_double expm1(double_double x) {
    const detail::reduced_pair at = detail::reduce(detail::clamp(x, -100.0, 700.0));
    const double_double power = detail::scaled(detail::table_of_exp(at.m), detail::whole_powers(at.times));
    const double_double near = detail::expm1_near_zero(at.r);
    const double_double far = (power - double_double(pack(1.0))) + power * near;
    return select(at.times == pack(0.0), near, far);
}

/// log(1 + x), x in [-0.9, 4]. From y = log1p(x) to 2^-49: (1 + x) e^-y = 1 + w, and the result is
/// y + log(1 + w) with |w| < 2^-48 |y|: w - w^2/2 does. w errs by (|x| + 9) 2^-100 |e|, more for larger x.
[[gnu::noinline]] inline double_double log1p(double_double x) {
    const pack y = log1p(x.high);
    const double_double e = expm1(double_double(-y));
    const double_double w = (x + e) + x * e;
    return detail::exact_sum_of(y, w.high) + double_double(w.low - w.high * w.high * pack(0.5));
}

/// tanh(x) = -t / (2 + t), t = e^(-2|x|) - 1, with x's sign.
[[gnu::noinline]] inline double_double tanh(double_double x) {
    const pack_mask negative = x.high < pack(0.0);
    const double_double size = select(negative, x, -x);
    const double_double t = expm1({size.high + size.high, size.low + size.low});
    const double_double q = t / (double_double(pack(2.0)) + t);
    return select(negative, q, -q);
}

/// erfc(x) for any x but NaN: e^(-a^2) erfcx(a) with a = |x|, and 2 less that below zero. From 1/t^44 on, of
/// coefficients below 2^-53, plain doubles do.
[[gnu::noinline]] inline double_double erfc(double_double x) {
    const pack_mask negative = x.high < pack(0.0);
    const double_double a = detail::clamp(select(negative, -x, x), 0.0, 27.5);
    const double_double four(pack(4.0));
    const double_double t = (a - four) / (a + four);
    constexpr std::size_t first = 44;
    pack rest(0.0);
    for (std::size_t i = detail::erfcx_pairs.size(); i-- > first;)
        rest = rest * t.high + pack(detail::erfcx_pairs[i].high);
    double_double sum(rest);
    for (std::size_t i = first; i-- > 0;) sum = detail::constant(detail::erfcx_pairs[i]) + t * sum;
    const double_double scaled =
        sum / (double_double(pack(1.0)) + double_double(a.high + a.high, a.low + a.low));
    const double_double tail = exp(-(a * a)) * scaled;
    return select(negative, double_double(pack(2.0)) - tail, tail);
}

}  // namespace ulpfront
