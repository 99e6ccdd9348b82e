// interval_poly: tanh|x| by one of 16 polynomials of degree 5 (8 of degree 7 where tables of 8 entries are
// cheaper), then the sign of x. No exponential, no division; see simd/intervals.hpp.
// What is tiny is x itself: the smaller of the two (simd/subnormal.hpp).
//
// Error in ULP: the last rounding 0.5, the inner sum's 0.25, the polynomials 0.2.
#include "impls/simd/intervals.hpp"
#include "impls/simd/map.hpp"
#include "impls/simd/subnormal.hpp"

namespace {

using namespace ulpfront;

#include "impls/tanh/interval_poly.coef.inc"

template <class T, class Arch>
struct interval_poly {
    using batch = xsimd::batch<T, Arch>;

    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        const batch y = simd::by_intervals<tanh_16, tanh_8, Arch>(simd::abs_not_tiny<Arch>(x));
        return simd::nearer_with_sign_of<Arch>(x, y);
    }
};

}  // namespace

ULPFRONT_ROW(interval_poly,
             simd::simd_ulp_row<interval_poly, float>("interval_poly", 0.99,
                                                      "interval polynomials, no exponential, no division"))
