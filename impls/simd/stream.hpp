// Results of arrays that no cache holds go past the caches: a store that is not told so reads each line
// before it writes it, which is a third of the traffic.
#pragma once

#include <bit>
#include <cstddef>
#include <type_traits>

#include "impls/simd/arch.hpp"

namespace ulpfront::simd {

/// From so many bytes of results on, streaming pays: fewer are found in a last-level cache afterwards.
/// Measured where 32 MiB of it are shared; what the system says of its size is no guide on virtual machines.
inline constexpr std::size_t streaming_bytes = std::size_t{1} << 25;

/// Whether a kernel says `static constexpr bool streams = true`: it takes less time than the memory, so that
/// streaming shows. Others hide the traffic behind their arithmetic.
template <class Kernel>
inline constexpr bool wants_streaming = requires {
    requires Kernel::streams;
};

/// Whether the ISA has such stores.
template <class Arch>
inline constexpr bool has_streaming = std::is_base_of_v<xsimd::sse2, Arch>;

/// Stores past the caches, to a multiple of the vector's size.
template <class T, class Arch>
void store_streaming(const xsimd::batch<T, Arch>& v, T* to) {
#if defined(__x86_64__)
    using bits = typename xsimd::batch<T, Arch>::register_type;
    if constexpr (sizeof(bits) == 16) _mm_stream_ps(reinterpret_cast<float*>(to), std::bit_cast<__m128>(v));
#if defined(__AVX2__)
    if constexpr (sizeof(bits) == 32)
        _mm256_stream_ps(reinterpret_cast<float*>(to), std::bit_cast<__m256>(v));
#endif
#if defined(__AVX512F__)
    if constexpr (sizeof(bits) == 64)
        _mm512_stream_ps(reinterpret_cast<float*>(to), std::bit_cast<__m512>(v));
#endif
#else
    v.store_aligned(to);
#endif
}

/// Streaming stores before it are seen by other threads before any store behind it.
inline void end_streaming() {
#if defined(__x86_64__)
    _mm_sfence();
#endif
}

}  // namespace ulpfront::simd
