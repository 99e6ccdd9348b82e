// Both of binary64: max(x, 0) - e^(-a^2/2) F(a) / 2, F(a) = a e^(a^2/2) erfc(a/sqrt(2)), a = |x|: no term
// cancels on either side. The exponential comes from a table (simd/exp64.hpp), -a^2/2 as a sum of two
// doubles: its absolute error would be the result's relative one, a thousand times over.
//
// F(a) = a N / D (1 + d), N = 51/64 a + 163/64, D = a^2 + 187/64 a + 163/64, d a polynomial in (a - 5) /
// (a + 5), |d| < 2^-6. Right of a = 9.4 the product is nothing beside x.
//
// exp_hilo: all but d as sums of two doubles, rounded in the last step only: 0.5 ULP and 0.35 of the terms
// below; 0.8 where a result is just subnormal.
// exp_div: from N / D on in single doubles: the exponential 0.6 ULP, F / a and the products 0.5 each, up to
// double in the worst place of a binade.
//
// a is clamped at 38.75, where the result rounds to -0 on the left.
#include "impls/simd/logistic64.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

#include "impls/gelu/erfcx_f64.coef.inc"

/// N / 2 and D.
constexpr double n1 = 51.0 / 128;
constexpr double n0 = 163.0 / 128;
constexpr double d1 = 187.0 / 64;
constexpr double d0 = 163.0 / 64;
/// Left of it 2^n is applied last, right of minus it the result is x.
constexpr double tail = -9.4;

/// a, and -a^2/2 as t + t_low.
template <class Arch>
struct square {
    using batch = xsimd::batch<double, Arch>;
    batch a, t, t_low;

    /// As the second argument NaN is kept by the minimum of every ISA.
    explicit square(const batch& x) : a(xsimd::min(batch(38.75), xsimd::abs(x))) {
        const batch half = a * batch(-0.5);
        t = half * a;
        t_low = simd::product_rest<Arch>(half, a, t);
    }
};

/// N / (2 D), and s.
template <class Arch>
struct fractions {
    simd::two<Arch> coarse;
    xsimd::batch<double, Arch> s;
};

/// Both by one division. The constants have few bits, so that what a sum with them lacks is a difference
/// without rounding.
template <class Arch>
fractions<Arch> fractions_of(const xsimd::batch<double, Arch>& a) {
    using batch = xsimd::batch<double, Arch>;
    const batch w = a + batch(d1);
    const batch w_low = a - (w - batch(d1));
    const batch n = simd::fma(a, batch(n1), batch(n0));
    const batch d = simd::fma(a, w, batch(d0));
    batch n_low;
    batch d_low;
    if constexpr (simd::has_fma<Arch>) {
        n_low = simd::fma(a, batch(n1), batch(n0) - n);
        d_low = simd::fma(a, w, batch(d0) - d);
    } else {
        const batch slope = a * batch(n1);
        const batch square = a * w;
        n_low = (slope - (n - batch(n0))) + simd::product_rest<Arch>(a, batch(n1), slope);
        d_low = (square - (d - batch(d0))) + simd::product_rest<Arch>(a, w, square);
    }
    const batch raised = a + batch(5.0);
    const batch inverse = simd::divide(batch(1.0), d * raised);
    return {simd::quotient_by<Arch>({n, n_low}, {d, simd::fma(a, w_low, d_low)}, inverse * raised),
            (a - batch(5.0)) * (inverse * d)};
}

template <class T, class Arch>
struct exp_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero = simd::half_and_more<T>;

    static batch eval(const batch& x) {
        const square<Arch> v(x);
        const auto e = simd::exp64<Arch>(v.t, v.t_low);
        const auto m = e.mantissa();
        const auto [q, s] = fractions_of<Arch>(v.a);
        const batch q_low = simd::fma(q.high, simd::polynomial64<erfcx_long_poly>(s), q.low);
        const auto in_tail = x < batch(tail);
        const batch g = m.high * q.high;
        const batch g_low =
            simd::fma(m.high, q_low, m.low * (q.high + q_low)) + simd::product_rest<Arch>(m.high, q.high, g);
        const auto f = simd::two_sum_ordered<Arch>(xsimd::select(in_tail, g, e.n.beside_one(v.t, g)),
                                                   xsimd::select(in_tail, g_low, e.n.beside_one(v.t, g_low)));
        const batch product = v.a * f.high;
        const batch product_low = simd::fma(v.a, f.low, simd::product_rest<Arch>(v.a, f.high, product));
        const auto sum = simd::two_sum_ordered<Arch>(xsimd::max(batch(0.0), x), simd::negated(product));
        const batch y = sum.high + (sum.low - product_low);
        const batch left = e.n.times_where(in_tail, y, y) | xsimd::bitofsign(x);
        return xsimd::select(x > batch(-tail), x, left);
    }
};

template <class T, class Arch>
struct exp_div {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero = simd::half_and_more<T>;

    static batch eval(const batch& x) {
        const square<Arch> v(x);
        const auto e = simd::quick_exp64(v.t, v.t_low);
        const auto [q, s] = fractions_of<Arch>(v.a);
        const batch fraction = q.high + simd::fma(q.high, simd::polynomial64<erfcx_poly>(s), q.low);
        const batch f = e.mantissa().high * fraction;
        const auto in_tail = x < batch(tail);
        const batch factor = simd::negated(xsimd::select(in_tail, f, e.n.beside_one(v.t, f)));
        const batch y = simd::fma(v.a, factor, xsimd::max(batch(0.0), x));
        return simd::above_half(x, e.n.times_where(in_tail, y, y) | xsimd::bitofsign(x));
    }
};

constexpr auto seams = std::to_array({tail, -tail});

}  // namespace

ULPFRONT_ROW(exp_hilo,
             simd::simd_ulp_row<exp_hilo, double>("exp_hilo", 0.95,
                                                  "table exponential and a fraction in two doubles", seams))
ULPFRONT_ROW(exp_div,
             simd::simd_ulp_row<exp_div, double>("exp_div", 4.0,
                                                 "table exponential, a fraction and a polynomial", seams))
