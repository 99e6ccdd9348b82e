// Both of binary64, x sigmoid(v), v = 2 sqrt(2/pi) (x + 0.044715 x^3), with e = e^-|v| from a table
// (simd/exp64.hpp):
// exp_hilo: e and 1 + e as sums of two doubles and a corrected quotient, rounded in the last step only
// (simd/logistic64.hpp): 0.5 ULP, 0.8 where a result is just subnormal.
// exp_div: in single doubles and one division: e 0.6 ULP, 1 + e, the quotient and the product 0.5 each, up to
// double in the worst place of a binade.
//
// v's absolute error is the result's relative one, so v = x (linear + cubic x^2) is a sum of two doubles, as
// are both coefficients. x is clamped at -21.65, where the result rounds to -0: -infinity times 0 would be
// NaN.
#include "impls/simd/logistic64.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

#include "impls/gelu_tanh/exp_f64.coef.inc"

/// As the second argument NaN is kept by the maximum of every ISA.
template <class Arch>
xsimd::batch<double, Arch> bounded(const xsimd::batch<double, Arch>& x) {
    return xsimd::max(xsimd::batch<double, Arch>(-21.65), x);
}

/// v.
template <class Arch>
simd::argument64<Arch> argument(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    const batch minus = bounded<Arch>(simd::minus_abs(x));
    const batch square = minus * minus;
    const batch square_low = simd::product_rest<Arch>(minus, minus, square);
    const batch bend = square * batch(cubic_high);
    const batch bend_low = simd::fma(square, batch(cubic_low), square_low * batch(cubic_high)) +
                           simd::product_rest<Arch>(square, batch(cubic_high), bend);
    const auto factor = simd::two_sum<Arch>(batch(linear_high), bend);
    const batch t = minus * factor.high;
    const batch factor_low = factor.low + (bend_low + batch(linear_low));
    const batch t_low = simd::fma(minus, factor_low, simd::product_rest<Arch>(minus, factor.high, t));
    return {t, t_low, x < batch(0.0)};
}

template <class T, class Arch>
struct exp_hilo {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        return simd::times_logistic64<Arch>(bounded<Arch>(x), argument<Arch>(x));
    }
};

template <class T, class Arch>
struct exp_div {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        return simd::quick_times_logistic64<Arch>(bounded<Arch>(x), argument<Arch>(x));
    }
};

constexpr auto seams = simd::exp64_seams(linear_high);

}  // namespace

ULPFRONT_ROW(exp_hilo, simd::simd_ulp_row<exp_hilo, double>(
                           "exp_hilo", 0.95, "table exponential in two doubles, corrected quotient", seams))
ULPFRONT_ROW(exp_div,
             simd::simd_ulp_row<exp_div, double>("exp_div", 4.0, "table exponential and one division", seams))
