// interval_poly: scale x on the right; on the left scale alpha expm1(-a), a = |x|. expm1 comes as a sum h + l
// from one of 16 polynomials of degree 6 (8 of degree 7 where tables of 8 entries are cheaper); see
// simd/intervals.hpp.
//
// 1. h = base + p r rounded, l what was lost.
// 2. k (h + l) with k = scale alpha in two parts, all but the largest product in l's: rounded once.
// Error in ULP: that rounding 0.5, the inner sum's 0.3.
#include "impls/simd/intervals.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

#include "impls/simd/expm1_intervals.coef.inc"

constexpr float scale = 1.0507009873554804934193349852946F;
constexpr double k = static_cast<double>(scale) * static_cast<double>(1.6732632423543772848170429916717F);
constexpr auto k_high = static_cast<float>(k);
constexpr auto k_low = static_cast<float>(k - static_cast<double>(k_high));

template <class T, class Arch>
struct interval_poly {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{k, scale};

    static batch eval(const batch& x) {
        const auto f = simd::terms_by_intervals<expm1_16, expm1_8, Arch>(xsimd::abs(x));
        const batch h = simd::fma_once<Arch>(f.p, f.r, f.base);
        const batch l = simd::fma_once<Arch>(f.p, f.r, f.base - h);
        const batch low = simd::fma(h, batch(k_low), l * batch(k_high));
        // Never negative; the sign of x turns its 0 into -0 where x is -0.
        const batch left = simd::fma_once<Arch>(h, batch(k_high), low) | xsimd::bitofsign(x);
        return xsimd::select(batch(0.0F) < x, batch(scale) * x, left);
    }
};

}  // namespace

ULPFRONT_ROW(interval_poly,
             simd::simd_ulp_row<interval_poly, float>("interval_poly", 0.95,
                                                      "16 (AVX2: 8) polynomials, no exponential"))
