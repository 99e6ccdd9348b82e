// expm1_poly: x on the right; on the left e^x - 1 = 2^n t + (2^n - 1), never e^x minus 1.
//
// 1. a = min(x, 0), not below -30, where the result rounds to -1.
// 2. e^a = 2^n (1 + t) by a polynomial (simd/exp_poly.hpp); near 0 n is 0 and t the result.
// 3. The sign of x goes over the left side: -0 stays -0.
// Errors in ULP: t 1.2; where n < 0 the sum rounds twice at most: below 3.
#include "impls/simd/exp_poly.hpp"
#include "impls/simd/map.hpp"
#include "impls/simd/subnormal.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct expm1_poly {
    using batch = xsimd::batch<T, Arch>;

    static batch eval(const batch& x) {
        // As the second argument NaN is kept by minimum and maximum of every ISA.
        const batch a = xsimd::max(batch(-30.0F), xsimd::min(batch(-simd::tiny), x));
        const auto parts = simd::split_exp_poly<Arch>(a);
        const batch power = simd::power_of_two<Arch>(parts.n);
        const batch left = simd::fma(power, parts.t, power - batch(1.0F));
        // What is tiny is x on the left too, and so is NaN.
        return xsimd::select(x <= batch(-simd::tiny), left, x);
    }
};

}  // namespace

ULPFRONT_ROW(expm1_poly,
             simd::simd_ulp_row<expm1_poly, float>("expm1_poly", 3.0, "polynomial e^x - 1, no division"))
