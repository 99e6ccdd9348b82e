// expm1_poly: scale x on the right; on the left scale alpha (e^x - 1) with e^x - 1 = 2^n t + (2^n - 1), never
// e^x minus 1.
//
// 1. a = min(x, 0), not below -30, where e^a - 1 rounds to -1.
// 2. e^a = 2^n (1 + t) by a polynomial (simd/exp_poly.hpp); near 0 n is 0 and t the result.
// 3. The product with scale alpha, rounded to a float.
// Errors in ULP: t 1.2; where n < 0 the sum rounds twice at most; the factor's and the product's own
// roundings, each up to 1 in the worst place of a binade; found 1.99.
#include "impls/simd/exp_poly.hpp"
#include "impls/simd/map.hpp"
#include "impls/simd/subnormal.hpp"

namespace {

using namespace ulpfront;

constexpr float scale = 1.0507009873554804934193349852946F;
constexpr auto left_scale =
    static_cast<float>(static_cast<double>(scale) * static_cast<double>(1.6732632423543772848170429916717F));

template <class T, class Arch>
struct expm1_poly {
    using batch = xsimd::batch<T, Arch>;

    static batch eval(const batch& x) {
        // As the second argument NaN is kept by minimum and maximum of every ISA.
        const batch a = xsimd::max(batch(-30.0F), xsimd::min(batch(-simd::tiny), x));
        const auto parts = simd::split_exp_poly<Arch>(a);
        const batch power = simd::power_of_two<Arch>(parts.n);
        const batch left = simd::fma(power, parts.t, power - batch(1.0F));
        // What is tiny is x times the scale on the left, and so is NaN.
        const batch inside = xsimd::select(x <= batch(-simd::tiny), left, x);
        return inside * xsimd::select(batch(0.0F) < x, batch(scale), batch(left_scale));
    }
};

}  // namespace

ULPFRONT_ROW(expm1_poly,
             simd::simd_ulp_row<expm1_poly, float>("expm1_poly", 3.0, "polynomial e^x - 1, no division"))
