// Inputs of which x86 makes slow ones: a multiplication, fused or not, and a division take a hundred cycles
// and more where an operand is subnormal (lift.hpp says it of results). Sums, comparisons and what moves bits
// do not mind. A kernel keeps such numbers from its products in the cheapest of these ways:
//
// - where f(0) is not 0, a trifle is added to x: raised().
// - where f(x) is x next to 0, |x| is never taken for less than 2^-40, and a comparison that is there already
//   or a minimum gives x back: abs_not_tiny().
// - elsewhere the kernel states what it is next to 0, and never sees such a number (near_zero.hpp).
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

#include "impls/simd/lift.hpp"

namespace ulpfront::simd {

/// What is nothing beside 1.
inline constexpr float tiny = 0x1p-40F;

/// x, but far from all subnormal numbers, and from those whose squares are: greater by 2^-36, which is not
/// seen in f(x) where f(0) is not 0.
template <class Arch>
xsimd::batch<float, Arch> raised(const xsimd::batch<float, Arch>& x) {
    if constexpr (!has_slow_subnormals<Arch>) return x;
    return x + xsimd::batch<float, Arch>(0x1p-36F);
}

/// -x likewise.
template <class Arch>
xsimd::batch<float, Arch> raised_minus(const xsimd::batch<float, Arch>& x) {
    if constexpr (!has_slow_subnormals<Arch>) return negated(x);
    return xsimd::batch<float, Arch>(0x1p-36F) - x;
}

/// x less by what is not seen where f(0) is not 0, of binary64.
template <class Arch>
xsimd::batch<double, Arch> lowered64(const xsimd::batch<double, Arch>& x) {
    if constexpr (!has_slow_subnormals<Arch>) return x;
    return x - xsimd::batch<double, Arch>(tiny64);
}

/// raised() of x within [-3, 3], where f is a line and rounded correctly: greater by what no result shows.
template <class T, class Arch>
xsimd::batch<T, Arch> raised_on_line(const xsimd::batch<T, Arch>& x) {
    if constexpr (!has_slow_subnormals<Arch>) return x;
    return x + xsimd::batch<T, Arch>(std::is_same_v<T, float> ? T(0x1p-60) : T(0x1p-120));
}

/// |x|, but where that is less than 2^-40 that number. NaN stays NaN.
template <class Arch>
xsimd::batch<float, Arch> abs_not_tiny(const xsimd::batch<float, Arch>& x) {
    using batch = xsimd::batch<float, Arch>;
    if constexpr (!has_slow_subnormals<Arch>) {
        return xsimd::abs(x);
    } else if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
        // As the second argument NaN is kept by the maximum of every ISA.
        return xsimd::max(batch(tiny), xsimd::abs(x));
    } else {
        // Of integers it takes a cycle instead of four.
        using integers = xsimd::batch<std::int32_t, Arch>;
        return std::bit_cast<batch>(
            xsimd::max(std::bit_cast<integers>(xsimd::abs(x)), integers(std::bit_cast<std::int32_t>(tiny))));
    }
}

/// x or y, whichever is nearer to 0, y >= 0, with the sign of x. Both are NaN or none.
template <class Arch>
xsimd::batch<float, Arch> nearer_with_sign_of(const xsimd::batch<float, Arch>& x,
                                              const xsimd::batch<float, Arch>& y) {
#if defined(__AVX512F__)
    constexpr int smaller_magnitude = 2;
    if constexpr (is_avx512<Arch>) return _mm512_range_ps(x, y, smaller_magnitude);
#endif
    return min_of_positive<Arch>(y, xsimd::abs(x)) | xsimd::bitofsign(x);
}

}  // namespace ulpfront::simd
