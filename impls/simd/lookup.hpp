// Looking up table entries, one a lane.
//
// Tables that fit into vector registers are looked up there by permutes: on AVX-512 up to 32 entries at
// once, on AVX2 in pieces of eight. Others are read from memory lane by lane, a pair of entries by one
// 64-bit load: on Zen 4 that is more than twice as fast as two gathers, on AVX-512 and AVX2 alike.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "impls/simd/arch.hpp"

namespace ulpfront::simd {

/// Lane indices into a table of N entries, N a power of two: only their low log2(N) bits count.
template <class Arch>
using indices = xsimd::batch<std::uint32_t, Arch>;

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

/// Whether a table of N entries is looked up by permutes.
template <std::size_t N, class Arch>
inline constexpr bool in_registers = N <= 32 && (is_avx512<Arch> || is_avx2<Arch>);

namespace detail {

/// The lanes' positions in a table of N entries, in memory.
template <std::size_t N, class Arch>
std::array<std::uint32_t, indices<Arch>::size> positions(const indices<Arch>& index) {
    alignas(64) std::array<std::uint32_t, indices<Arch>::size> out;
    (index & indices<Arch>(std::uint32_t{N - 1})).store_aligned(out.data());
    return out;
}

#if defined(__AVX512F__)
/// N is 16 or 32.
template <std::size_t N>
__m512 permute(const float* entries, __m512i index) {
    const __m512 first = _mm512_load_ps(entries);
    if constexpr (N == 16) return _mm512_permutexvar_ps(index, first);
    if constexpr (N == 32) return _mm512_permutex2var_ps(first, index, _mm512_load_ps(entries + 16));
}
#endif

#if defined(__AVX2__)
/// N is 8, 16 or 32: the halves are looked up alike and the index's top bit chooses.
template <std::size_t N>
__m256 permute(const float* entries, __m256i index) {
    if constexpr (N == 8) {
        return _mm256_permutevar8x32_ps(_mm256_load_ps(entries), index);
    } else {
        const __m256 lower = permute<N / 2>(entries, index);
        const __m256 upper = permute<N / 2>(entries + N / 2, index);
        constexpr int to_sign = N == 16 ? 28 : 27;
        return _mm256_blendv_ps(lower, upper, _mm256_castsi256_ps(_mm256_slli_epi32(index, to_sign)));
    }
}
#endif

#if defined(__SSE2__)
/// Two pairs side by side.
inline __m128 load_pairs(const double* pairs, std::uint32_t first, std::uint32_t second) {
    return _mm_castpd_ps(_mm_loadh_pd(_mm_load_sd(pairs + first), pairs + second));
}
#endif
#if defined(__AVX__)
inline __m256 join(__m128 lower, __m128 upper) {
    return _mm256_insertf128_ps(_mm256_castps128_ps256(lower), upper, 1);
}
#endif

}  // namespace detail

/// A constant table of N entries, N a power of two.
template <std::size_t N, class Arch>
class table {
  public:
    explicit constexpr table(const std::array<float, N>& entries) {
        for (std::size_t i = 0; i < size; ++i) entries_[i] = entries[i % N];
    }

    /// entries[index mod N], lane by lane.
    xsimd::batch<float, Arch> look_up(const indices<Arch>& index) const {
#if defined(__AVX2__)
        if constexpr (in_registers<N, Arch>) return detail::permute<size>(entries_.data(), index);
#endif
        const auto at = detail::positions<N, Arch>(index);
        alignas(64) std::array<float, width> out;
        for (std::size_t i = 0; i < width; ++i) out[i] = entries_[at[i]];
        return xsimd::batch<float, Arch>::load_aligned(out.data());
    }

  private:
    static constexpr std::size_t width = indices<Arch>::size;
    static constexpr std::size_t size = N < width ? width : N;
    alignas(64) std::array<float, size> entries_{};
};

/// Two batches looked up together.
template <class Arch>
struct batch_pair {
    xsimd::batch<float, Arch> first;
    xsimd::batch<float, Arch> second;
};

/// A constant table of N pairs, N a power of two; here held as two tables in registers.
template <std::size_t N, class Arch, bool InRegisters = in_registers<N, Arch>>
class pair_table {
  public:
    constexpr pair_table(const std::array<float, N>& first, const std::array<float, N>& second)
        : first_(first), second_(second) {}

    /// The pairs at index mod N, lane by lane.
    batch_pair<Arch> look_up(const indices<Arch>& index) const {
        return {first_.look_up(index), second_.look_up(index)};
    }

  private:
    table<N, Arch> first_;
    table<N, Arch> second_;
};

/// Here held in memory, a pair as the two halves of a 64-bit word.
template <std::size_t N, class Arch>
class pair_table<N, Arch, false> {
  public:
    constexpr pair_table(const std::array<float, N>& first, const std::array<float, N>& second) {
        for (std::size_t i = 0; i < N; ++i) {
            pairs_[i] = std::bit_cast<double>(std::array<float, 2>{first[i], second[i]});
        }
    }

    /// The pairs at index mod N, lane by lane.
    batch_pair<Arch> look_up(const indices<Arch>& index) const {
        const auto at = detail::positions<N, Arch>(index);
        const double* const pairs = pairs_.data();
#if defined(__SSE2__)
        const auto load = [&](std::size_t i, std::size_t k) {
            return detail::load_pairs(pairs, at[i], at[k]);
        };
#endif
#if defined(__AVX512F__)
        if constexpr (is_avx512<Arch>) {
            const auto eight = [&](std::size_t i) {
                const __m256 lower = detail::join(load(i, i + 1), load(i + 2, i + 3));
                const __m256 upper = detail::join(load(i + 4, i + 5), load(i + 6, i + 7));
                return _mm512_insertf32x8(_mm512_castps256_ps512(lower), upper, 1);
            };
            const __m512 a = eight(0);
            const __m512 b = eight(8);
            const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
            const __m512i odd = _mm512_add_epi32(even, _mm512_set1_epi32(1));
            return {_mm512_permutex2var_ps(a, even, b), _mm512_permutex2var_ps(a, odd, b)};
        }
#endif
#if defined(__AVX2__)
        if constexpr (is_avx2<Arch>) {
            const __m256 a = detail::join(load(0, 1), load(4, 5));
            const __m256 b = detail::join(load(2, 3), load(6, 7));
            return {_mm256_shuffle_ps(a, b, 0x88), _mm256_shuffle_ps(a, b, 0xdd)};
        }
#endif
#if defined(__SSE2__)
        if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
            const __m128 a = load(0, 1);
            const __m128 b = load(2, 3);
            return {_mm_shuffle_ps(a, b, 0x88), _mm_shuffle_ps(a, b, 0xdd)};
        }
#endif
#if defined(__aarch64__)
        const auto load = [&](std::size_t i) { return vreinterpret_f32_f64(vld1_f64(pairs + at[i])); };
        const float32x4_t a = vcombine_f32(load(0), load(1));
        const float32x4_t b = vcombine_f32(load(2), load(3));
        return {vuzp1q_f32(a, b), vuzp2q_f32(a, b)};
#endif
    }

  private:
    std::array<double, N> pairs_{};
};

}  // namespace ulpfront::simd
