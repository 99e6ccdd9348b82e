// Both of binary64:
// exp_hilo: e = e^-|x| from a table (simd/exp64.hpp), e and 1 + e as sums of two doubles and a corrected
// quotient, rounded in the last step only (simd/logistic64.hpp): 0.5 ULP, 0.8 where a result is subnormal.
// exp_div: 1 / (1 + e^-x) in single doubles: e^-x 1.1 ULP, the sum and the quotient 0.5 each, up to double in
// the worst place of a binade. From 700 on in magnitude it is 1 or e^x (simd/plain.hpp).
#include "impls/simd/logistic64.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct exp_hilo {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) { return simd::logistic64<Arch>(x); }
};

template <class T, class Arch>
struct exp_div {
    using batch = xsimd::batch<T, Arch>;
    static constexpr double plain_limit = 700.0;
    static batch eval_plain(const batch& x) {
        return simd::plain_logistic64<Arch>(batch(1.0), simd::lowered64<Arch>(x));
    }
    static batch eval_extreme(const batch& x) { return simd::extreme_logistic64<Arch>(x); }
};

constexpr auto seams = simd::exp64_seams(1.0);
constexpr auto div_seams = simd::with_plain_limit(seams, exp_div<double, simd::native>::plain_limit);

}  // namespace

ULPFRONT_ROW(exp_hilo, simd::simd_ulp_row<exp_hilo, double>(
                           "exp_hilo", 0.95, "table exponential in two doubles, corrected quotient", seams))
ULPFRONT_ROW(exp_div,
             simd::simd_ulp_row<exp_div, double>("exp_div", 4.0, "exponential and one division", div_seams))
