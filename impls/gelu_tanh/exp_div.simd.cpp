// exp_hilo: x sigmoid(t), t = 2 sqrt(2/pi) (x + 0.044715 x^3), with t, e = e^-|t| and 1 + e as sums of two
// floats and a corrected quotient (simd/logistic.hpp), rounded in the last step only: 0.5 ULP, 0.75 where a
// result is just subnormal. exp_div: the same t, then all in single floats and one division: e 0.6 ULP, 1 +
// e, the quotient and the product 0.5 each, twice that in the worst place of a binade.
//
// t needs two floats, since its absolute error is e's relative one. x is clamped at -11, where the
// result rounds to -0: -infinity times 0 would be NaN.
#include "impls/simd/logistic.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

#include "impls/gelu_tanh/exp_div.coef.inc"

/// x clamped, and -|t| = high + low; as the second argument NaN is kept by the maximum of every ISA.
template <class Arch>
struct argument {
    using batch = xsimd::batch<float, Arch>;
    batch x, high, low;

    explicit argument(const batch& any) : x(xsimd::max(batch(-11.0F), any)) {
        const batch left = xsimd::max(batch(-11.0F), simd::minus_abs(any));
        const batch square = left * left;
        const batch square_low = simd::fma_once<Arch>(left, left, simd::negated(square));
        // factor + factor_low = t / x.
        const batch factor = simd::fma_once<Arch>(square, batch(cubic_high), batch(linear_high));
        const batch lost = simd::fma_once<Arch>(square, batch(cubic_high), batch(linear_high) - factor);
        const batch small =
            simd::fma(square_low, batch(cubic_high), simd::fma(square, batch(cubic_low), batch(linear_low)));
        high = left * factor;
        low = simd::fma(left, lost + small, simd::fma_once<Arch>(left, factor, simd::negated(high)));
    }
};

template <class T, class Arch>
struct exp_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero = simd::half_and_more<T>;

    static batch eval(const batch& x) {
        const argument<Arch> a(x);
        return simd::times_logistic<Arch>(a.x, simd::exp_by_table<Arch>(a.high, a.low), x < batch(0.0F));
    }
};

template <class T, class Arch>
struct exp_div {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero = simd::half_and_more<T>;

    static batch eval(const batch& x) {
        const argument<Arch> a(x);
        return simd::quick_times_logistic<Arch>(a.x, simd::quick_exp_by_table<Arch>(a.high, a.low),
                                                x < batch(0.0F));
    }
};

}  // namespace

ULPFRONT_ROW(exp_hilo,
             simd::simd_ulp_row<exp_hilo, float>("exp_hilo", 0.95,
                                                 "table exponential in two floats, corrected quotient"))
ULPFRONT_ROW(exp_div,
             simd::simd_ulp_row<exp_div, float>("exp_div", 4.0, "table exponential and one division"))
