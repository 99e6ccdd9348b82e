// Both of binary64, x sigmoid(x) with e = e^-|x| from a table (simd/exp64.hpp):
// exp_hilo: e and 1 + e as sums of two doubles and a corrected quotient, rounded in the last step only
// (simd/logistic64.hpp): 0.5 ULP, 0.8 where a result is just subnormal.
// exp_div: in single doubles and one division: e 0.6 ULP, 1 + e, the quotient and the product 0.5 each, up to
// double in the worst place of a binade.
//
// x is clamped at -760, where the result rounds to -0: -infinity times 0 would be NaN.
#include "impls/simd/logistic64.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct exp_hilo {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        return simd::times_logistic64<Arch>(simd::bounded64<Arch>(x), simd::argument_of<Arch>(x));
    }
};

template <class T, class Arch>
struct exp_div {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        return simd::quick_times_logistic64<Arch>(simd::bounded64<Arch>(x), simd::argument_of<Arch>(x));
    }
};

constexpr auto seams = simd::exp64_seams(1.0);

}  // namespace

ULPFRONT_ROW(exp_hilo, simd::simd_ulp_row<exp_hilo, double>(
                           "exp_hilo", 0.95, "table exponential in two doubles, corrected quotient", seams))
ULPFRONT_ROW(exp_div,
             simd::simd_ulp_row<exp_div, double>("exp_div", 4.0, "table exponential and one division", seams))
