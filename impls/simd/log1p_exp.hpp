// log1p(e^-a) + x, the sum that softplus and logsigmoid are.
//
// 1. e = 2^n (head + tail), from a table (exp_table.hpp).
// 2. log1p(e) / e = c0 + p r by interval polynomials in e (intervals.hpp).
// 3. e times that is P + P_low, both times 2^64, so that nothing on the way is subnormal.
// 4. P 2^-64 + (x + P_low 2^-64) by one fused operation: rounded once, be the result subnormal or x large.
// Where
//    subnormal results are slow, on the left P 2^-64 alone, by its bits (lift.hpp).
#pragma once

#include "impls/simd/exp_table.hpp"
#include "impls/simd/intervals.hpp"

namespace ulpfront::simd {
#include "impls/simd/log1p_intervals.coef.inc"

/// The larger of x and 0, plus log1p(e^-|x|): 0.5 ULP of the last rounding and 0.3 of the terms below it.
template <class Arch>
xsimd::batch<float, Arch> log1p_exp(const xsimd::batch<float, Arch>& x) {
    using batch = xsimd::batch<float, Arch>;
    // As the second argument NaN is kept by the maximum of every ISA.
    const auto e = exp_by_table<Arch>(xsimd::max(batch(-104.0F), minus_abs(x)));
    const auto f = terms_in_unit<log1p_16, log1p_8, Arch>(e.n.lift(e.head + e.tail));
    const batch small = f.p * f.r;
    const batch head = e.n.lift(e.head);
    const batch rest = simd::fma(head, small, e.n.lifted(e.tail * (f.base + small)));
    const batch product = fma_once<Arch>(head, f.base, rest);
    const batch product_low = fma_once<Arch>(head, f.base, negated(product)) + rest;
    if constexpr (!has_fma<Arch>) {
        // Where e is below 2^-34 nothing of the lower part is left beside x.
        const batch low = xsimd::select(product < batch(0x1p30F), batch(0.0F), product_low) * batch(unlift);
        return above_ramp<Arch>(product, fma_once<Arch>(beside_one<Arch>(product), batch(unlift), x + low));
    } else if constexpr (has_slow_subnormals<Arch>) {
        const batch ramp = simd::fma(product_low, batch(unlift), x);
        return above_ramp<Arch>(product, simd::fma(product, batch(unlift), ramp));
    } else {
        const batch ramp = simd::fma(product_low, batch(unlift), xsimd::max(batch(0.0F), x));
        return simd::fma(product, batch(unlift), ramp);
    }
}

/// The same in single floats, within 4 ULP.
template <class Arch>
xsimd::batch<float, Arch> quick_log1p_exp(const xsimd::batch<float, Arch>& x) {
    using batch = xsimd::batch<float, Arch>;
    // As the second argument NaN is kept by the maximum of every ISA.
    const auto e = quick_exp_by_table<Arch>(xsimd::max(batch(-104.0F), minus_abs(x)));
    const batch lifted = e.n.lift(e.mantissa);
    const auto f = terms_in_unit<short_log1p_16, log1p_8, Arch>(lifted);
    const batch product = lifted * simd::fma(f.p, f.r, f.base);
    if constexpr (has_slow_subnormals<Arch>) {
        return above_ramp<Arch>(product, simd::fma(beside_one<Arch>(product), batch(unlift), x));
    } else {
        return simd::fma(product, batch(unlift), xsimd::max(batch(0.0F), x));
    }
}

}  // namespace ulpfront::simd
