// expm1_poly: x on the right, e^x - 1 by a polynomial on the left (simd/expm1_poly.hpp): below 3 ULP. -0
// stays -0.
#include "impls/simd/expm1_poly.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct expm1_poly {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) { return simd::expm1_or_x<Arch>(x); }
};

}  // namespace

ULPFRONT_ROW(expm1_poly,
             simd::simd_ulp_row<expm1_poly, float>("expm1_poly", 3.0, "polynomial e^x - 1, no division"))
