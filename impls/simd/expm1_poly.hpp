// e^x - 1 left of 0 in one polynomial, and x right of it: of this elu and selu are made.
//
// 1. a = min(x, 0), not below -30, where e^a - 1 rounds to -1.
// 2. e^a = 2^n (1 + t) by a polynomial (exp_poly.hpp); near 0 n is 0 and t the result.
// 3. e^a - 1 = 2^n t + (2^n - 1), never e^a minus 1.
// Errors in ULP: t 1.2; where n < 0 the sum rounds twice at most: below 3.
#pragma once

#include "impls/simd/exp_poly.hpp"
#include "impls/simd/subnormal.hpp"

namespace ulpfront::simd {

/// e^x - 1 where x <= -2^-40, else x: what is tiny is x on the left too, and so is NaN.
template <class Arch>
xsimd::batch<float, Arch> expm1_or_x(const xsimd::batch<float, Arch>& x) {
    using batch = xsimd::batch<float, Arch>;
    // As the second argument NaN is kept by minimum and maximum of every ISA.
    const batch a = xsimd::max(batch(-30.0F), xsimd::min(batch(-tiny), x));
    const auto parts = split_exp_poly<Arch>(a);
    const batch power = power_of_two<Arch>(parts.n);
    const batch left = simd::fma(power, parts.t, power - batch(1.0F));
    return xsimd::select(x <= batch(-tiny), left, x);
}

}  // namespace ulpfront::simd
