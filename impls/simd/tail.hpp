// The last elements of an array, fewer than a vector has: loaded and stored under a mask where the ISA has
// one, else by way of a padded copy. The lanes beyond are 0, so that a kernel gives the same bits either way.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "impls/simd/lookup.hpp"

namespace ulpfront::simd {
namespace detail {

/// Whether vectors are moved under a mask.
template <class Arch>
inline constexpr bool masks_tail = is_avx512<Arch> || is_avx2<Arch>;

#if defined(__AVX512BW__)
/// The first n of the lanes of T, a bit a byte.
template <class T>
__mmask64 first_bytes(std::size_t n) {
    return (std::uint64_t{1} << (n * sizeof(T))) - 1;
}
#endif
#if defined(__AVX2__)
/// The first of the lanes of 32 bits, as many as n elements T fill.
template <class T>
__m256i first_lanes(std::size_t n) {
    alignas(32) static constexpr std::array<std::int32_t, 16> ones{-1, -1, -1, -1, -1, -1, -1, -1};
    const std::size_t filled = n * sizeof(T) / 4;
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(ones.data() + 8 - filled));
}

/// The element of 16 bits of index n - 1, in its place; n from 1 to 16.
inline __m256i last_of_shorts(std::int16_t element, std::size_t n) {
    alignas(32) static constexpr std::array<std::int16_t, 32> one{0, 0, 0, 0, 0, 0, 0, 0,
                                                                  0, 0, 0, 0, 0, 0, 0, -1};
    const auto* const place = reinterpret_cast<const __m256i*>(one.data() + 16 - n);
    return _mm256_and_si256(_mm256_set1_epi16(element), _mm256_loadu_si256(place));
}
#endif

}  // namespace detail

/// `from`'s first n elements, n from 1 to one less than a vector has, then zeros.
template <class T, class Arch>
xsimd::batch<T, Arch> load_first(const T* from, std::size_t n) {
    using batch = xsimd::batch<T, Arch>;
#if defined(__AVX512BW__)
    if constexpr (is_avx512<Arch>)
        return std::bit_cast<batch>(_mm512_maskz_loadu_epi8(detail::first_bytes<T>(n), from));
#endif
#if defined(__AVX2__)
    if constexpr (is_avx2<Arch>) {
        __m256i v = _mm256_maskload_epi32(reinterpret_cast<const int*>(from), detail::first_lanes<T>(n));
        // An odd element is in no lane of 32 bits; the last of an even number is there already.
        if constexpr (sizeof(T) == 2)
            v = _mm256_or_si256(v, detail::last_of_shorts(static_cast<std::int16_t>(from[n - 1]), n));
        return std::bit_cast<batch>(v);
    }
#endif
    if constexpr (!detail::masks_tail<Arch>) {
        alignas(64) std::array<T, batch::size> padded{};
        for (std::size_t k = 0; k < n; ++k) padded[k] = from[k];
        return batch::load_aligned(padded.data());
    }
}

/// v's first n elements.
template <class T, class Arch>
void store_first(const xsimd::batch<T, Arch>& v, T* to, std::size_t n) {
#if defined(__AVX512BW__)
    if constexpr (is_avx512<Arch>)
        _mm512_mask_storeu_epi8(to, detail::first_bytes<T>(n), std::bit_cast<__m512i>(v));
#endif
#if defined(__AVX2__)
    if constexpr (is_avx2<Arch>) {
        _mm256_maskstore_epi32(reinterpret_cast<int*>(to), detail::first_lanes<T>(n),
                               std::bit_cast<__m256i>(v));
        if constexpr (sizeof(T) == 2) {
            alignas(32) std::array<T, xsimd::batch<T, Arch>::size> all;
            v.store_aligned(all.data());
            to[n - 1] = all[n - 1];
        }
    }
#endif
    if constexpr (!detail::masks_tail<Arch>) {
        alignas(64) std::array<T, xsimd::batch<T, Arch>::size> padded{};
        v.store_aligned(padded.data());
        for (std::size_t k = 0; k < n; ++k) to[k] = padded[k];
    }
}

/// The last n elements E of 16 bits, fewer than a vector has of them, by a step that takes a vector's from
/// one address to another.
template <class Arch, class E, class Step>
void on_padded(const E* from, E* to, std::size_t n, const Step& step) {
    using batch = xsimd::batch<std::int16_t, Arch>;
    alignas(64) std::array<E, batch::size> padded;
    const auto words = reinterpret_cast<std::int16_t*>(padded.data());
    load_first<std::int16_t, Arch>(reinterpret_cast<const std::int16_t*>(from), n).store_aligned(words);
    step(padded.data(), padded.data());
    store_first(batch::load_aligned(words), reinterpret_cast<std::int16_t*>(to), n);
}

}  // namespace ulpfront::simd
