// A vector of floats as two vectors of doubles, and what is done with those.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

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

/// A constant table of 16 rows of doubles, column by column.
template <std::size_t Columns, class Arch>
class wide_table {
  public:
    using batch = xsimd::batch<double, Arch>;
    using integers = xsimd::batch<std::int64_t, Arch>;

    explicit constexpr wide_table(const wide_rows<16, Columns>& rows) {
        for (std::size_t i = 0; i < 16; ++i) {
            for (std::size_t k = 0; k < Columns; ++k) columns_[k][i] = rows[i][k];
        }
    }

    /// Column k at row mod 16, lane by lane.
    batch look_up(std::size_t k, const integers& row) const {
        const double* const column = columns_[k].data();
#if defined(__AVX512F__)
        if constexpr (is_avx512<Arch>) {
            return _mm512_permutex2var_pd(_mm512_load_pd(column), row, _mm512_load_pd(column + 8));
        }
#endif
#if defined(__AVX2__)
        if constexpr (is_avx2<Arch>) return _mm256_i64gather_pd(column, row & integers(15), 8);
#endif
        if constexpr (!is_avx512<Arch> && !is_avx2<Arch>) {
            alignas(16) std::array<std::int64_t, 2> at{};
            (row & integers(15)).store_aligned(at.data());
            alignas(16) const std::array<double, 2> lanes{column[at[0]], column[at[1]]};
            return batch::load_aligned(lanes.data());
        }
    }

  private:
    alignas(64) std::array<std::array<double, 16>, Columns> columns_{};
};

}  // namespace ulpfront::simd
