// Numbers of binary64 lanes as sums of two, and sums and products of which nothing is lost.
#pragma once

#include <bit>
#include <cstdint>

#include "impls/simd/divide.hpp"
#include "impls/simd/fma.hpp"

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

/// The same of constants, a b rounded.
constexpr double product_rest(double a, double b) {
    const auto upper = [](double v) {
        return std::bit_cast<double>(std::bit_cast<std::uint64_t>(v) & ~std::uint64_t{0x7ff'ffff});
    };
    const double a_low = a - upper(a);
    const double b_low = b - upper(b);
    return (((upper(a) * upper(b) - a * b) + upper(a) * b_low) + a_low * upper(b)) + a_low * b_low;
}

/// a b + c, rounded once but for 2^-100 of the larger term.
template <class Arch>
xsimd::batch<double, Arch> fma_once(const xsimd::batch<double, Arch>& a, const xsimd::batch<double, Arch>& b,
                                    const xsimd::batch<double, Arch>& c) {
    if constexpr (has_fma<Arch>) {
        return simd::fma(a, b, c);
    } else {
        const auto product = a * b;
        const auto sum = two_sum<Arch>(product, c);
        return sum.high + (sum.low + product_rest<Arch>(a, b, product));
    }
}

/// n/d as high + low, within 2^-80 of itself with FMA, 2^-100 without, by an inverse of d.high within 2^-45.
template <class Arch>
two<Arch> quotient_by(const two<Arch>& n, const two<Arch>& d, const xsimd::batch<double, Arch>& inverse) {
    const auto q = n.high * inverse;
    xsimd::batch<double, Arch> rest;
    if constexpr (has_fma<Arch>) {
        rest = simd::fnma(q, d.high, n.high);
    } else {
        const auto product = q * d.high;
        rest = (n.high - product) - product_rest<Arch>(q, d.high, product);
    }
    return {q, simd::fnma(q, d.low, rest + n.low) * inverse};
}

/// The same by a division. An estimate of the inverse that is refined takes longer: a division of AVX-512
/// runs beside what is before and behind it.
template <class Arch>
two<Arch> quotient_of_two(const two<Arch>& n, const two<Arch>& d) {
    return quotient_by<Arch>(n, d, simd::divide(xsimd::batch<double, Arch>(1.0), d.high));
}

}  // namespace ulpfront::simd
