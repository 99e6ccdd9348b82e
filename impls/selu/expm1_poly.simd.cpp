// expm1_poly: scale x on the right, scale alpha (e^x - 1) by a polynomial on the left (simd/expm1_poly.hpp).
// Errors in ULP: to those of e^x - 1 come the factor's own rounding and the product's, each up to 1 in the
// worst place of a binade; found 1.99.
#include "impls/simd/expm1_poly.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

constexpr float scale = 1.0507009873554804934193349852946F;
constexpr auto left_scale =
    static_cast<float>(static_cast<double>(scale) * static_cast<double>(1.6732632423543772848170429916717F));

template <class T, class Arch>
struct expm1_poly {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{left_scale, scale};

    static batch eval(const batch& x) {
        return simd::expm1_or_x<Arch>(x) * xsimd::select(batch(0.0F) < x, batch(scale), batch(left_scale));
    }
};

}  // namespace

ULPFRONT_ROW(expm1_poly,
             simd::simd_ulp_row<expm1_poly, float>("expm1_poly", 3.0, "polynomial e^x - 1, no division"))
