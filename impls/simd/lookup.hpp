// Looking up table rows, one a lane.
//
// Tables of up to 32 rows are looked up in vector registers, column by column: with one permute of up to 32
// entries on AVX-512, with permutes of eight entries and blends on AVX2. Others are read from memory, a whole
// row a load, and transposed: on Zen 4 that is more than twice as fast as a gather a column.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "impls/simd/arch.hpp"

namespace ulpfront::simd {

/// Lane indices into a table of N rows, N a power of two: only their low log2(N) bits count.
template <class Arch>
using indices = xsimd::batch<std::uint32_t, Arch>;

/// Where a table is kept: column by column in registers, or row by row in memory.
enum class table_place { registers, pairs_in_memory, rows_in_memory };

template <std::size_t N, std::size_t Columns, class Arch>
inline constexpr table_place place_of = [] {
    if (N <= 32 && (is_avx512<Arch> || is_avx2<Arch>)) return table_place::registers;
#if defined(__SSE2__)
    if (Columns == 2) return table_place::pairs_in_memory;
#endif
    return table_place::rows_in_memory;
}();

namespace detail {

/// The lanes' rows in a table of N.
template <std::size_t N, class Arch>
std::array<std::uint32_t, indices<Arch>::size> rows_of(const indices<Arch>& index) {
    alignas(64) std::array<std::uint32_t, indices<Arch>::size> out{};
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
/// Four rows of two floats, each held as a double; lane by lane {0, 1} and {2, 3} of the index. The index
/// goes through general registers: by way of memory it would meet the kernel's own loads and stores.
struct four_rows {
    __m128d low;
    __m128d high;

    four_rows(const double* rows, __m128i index)
        : low(two(rows, index)), high(two(rows, _mm_unpackhi_epi64(index, index))) {}

  private:
    static __m128d two(const double* rows, __m128i index) {
        const auto both = static_cast<std::uint64_t>(_mm_cvtsi128_si64(index));
        return _mm_loadh_pd(_mm_load_sd(rows + static_cast<std::uint32_t>(both)), rows + (both >> 32));
    }
};
#endif
#if defined(__AVX__)
inline __m256d join(__m128d lower, __m128d upper) {
    return _mm256_insertf128_pd(_mm256_castpd128_pd256(lower), upper, 1);
}
#endif

}  // namespace detail

/// What a look-up gives: one batch a column.
template <std::size_t Columns, class Arch>
using looked_up = std::array<xsimd::batch<float, Arch>, Columns>;

/// Rows as they are given.
template <std::size_t N, std::size_t Columns>
using row_array = std::array<std::array<float, Columns>, N>;

/// A constant table of N rows, N a power of two; here column by column, in registers.
template <std::size_t N, std::size_t Columns, class Arch, table_place = place_of<N, Columns, Arch>>
class lookup_table {
  public:
    explicit constexpr lookup_table(const row_array<N, Columns>& rows) {
        for (std::size_t k = 0; k < Columns; ++k) {
            for (std::size_t i = 0; i < size; ++i) columns_[k].entries[i] = rows[i % N][k];
        }
    }

    /// The rows at index mod N, lane by lane.
    looked_up<Columns, Arch> look_up([[maybe_unused]] const indices<Arch>& index) const {
        looked_up<Columns, Arch> out;
#if defined(__AVX2__)
        for (std::size_t k = 0; k < Columns; ++k)
            out[k] = detail::permute<size>(columns_[k].entries.data(), index);
#endif
        return out;
    }

  private:
    static constexpr std::size_t size = N < indices<Arch>::size ? indices<Arch>::size : N;
    struct alignas(64) column {
        std::array<float, size> entries;
    };
    std::array<column, Columns> columns_{};
};

/// Here row by row in memory, for vectors of four floats: four columns of four rows are loaded and
/// transposed.
template <std::size_t N, std::size_t Columns, class Arch>
class lookup_table<N, Columns, Arch, table_place::rows_in_memory> {
  public:
    explicit constexpr lookup_table(const row_array<N, Columns>& rows) {
        for (std::size_t i = 0; i < N; ++i) {
            for (std::size_t column = 0; column < Columns; ++column)
                rows_[i].entries[column] = rows[i][column];
        }
    }

