// The vector architecture a kernel library is built for, chosen by the ISA that CMake names.
#pragma once

#include <xsimd/xsimd.hpp>

#include "impls/kernel_abi.h"

namespace ulpfront::simd {

template <unsigned Isa>
struct arch_of;
#if defined(__x86_64__)
template <>
struct arch_of<ULPFRONT_ISA_SSE2> {
    using type = xsimd::sse2;
};
#endif
#if defined(__AVX2__)
template <>
struct arch_of<ULPFRONT_ISA_AVX2> {
    using type = xsimd::fma3<xsimd::avx2>;
};
#endif
#if defined(__AVX512BW__)
template <>
struct arch_of<ULPFRONT_ISA_AVX512> {
    using type = xsimd::avx512bw;
};
#endif
#if defined(__aarch64__)
template <>
struct arch_of<ULPFRONT_ISA_NEON64> {
    using type = xsimd::neon64;
};
#endif

/// The architecture of this translation unit; kernels are templates over it.
using native = arch_of<ULPFRONT_ISA>::type;

#if defined(__AVX512F__)
template <class Arch>
inline constexpr bool is_avx512 = std::is_base_of_v<xsimd::avx512f, Arch>;
#else
template <class Arch>
inline constexpr bool is_avx512 = false;
#endif
#if defined(__AVX2__)
template <class Arch>
inline constexpr bool is_avx2 = std::is_base_of_v<xsimd::avx2, Arch> && !is_avx512<Arch>;
#else
template <class Arch>
inline constexpr bool is_avx2 = false;
#endif

}  // namespace ulpfront::simd
