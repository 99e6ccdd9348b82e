// Fused multiply-add where the ISA has one. xsimd 8.1's own fma is a product and a sum on AVX-512.
#pragma once

#include <type_traits>

#include "impls/simd/arch.hpp"

namespace ulpfront::simd {

/// Whether fma() rounds once.
template <class Arch>
inline constexpr bool has_fma = !std::is_same_v<Arch, xsimd::sse2>;

/// a b + c, rounded once where has_fma<Arch>, else twice.
template <class T, class Arch>
xsimd::batch<T, Arch> fma(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b,
                          const xsimd::batch<T, Arch>& c) {
#if defined(__AVX512F__)
    if constexpr (std::is_base_of_v<xsimd::avx512f, Arch> && std::is_same_v<T, float>) {
        return _mm512_fmadd_ps(a, b, c);
    } else if constexpr (std::is_base_of_v<xsimd::avx512f, Arch> && std::is_same_v<T, double>) {
        return _mm512_fmadd_pd(a, b, c);
    } else {
        return xsimd::fma(a, b, c);
    }
#else
    return xsimd::fma(a, b, c);
#endif
}

}  // namespace ulpfront::simd
