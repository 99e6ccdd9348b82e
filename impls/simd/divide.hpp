// a / b, correctly rounded on every ISA: xsimd 8.1 divides by a refined reciprocal on NEON.
#pragma once

#include <xsimd/xsimd.hpp>

#if defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace ulpfront::simd {

/// a / b of binary32, rounded once.
template <class Arch>
inline xsimd::batch<float, Arch> divide(const xsimd::batch<float, Arch>& a,
                                        const xsimd::batch<float, Arch>& b) {
#if defined(__aarch64__)
    return xsimd::batch<float, Arch>(vdivq_f32(a, b));
#else
    return a / b;
#endif
}

}  // namespace ulpfront::simd
