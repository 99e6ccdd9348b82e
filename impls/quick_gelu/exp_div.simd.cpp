// exp_hilo: x sigmoid(t), t = 1.702 x, with t, e = e^-|t| and 1 + e as sums of two floats and a corrected
// quotient (simd/logistic.hpp), rounded in the last step only: 0.5 ULP, 0.75 where a result is just
// subnormal. exp_div: the same t, then all in single floats and one division: e 0.6 ULP, 1 + e, the quotient
// and the product 0.5 each, twice that in the worst place of a binade.
//
// t needs two floats, since its absolute error is e's relative one. x is clamped at -66, where the result
// rounds to -0: -infinity times 0 would be NaN.
#include "impls/simd/logistic.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

/// x clamped, and -|1.702 x| = high + low; as the second argument NaN is kept by the maximum of every ISA.
template <class Arch>
struct argument {
    using batch = xsimd::batch<float, Arch>;
    batch x, high, low;

    explicit argument(const batch& any) : x(xsimd::max(batch(-66.0F), any)) {
        const batch factor(1.702F);
        const batch left = xsimd::max(batch(-66.0F), simd::minus_abs(any));
        high = left * factor;
        low = simd::fma_once<Arch>(left, factor, simd::negated(high));
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
        // By the table's first column alone e would err by 0.1 ULP more, and the result by more than 4.
        const auto e = simd::exp_by_table<Arch>(a.high, a.low);
        return simd::quick_times_logistic<Arch>(a.x, {e.head + e.tail, e.n}, x < batch(0.0F));
    }
};

}  // namespace

ULPFRONT_ROW(exp_hilo,
             simd::simd_ulp_row<exp_hilo, float>("exp_hilo", 0.95,
                                                 "table exponential in two floats, corrected quotient"))
ULPFRONT_ROW(exp_div,
             simd::simd_ulp_row<exp_div, float>("exp_div", 4.0, "table exponential and one division"))
