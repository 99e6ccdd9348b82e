// expm1_poly: tanh|x| = -u / (2 + u) with u = e^(-2|x|) - 1, then the sign of x.
//
// 1. a = -2|x|, not below -20, where the result rounds to 1.
// 2. e^a = 2^n (1 + t) by a polynomial (simd/exp_poly.hpp); u = 2^n t + (2^n - 1), near 0 just t.
// 3. One division.
// Errors in ULP: u up to 1.7, 2 + u and the division 0.5 each, u's counted up to twice: below 4.
#include "impls/simd/divide.hpp"
#include "impls/simd/exp_poly.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct expm1_poly {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{1.0, 1.0};

    static batch eval(const batch& x) {
        // As the second argument NaN is kept by the maximum of every ISA.
        const batch a = xsimd::max(batch(-20.0F), batch(-2.0F) * xsimd::abs(x));
        const auto parts = simd::split_exp_poly<Arch>(a);
        const batch power = simd::power_of_two<Arch>(parts.n);
        const batch u = simd::fma(power, parts.t, power - batch(1.0F));
        return xsimd::abs(simd::divide(u, batch(2.0F) + u)) | xsimd::bitofsign(x);
    }
};

}  // namespace

ULPFRONT_ROW(expm1_poly,
             simd::simd_ulp_row<expm1_poly, float>("expm1_poly", 4.0, "polynomial e^x - 1 and one division"))
