// Both of binary64, with e = e^-|x| from a table (simd/exp64.hpp) x N / D: N = e^2 + 2e and D = N + 2 on the
// left, N = 1 + 2e and D = N + 2e^2 on the right; left of -45 it is x e.
// exp_hilo: e, N and D as sums of two doubles and a corrected quotient, rounded in the last step only
// (simd/logistic64.hpp): 0.5 ULP, 0.8 where a result is just subnormal.
// exp_div: in single doubles but for D, which is corrected where it is 2 and little more: e 0.6 ULP, N, the
// quotient and the product 0.5 each, up to double in the worst place of a binade.
//
// x is clamped at -760, where the result rounds to -0: -infinity times 0 would be NaN.
#include "impls/simd/logistic64.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

/// What 0.6 lacks.
constexpr double slope_low = 0.2 * 0x1p-53;

template <class T, class Arch>
struct exp_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{0.6, 0.6, 0.0, 0.0F, slope_low, slope_low};

    static batch eval(const batch& x) {
        const auto v = simd::argument_of<Arch>(x);
        const auto e = simd::exp64<Arch>(v.t);
        const auto mantissa = e.mantissa();
        const auto f = simd::beside_one64<Arch>(v.t, mantissa, e.n);
        const batch twice = f.high + f.high;
        const batch twice_low = f.low + f.low;
        const batch square = f.high * f.high;
        const batch square_low = simd::fma(twice, f.low, simd::product_rest<Arch>(f.high, f.high, square));
        const batch zero(0.0);
        const auto n = simd::two_sum<Arch>(twice, xsimd::select(v.left, square, batch(1.0)));
        const batch n_low = n.low + (twice_low + xsimd::select(v.left, square_low, zero));
        const auto d = simd::two_sum<Arch>(n.high, xsimd::select(v.left, batch(2.0), square + square));
        const batch d_low = d.low + (n_low + xsimd::select(v.left, zero, square_low + square_low));
        const auto q = simd::quotient_of_two<Arch>({n.high, n_low}, {d.high, d_low});
        return simd::product_or_tail<Arch>(simd::bounded64<Arch>(x), q, x < batch(simd::deep), mantissa, e.n);
    }
};

template <class T, class Arch>
struct exp_div {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{0.6, 0.6, 0.0, 0.0F, slope_low, slope_low};

    static batch eval(const batch& x) {
        const auto v = simd::argument_of<Arch>(x);
        const auto e = simd::exp64<Arch>(v.t);
        const batch mantissa = e.mantissa().high;
        const batch f = e.n.beside_one(v.t, mantissa);
        const batch two(2.0);
        const batch square = f * f;
        const batch n = simd::fma(two, f, xsimd::select(v.left, square, batch(1.0)));
        const batch more = xsimd::select(v.left, two, square + square);
        const batch d = more + n;
        const auto q = simd::quotient_of_two<Arch>({n, batch(0.0)}, {d, (more - d) + n});
        const auto in_tail = x < batch(simd::deep);
        const batch factor = xsimd::select(in_tail, mantissa, q.high + q.low);
        const batch y = simd::bounded64<Arch>(x) * factor;
        return e.n.times_where(in_tail, y, y);
    }
};

constexpr auto seams = simd::exp64_seams(1.0);

}  // namespace

ULPFRONT_ROW(exp_hilo, simd::simd_ulp_row<exp_hilo, double>(
                           "exp_hilo", 0.95, "table exponential in two doubles, corrected quotient", seams))
ULPFRONT_ROW(exp_div,
             simd::simd_ulp_row<exp_div, double>("exp_div", 4.0, "table exponential and one division", seams))
