// a / b, correctly rounded on every ISA: xsimd 8.1 divides by a refined reciprocal on NEON.
#pragma once

#include <type_traits>
#include <xsimd/xsimd.hpp>

#if defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace ulpfront::simd {

/// a / b of binary32 or binary64, rounded once.
template <class T, class Arch>
inline xsimd::batch<T, Arch> divide(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b) {
#if defined(__aarch64__)
    if constexpr (std::is_same_v<T, float>) {
        return xsimd::batch<T, Arch>(vdivq_f32(a, b));
    } else {
        return xsimd::batch<T, Arch>(vdivq_f64(a, b));
    }
#else
    return a / b;
#endif
}

}  // namespace ulpfront::simd
