// Both of binary64, x sigmoid(v), v = 1.702 x as a sum of two doubles:
// exp_hilo: e = e^-|v| from a table (simd/exp64.hpp), e and 1 + e as sums of two doubles and a corrected
// quotient, rounded in the last step only (simd/logistic64.hpp): 0.5 ULP, 0.8 where a result is subnormal.
// exp_div: x / (1 + e^-v) in single doubles: e^-v 1.1 ULP, the sum and the quotient 0.5 each, up to double in
// the worst place of a binade. From 400 on in magnitude it is x or x e^v (simd/plain.hpp).
//
// x is clamped at -446, where the result rounds to -0: -infinity times 0 would be NaN.
#include "impls/simd/logistic64.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

/// As the second argument NaN is kept by the maximum of every ISA.
template <class Arch>
xsimd::batch<double, Arch> bounded(const xsimd::batch<double, Arch>& x) {
    return xsimd::max(xsimd::batch<double, Arch>(-446.0), x);
}

/// v.
template <class Arch>
simd::two<Arch> v_of(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    const batch rate(1.702);
    const batch v = x * rate;
    return {v, simd::product_rest<Arch>(x, rate, v)};
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
    static constexpr double plain_limit = 400.0;
    static batch eval_plain(const batch& x) {
        const auto v = v_of<Arch>(x);
        return simd::above_half(x, simd::plain_logistic64<Arch>(x, v.high, v.low));
    }
    static batch eval_extreme(const batch& x) {
        return simd::extreme_times_logistic64<Arch>(bounded<Arch>(x), argument<Arch>(x));
    }
};

constexpr auto seams = simd::exp64_seams(1.702);
constexpr auto div_seams = simd::with_plain_limit(seams, exp_div<double, simd::native>::plain_limit);

}  // namespace

ULPFRONT_ROW(exp_hilo, simd::simd_ulp_row<exp_hilo, double>(
                           "exp_hilo", 0.95, "table exponential in two doubles, corrected quotient", seams))
ULPFRONT_ROW(exp_div,
             simd::simd_ulp_row<exp_div, double>("exp_div", 4.0, "exponential and one division", div_seams))
