// exp_hilo: e / (1 + e) with e = e^-|x| on the left, 1 minus that on the right. e and 1 + e are sums of two
// floats, and the quotient is corrected by what a first one leaves (simd/logistic.hpp): 0.5 ULP of the last
// rounding, and on the right half an ULP of the smaller e / (1 + e). exp_div: e / (1 + e) or 1 / (1 + e), all
// in single floats and one division: e 0.6 ULP, 1 + e 0.5, the quotient 0.5, twice that in the worst place of
// a binade.
//
// |x| is clamped at 104, where the result rounds to 0 on one side and 1 on the other. Powers of two stay
// apart until the last step, so that a subnormal result is rounded once.
#include "impls/simd/logistic.hpp"
#include "impls/simd/map.hpp"
#include "impls/simd/subnormal.hpp"

namespace {

using namespace ulpfront;

/// -|x|, clamped; as the second argument NaN is kept by the maximum of every ISA.
template <class Arch>
xsimd::batch<float, Arch> left_of(const xsimd::batch<float, Arch>& x) {
    return xsimd::max(xsimd::batch<float, Arch>(-104.0F), simd::minus_abs(x));
}

template <class T, class Arch>
struct exp_hilo {
    using batch = xsimd::batch<T, Arch>;

    static batch eval(const batch& any) {
        const batch x = simd::raised<Arch>(any);
        return simd::logistic<Arch>(simd::exp_by_table<Arch>(left_of<Arch>(x)), x < batch(0.0F));
    }
};

template <class T, class Arch>
struct exp_div {
    using batch = xsimd::batch<T, Arch>;

    static batch eval(const batch& any) {
        const batch x = simd::raised<Arch>(any);
        const batch t = left_of<Arch>(x);
        const auto e = simd::quick_exp_by_table<Arch>(t);
        const batch lifted = e.n.lift(e.mantissa);
        const batch numerator = xsimd::select(x < batch(0.0F), lifted, batch(1.0F / simd::unlift));
        const batch denominator = simd::fma(simd::beside_one<Arch>(lifted), batch(simd::unlift), batch(1.0F));
        const batch quotient = simd::divide(numerator, denominator);
        // No result is below t; as the second argument NaN, which bits have lost, is kept by every ISA's
        // maximum.
        return xsimd::max(simd::unlifted_number<Arch>(quotient), t);
    }
};

}  // namespace

ULPFRONT_ROW(exp_hilo,
             simd::simd_ulp_row<exp_hilo, float>("exp_hilo", 0.9,
                                                 "table exponential in two floats, corrected quotient"))
ULPFRONT_ROW(exp_div,
             simd::simd_ulp_row<exp_div, float>("exp_div", 4.0, "table exponential and one division"))
