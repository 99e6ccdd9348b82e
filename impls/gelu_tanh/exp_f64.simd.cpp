// Both of binary64, x sigmoid(v), v = 2 sqrt(2/pi) (x + 0.044715 x^3):
// exp_hilo: e = e^-|v| from a table (simd/exp64.hpp), e and 1 + e as sums of two doubles and a corrected
// quotient, rounded in the last step only (simd/logistic64.hpp): 0.5 ULP, 0.8 where a result is subnormal.
// exp_div: x / (1 + e^-v) in single doubles: e^-v 1.1 ULP, the sum and the quotient 0.5 each, up to double in
// the worst place of a binade. The sum is taken 2^-200 times, for the quotient may be subnormal. From 8 on it
// is x.
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

/// Right of it v > 49, and sigmoid(v) is 1.
constexpr double beyond = 8.0;

/// v.
template <class Arch>
simd::two<Arch> v_of(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    const batch square = x * x;
    const batch square_low = simd::product_rest<Arch>(x, x, square);
    const batch bend = square * batch(cubic_high);
    const batch bend_low = simd::fma(square, batch(cubic_low), square_low * batch(cubic_high)) +
                           simd::product_rest<Arch>(square, batch(cubic_high), bend);
    const auto factor = simd::two_sum<Arch>(batch(linear_high), bend);
    const batch v = x * factor.high;
    const batch factor_low = factor.low + (bend_low + batch(linear_low));
    return {v, simd::fma(x, factor_low, simd::product_rest<Arch>(x, factor.high, v))};
}

/// The same as -|v|.
template <class Arch>
simd::argument64<Arch> argument(const xsimd::batch<double, Arch>& x) {
    const auto t = v_of<Arch>(bounded<Arch>(simd::minus_abs(x)));
    return {t.high, t.low, x < xsimd::batch<double, Arch>(0.0)};
}

template <class T, class Arch>
struct exp_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero = simd::half_and_more<T>;
    static batch eval(const batch& x) {
        return simd::times_logistic64<Arch>(bounded<Arch>(x), argument<Arch>(x));
    }
};

template <class T, class Arch>
struct exp_div {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero = simd::half_and_more<T>;
    static batch eval(const batch& x) {
        const batch clamped = bounded<Arch>(x);
        const auto v = v_of<Arch>(xsimd::min(batch(beyond), clamped));
        const auto e = simd::quick_exp64(simd::negated(v.high), simd::negated(v.low));
        const batch unlift(simd::unlift64);
        const batch sum = e.n.times(e.quick_mantissa() * unlift) + unlift;
        const batch y = simd::unlifted64<Arch>(simd::divide(xsimd::abs(clamped), sum)) | xsimd::bitofsign(x);
        return simd::above_half(x, xsimd::select(x < batch(beyond), y, x));
    }
};

constexpr auto seams = simd::exp64_seams(linear_high);

}  // namespace

ULPFRONT_ROW(exp_hilo, simd::simd_ulp_row<exp_hilo, double>(
                           "exp_hilo", 0.95, "table exponential in two doubles, corrected quotient", seams))
ULPFRONT_ROW(exp_div,
             simd::simd_ulp_row<exp_div, double>("exp_div", 4.0, "exponential and one division", seams))