    /// The rows at index mod N, lane by lane.
    looked_up<Columns, Arch> look_up(const indices<Arch>& index) const {
        using batch = xsimd::batch<float, Arch>;
        const auto at = detail::rows_of<N, Arch>(index);
        looked_up<Columns, Arch> out;
        for (std::size_t k = 0; k < Columns; k += 4) {
            const auto load = [&](std::size_t lane) {
                return batch::load_aligned(rows_[at[lane]].entries.data() + k);
            };
            const batch r0 = load(0);
            const batch r1 = load(1);
            const batch r2 = load(2);
            const batch r3 = load(3);
            const batch even = xsimd::zip_lo(r0, r2);
            const batch odd = xsimd::zip_lo(r1, r3);
            out[k] = xsimd::zip_lo(even, odd);
            if (k + 1 < Columns) out[k + 1] = xsimd::zip_hi(even, odd);
            if (k + 2 >= Columns) break;
            const batch even_high = xsimd::zip_hi(r0, r2);
            const batch odd_high = xsimd::zip_hi(r1, r3);
            out[k + 2] = xsimd::zip_lo(even_high, odd_high);
            if (k + 3 < Columns) out[k + 3] = xsimd::zip_hi(even_high, odd_high);
        }
        return out;
    }

  private:
    static_assert(indices<Arch>::size == 4);
    struct alignas(16) row {
        std::array<float, (Columns + 3) / 4 * 4> entries;
    };
    std::array<row, N> rows_{};
};

#if defined(__SSE2__)
/// Here pairs in memory: each is loaded as a double.
template <std::size_t N, class Arch>
class lookup_table<N, 2, Arch, table_place::pairs_in_memory> {
  public:
    explicit constexpr lookup_table(const row_array<N, 2>& rows) {
        for (std::size_t i = 0; i < N; ++i) pairs_[i] = std::bit_cast<double>(rows[i]);
    }

    /// The rows at index mod N, lane by lane.
    looked_up<2, Arch> look_up(const indices<Arch>& index) const {
        const indices<Arch> row = index & indices<Arch>(std::uint32_t{N - 1});
        const double* const pairs = pairs_.data();
#if defined(__AVX512F__)
        if constexpr (is_avx512<Arch>) {
            const detail::four_rows a(pairs, _mm512_castsi512_si128(row));
            const detail::four_rows b(pairs, _mm512_extracti32x4_epi32(row, 1));
            const detail::four_rows c(pairs, _mm512_extracti32x4_epi32(row, 2));
            const detail::four_rows d(pairs, _mm512_extracti32x4_epi32(row, 3));
            const auto join = [](__m256d lower, __m256d upper) {
                return _mm512_castpd_ps(_mm512_insertf64x4(_mm512_castpd256_pd512(lower), upper, 1));
            };
            const __m512 low = join(detail::join(a.low, b.low), detail::join(c.low, d.low));
            const __m512 high = join(detail::join(a.high, b.high), detail::join(c.high, d.high));
            return {_mm512_shuffle_ps(low, high, 0x88), _mm512_shuffle_ps(low, high, 0xdd)};
        }
#endif
#if defined(__AVX2__)
        if constexpr (is_avx2<Arch>) {
            const detail::four_rows a(pairs, _mm256_castsi256_si128(row));
            const detail::four_rows b(pairs, _mm256_extracti128_si256(row, 1));
            const __m256 low = _mm256_castpd_ps(detail::join(a.low, b.low));
            const __m256 high = _mm256_castpd_ps(detail::join(a.high, b.high));
            return {_mm256_shuffle_ps(low, high, 0x88), _mm256_shuffle_ps(low, high, 0xdd)};
        }
#endif
        if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
            const detail::four_rows a(pairs, row);
            const __m128 low = _mm_castpd_ps(a.low);
            const __m128 high = _mm_castpd_ps(a.high);
            return {_mm_shuffle_ps(low, high, 0x88), _mm_shuffle_ps(low, high, 0xdd)};
        }
    }

  private:
    std::array<double, N> pairs_{};
};
#endif

}  // namespace ulpfront::simd

/// What it is given, where a column of 32 rows is looked up with one instruction; nothing elsewhere.
#if defined(__AVX512F__)
#define ULPFRONT_WHERE_32_ROWS_TAKE_ONE_PERMUTE(...) __VA_ARGS__
#else
#define ULPFRONT_WHERE_32_ROWS_TAKE_ONE_PERMUTE(...)
#endif
