// log1p_poly: max(x, 0) + log1p(e), e = e^-|x| in (0, 1], with log1p(e) = e L(e).
//
// 1. a = -|x|, not below -104, where e rounds to 0.
// 2. e = 2^n (1 + t) by a polynomial (simd/exp_poly.hpp).
// 3. L(e), a polynomial of degree 10 on [0, 1].
// 4. (1 + t) L(e) 2^n with the power last, so that the left tail is rounded once, down to 2^-149.
// Errors in ULP on the left: 1 + t 0.5 and its polynomial 0.3, L 0.8, the product 0.5, twice that in the
// worst place of a binade: below 4.
#include "impls/simd/exp_poly.hpp"
#include "impls/simd/map.hpp"
#include "impls/simd/subnormal.hpp"

namespace {

using namespace ulpfront;

#include "impls/softplus/log1p_poly.coef.inc"

template <class T, class Arch>
struct by_poly {
    using batch = xsimd::batch<T, Arch>;

    static batch eval(const batch& any) {
        const batch x = simd::raised<Arch>(any);
        // As the second argument NaN is kept by the maximum of every ISA.
        const batch a = xsimd::max(batch(-104.0F), -xsimd::abs(x));
        const auto parts = simd::split_exp_poly<Arch>(a);
        const batch mantissa = batch(1.0F) + parts.t;
        const batch e = simd::scale_beside_one<Arch>(mantissa, parts.n);
        batch l(log1p_poly.back());
        for (std::size_t i = log1p_poly.size() - 1; i-- > 0;) l = simd::fma(l, e, batch(log1p_poly[i]));
        return xsimd::max(batch(0.0F), x) + simd::scale<Arch>(mantissa * l, parts.n);
    }
};

}  // namespace

ULPFRONT_ROW(by_poly, simd::simd_ulp_row<by_poly, float>("log1p_poly", 4.0, "two polynomials, no division"))
