// A vector of floats as two vectors of doubles, and what is done with those.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "impls/simd/fma.hpp"
#include "impls/simd/lookup.hpp"

namespace ulpfront::simd {

/// The lower and the upper half of a vector of floats, as doubles.
template <class Arch>
struct wide_halves {
    xsimd::batch<double, Arch> low, high;
};

/// x, exactly.
template <class Arch>
wide_halves<Arch> widened(const xsimd::batch<float, Arch>& x) {
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch>) {
        const __m512 v = x;
        return {_mm512_cvtps_pd(_mm512_castps512_ps256(v)), _mm512_cvtps_pd(_mm512_extractf32x8_ps(v, 1))};
    }
#endif
#if defined(__AVX2__)
    if constexpr (is_avx2<Arch>) {
        const __m256 v = x;
        return {_mm256_cvtps_pd(_mm256_castps256_ps128(v)), _mm256_cvtps_pd(_mm256_extractf128_ps(v, 1))};
    }
#endif
#if defined(__SSE2__)
    if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
        const __m128 v = x;
        return {_mm_cvtps_pd(v), _mm_cvtps_pd(_mm_movehl_ps(v, v))};
    }
#endif
#if defined(__aarch64__)
    return {vcvt_f64_f32(vget_low_f32(x)), vcvt_high_f64_f32(x)};
#endif
}

/// Each rounded once, to nearest.
template <class Arch>
xsimd::batch<float, Arch> narrowed(const wide_halves<Arch>& y) {
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch>) {
        return _mm512_insertf32x8(_mm512_castps256_ps512(_mm512_cvtpd_ps(y.low)), _mm512_cvtpd_ps(y.high), 1);
    }
#endif
#if defined(__AVX2__)
    if constexpr (is_avx2<Arch>) return _mm256_set_m128(_mm256_cvtpd_ps(y.high), _mm256_cvtpd_ps(y.low));
#endif
#if defined(__SSE2__)
    if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
        return _mm_movelh_ps(_mm_cvtpd_ps(y.low), _mm_cvtpd_ps(y.high));
    }
#endif
#if defined(__aarch64__)
    return vcvt_high_f32_f64(vcvt_f32_f64(y.low), y.high);
#endif
}

/// The lower halves of all doubles' bits, in any order.
template <class Arch>
xsimd::batch<std::int32_t, Arch> low_words(const wide_halves<Arch>& y) {
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch>) {
        return _mm512_castps_si512(
            _mm512_shuffle_ps(_mm512_castpd_ps(y.low), _mm512_castpd_ps(y.high), 0x88));
    }
#endif
#if defined(__AVX2__)
    if constexpr (is_avx2<Arch>) {
        return _mm256_castps_si256(
            _mm256_shuffle_ps(_mm256_castpd_ps(y.low), _mm256_castpd_ps(y.high), 0x88));
    }
#endif
#if defined(__SSE2__)
    if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
        return _mm_castps_si128(_mm_shuffle_ps(_mm_castpd_ps(y.low), _mm_castpd_ps(y.high), 0x88));
    }
#endif
#if defined(__aarch64__)
    return vuzp1q_s32(vreinterpretq_s32_f64(y.low), vreinterpretq_s32_f64(y.high));
#endif
}

/// Rows of doubles as they are given.
template <std::size_t N, std::size_t Columns>
using wide_rows = std::array<std::array<double, Columns>, N>;

/// The first columns of rows.
template <std::size_t Columns, std::size_t N, std::size_t All>
constexpr wide_rows<N, Columns> first_columns(const wide_rows<N, All>& rows) {
    wide_rows<N, Columns> first{};
    for (std::size_t i = 0; i < N; ++i) std::copy_n(rows[i].begin(), Columns, first[i].begin());
    return first;
}

/// A constant table of 16 rows of doubles: column by column where one permutation looks a column up
/// (AVX-512), else row by row, so that a lane's pair of columns is one load. An only column is gathered:
/// there a load is a number.
template <std::size_t Columns, class Arch>
class wide_table {
  public:
    using batch = xsimd::batch<double, Arch>;
    using integers = xsimd::batch<std::int64_t, Arch>;

    explicit constexpr wide_table(const wide_rows<16, Columns>& rows) {
        for (std::size_t i = 0; i < 16; ++i) {
            for (std::size_t k = 0; k < Columns; ++k) {
                if constexpr (is_avx512<Arch>) {
                    values_[k][i] = rows[i][k];
                } else {
                    values_[i][k] = rows[i][k];
                }
            }
        }
    }

    /// All columns at row mod 16, lane by lane.
    std::array<batch, Columns> look_up(const integers& row) const {
        std::array<batch, Columns> columns;
#if defined(__AVX512F__)
        if constexpr (is_avx512<Arch>) {
            for (std::size_t k = 0; k < Columns; ++k)
                columns[k] = _mm512_permutex2var_pd(_mm512_load_pd(values_[k].data()), row,
                                                    _mm512_load_pd(values_[k].data() + 8));
            return columns;
        }
#endif
#if defined(__AVX2__)
        if constexpr (is_avx2<Arch> && Columns % 2 == 1) {
            const integers last = ((row & integers(15)) << row_bits) + integers(Columns - 1);
            columns.back() = _mm256_i64gather_pd(values_.data()->data(), last, 8);
            if constexpr (Columns == 1) return columns;
        }
#endif
        alignas(32) std::array<std::int64_t, batch::size> at{};
        (row & integers(15)).store_aligned(at.data());
        for (std::size_t k = 0; k < Columns - (is_avx2<Arch> ? Columns % 2 : 0); k += 2) {
            const auto [even, odd] = pair(at, k);
            columns[k] = even;
            if (k + 1 < Columns) columns[k + 1] = odd;
        }
        return columns;
    }

  private:
    struct two_columns {
        batch even, odd;
    };

    /// Columns k and k + 1 at the rows `at`.
    two_columns pair(const std::array<std::int64_t, batch::size>& at, std::size_t k) const {
        const auto lane = [&](std::size_t i) { return values_[static_cast<std::size_t>(at[i])].data() + k; };
#if defined(__AVX2__)
        if constexpr (is_avx2<Arch>) {
            const auto both = [&](std::size_t i) {
                return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_load_pd(lane(i))),
                                            _mm_load_pd(lane(i + 2)), 1);
            };
            const __m256d first = both(0);
            const __m256d second = both(1);
            return {_mm256_unpacklo_pd(first, second), _mm256_unpackhi_pd(first, second)};
        }
#endif
        const batch first = batch::load_aligned(lane(0));
        const batch second = batch::load_aligned(lane(1));
        return {xsimd::zip_lo(first, second), xsimd::zip_hi(first, second)};
    }

    static constexpr int row_bits = Columns == 1 ? 1 : static_cast<int>(std::bit_width(Columns - 1));
    static constexpr std::size_t row_length = std::size_t{1} << row_bits;
    using by_column = std::array<std::array<double, 16>, Columns>;
    using by_row = std::array<std::array<double, row_length>, 16>;
    alignas(64) std::conditional_t<is_avx512<Arch>, by_column, by_row> values_{};
};

}  // namespace ulpfront::simd
