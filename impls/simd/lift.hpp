// Numbers that are kept times 2^64 so that nothing on the way to a subnormal result is subnormal, which would
// be slow; and the way back. Where an ISA fuses, a fused operation brings them back, subnormal or not, at one
// speed. A product of SSE2 takes several times longer where its result is subnormal: there bits are moved.
#pragma once

#include <bit>
#include <cstdint>

#include "impls/simd/fma.hpp"

namespace ulpfront::simd {

inline constexpr int lift_exponent = 64;
inline constexpr float unlift = 0x1p-64F;

/// v 2^-64 rounded once, v >= 0 or NaN. Without FMA a number below 2^-62 is taken beside 2^-62, where the
/// last bit is that of 2^64 times a subnormal number: behind the sum's leading bit stand the bits of the
/// result.
template <class Arch>
xsimd::batch<float, Arch> unlifted_positive(const xsimd::batch<float, Arch>& v) {
    using batch = xsimd::batch<float, Arch>;
    if constexpr (has_fma<Arch>) {
        return simd::fma(v, batch(unlift), batch(-0.0F));
    } else {
        using integers = xsimd::batch<std::int32_t, Arch>;
        const batch smallest_normal(0x1p-62F);
        // As the second argument NaN is kept by the maximum of every ISA.
        const batch normal = xsimd::max(smallest_normal, v) * batch(unlift);
        const integers subnormal =
            std::bit_cast<integers>(v + smallest_normal) - std::bit_cast<integers>(smallest_normal);
        return xsimd::select(v < smallest_normal, std::bit_cast<batch>(subnormal), normal);
    }
}

/// v 2^-64 rounded once, for any v.
template <class Arch>
xsimd::batch<float, Arch> unlifted(const xsimd::batch<float, Arch>& v) {
    if constexpr (has_fma<Arch>) return unlifted_positive<Arch>(v);
    return unlifted_positive<Arch>(xsimd::abs(v)) | xsimd::bitofsign(v);
}

/// `lifted` where it is added to 1 or more after unlifting: what is too small to change the sum is made
/// larger where the product would be slow.
template <class Arch>
xsimd::batch<float, Arch> beside_one(const xsimd::batch<float, Arch>& lifted) {
    if constexpr (has_fma<Arch>) return lifted;
    // As the second argument NaN is kept by the maximum of every ISA.
    return xsimd::max(xsimd::batch<float, Arch>(0x1p-60F), lifted);
}

}  // namespace ulpfront::simd
