// exp_hilo: x sigmoid(x) with e = e^-|x| and 1 + e as sums of two floats and a corrected quotient
// (simd/logistic.hpp), rounded in the last step only: 0.5 ULP, 0.75 where a result is just subnormal.
// exp_div: x e / (1 + e) or x / (1 + e), all in single floats and one division: e 0.6 ULP, 1 + e, the
// quotient and the product 0.5 each, twice that in the worst place of a binade.
//
// x is clamped at -109, where the result rounds to -0: -infinity times 0 would be NaN.
#include "impls/simd/logistic.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

/// x and -|x|, clamped; as the second argument NaN is kept by the maximum of every ISA.
template <class Arch>
struct clamped {
    using batch = xsimd::batch<float, Arch>;
    batch x, minus;
    explicit clamped(const batch& any)
        : x(xsimd::max(batch(-109.0F), any)), minus(xsimd::max(batch(-109.0F), simd::minus_abs(any))) {}
};

template <class T, class Arch>
struct exp_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero = simd::half_and_more<T>;

    static batch eval(const batch& x) {
        const clamped<Arch> c(x);
        return simd::times_logistic<Arch>(c.x, simd::exp_by_table<Arch>(c.minus), x < batch(0.0F));
    }
};

template <class T, class Arch>
struct exp_div {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero = simd::half_and_more<T>;

    static batch eval(const batch& x) {
        const clamped<Arch> c(x);
        return simd::quick_times_logistic<Arch>(c.x, simd::quick_exp_by_table<Arch>(c.minus),
                                                x < batch(0.0F));
    }
};

}  // namespace

ULPFRONT_ROW(exp_hilo,
             simd::simd_ulp_row<exp_hilo, float>("exp_hilo", 0.95,
                                                 "table exponential in two floats, corrected quotient"))
ULPFRONT_ROW(exp_div,
             simd::simd_ulp_row<exp_div, float>("exp_div", 4.0, "table exponential and one division"))
