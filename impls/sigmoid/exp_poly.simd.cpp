// exp_poly: e^x / (1 + e^x) on the left, 1 / (1 + e^-x) on the right, so that e = e^-|x| never exceeds 1.
//
// 1. a = -|x|, not below -104, where the result rounds to 0 on one side and 1 on the other.
// 2. e = 2^n (1 + t) by a polynomial (simd/exp_poly.hpp).
// 3. quotient = (1 + t or 1) / (1 + e), and on the left 2^n last of all, so that a subnormal result is
//    rounded once.
// Errors in ULP: e's rounding and polynomial 1.3, 1 + e 0.5, the division 0.5, twice that in the worst
// place of a binade: below 4.
#include "impls/simd/exp_poly.hpp"
#include "impls/simd/divide.hpp"
#include "impls/simd/map.hpp"
#include "impls/simd/subnormal.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct exp_poly {
    using batch = xsimd::batch<T, Arch>;
    using integers = xsimd::batch<std::int32_t, Arch>;
    static constexpr simd::line near_zero{0.25, 0.25, 0.5};

    static batch eval(const batch& x) {
        // As the second argument NaN is kept by the maximum of every ISA.
        const batch a = xsimd::max(batch(-104.0F), -xsimd::abs(x));
        const auto e = simd::split_exp_poly<Arch>(a);
        const batch one(1.0F);
        const auto left = x < batch(0.0F);
        const batch numerator = xsimd::select(left, one + e.t, one);
        const batch quotient = simd::divide(numerator, one + simd::scale_beside_one<Arch>(one + e.t, e.n));
        const batch scaled = simd::scale<Arch>(quotient, e.n);
        return xsimd::select(left, scaled, quotient);
    }
};

}  // namespace

ULPFRONT_ROW(exp_poly,
             simd::simd_ulp_row<exp_poly, float>("exp_poly", 4.0, "polynomial exponential and one division"))
