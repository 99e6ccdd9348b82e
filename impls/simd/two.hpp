// Numbers of binary64 lanes as sums of two, and sums and products of which nothing is lost.
#pragma once

#include <bit>
#include <cstdint>

#include "impls/simd/divide.hpp"
#include "impls/simd/fma.hpp"
#include "impls/simd/lookup.hpp"

namespace ulpfront::simd {

/// high + low, low below an ulp of high.
template <class Arch>
struct two {
    xsimd::batch<double, Arch> high, low;
};

/// a + b exactly, for |a| >= |b| or a = 0.
template <class Arch>
two<Arch> two_sum_ordered(const xsimd::batch<double, Arch>& a, const xsimd::batch<double, Arch>& b) {
    const auto sum = a + b;
    return {sum, (a - sum) + b};
}

/// a + b exactly (Knuth).
template <class Arch>
two<Arch> two_sum(const xsimd::batch<double, Arch>& a, const xsimd::batch<double, Arch>& b) {
    const auto sum = a + b;
    const auto of_b = sum - a;
    return {sum, (a - (sum - of_b)) + (b - of_b)};
}

/// a b - product for the rounded product: by FMA exactly, else (Dekker) within 2^-106 of the product, of
/// numbers whose halves' products are normal.
template <class Arch>
xsimd::batch<double, Arch> product_rest(const xsimd::batch<double, Arch>& a,
                                        const xsimd::batch<double, Arch>& b,
                                        const xsimd::batch<double, Arch>& product) {
    using batch = xsimd::batch<double, Arch>;
    if constexpr (has_fma<Arch>) {
        return simd::fma(a, b, negated(product));
    } else {
        const batch mask = std::bit_cast<batch>(xsimd::batch<std::int64_t, Arch>(~0x7ff'ffff));
        const batch a_high = a & mask;
        const batch b_high = b & mask;
        const batch a_low = a - a_high;
        const batch b_low = b - b_high;
        return (((a_high * b_high - product) + a_high * b_low) + a_low * b_high) + a_low * b_low;
    }
}

/// a b + c, rounded once but for 2^-100 of the larger term.
template <class Arch>
xsimd::batch<double, Arch> fma_exact(const xsimd::batch<double, Arch>& a, const xsimd::batch<double, Arch>& b,
                                     const xsimd::batch<double, Arch>& c) {
    if constexpr (has_fma<Arch>) {
        return simd::fma(a, b, c);
    } else {
        const auto product = a * b;
        const auto sum = two_sum<Arch>(product, c);
        return sum.high + (sum.low + product_rest<Arch>(a, b, product));
    }
}

/// 1/d for d in [2^-10, 2^20] or NaN, within 2^-42: enough for a quotient that is then corrected. A division
/// of eight binary64 numbers takes as long as some twenty fused operations.
template <class Arch>
xsimd::batch<double, Arch> rough_inverse(const xsimd::batch<double, Arch>& d) {
    using batch = xsimd::batch<double, Arch>;
    const batch one(1.0);
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch>) {
        const batch y = _mm512_rcp14_pd(d);
        const batch e = simd::fnma(d, y, one);
        return simd::fma(y, simd::fma(e, e, e), y);
    }
#endif
    return simd::divide(one, d);
}

/// n/d for such a d, within 0.51 ULP.
template <class Arch>
xsimd::batch<double, Arch> quotient64(const xsimd::batch<double, Arch>& n,
                                      const xsimd::batch<double, Arch>& d) {
    if constexpr (is_avx512<Arch>) {
        const auto inverse = rough_inverse<Arch>(d);
        const auto q = n * inverse;
        return simd::fma(simd::fnma(q, d, n), inverse, q);
    } else {
        return simd::divide(n, d);
    }
}

/// n/d for such a d as high + low: within 2^-80 of itself with FMA, 2^-100 without.
template <class Arch>
two<Arch> quotient_of_two(const two<Arch>& n, const two<Arch>& d) {
    const auto inverse = rough_inverse<Arch>(d.high);
    const auto q = n.high * inverse;
    xsimd::batch<double, Arch> rest;
    if constexpr (has_fma<Arch>) {
        rest = simd::fnma(q, d.high, n.high);
    } else {
        const auto product = q * d.high;
        rest = (n.high - product) - product_rest<Arch>(q, d.high, product);
    }
    const auto low = simd::fnma(q, d.low, rest + n.low) * inverse;
    // A rough inverse leaves more than an ulp to the lower part.
    if constexpr (is_avx512<Arch>) return two_sum_ordered<Arch>(q, low);
    return {q, low};
}

}  // namespace ulpfront::simd
