// Looking up table rows, one a lane, by gathering: a column after the other, each in memory of its own. For
// rows that lookup.hpp's ways do not fit.
#pragma once

#include <array>
#include <cstddef>

#include "impls/simd/lookup.hpp"

namespace ulpfront::simd {

/// A constant table of N rows, N a power of two.
template <std::size_t N, std::size_t Columns, class Arch>
class gathered_table {
  public:
    explicit constexpr gathered_table(const row_array<N, Columns>& rows) {
        for (std::size_t i = 0; i < N; ++i) {
            for (std::size_t k = 0; k < Columns; ++k) columns_[k][i] = rows[i][k];
        }
    }

    /// The rows at index mod N, lane by lane.
    looked_up<Columns, Arch> look_up(const indices<Arch>& index) const {
        looked_up<Columns, Arch> out;
        const indices<Arch> row = index & indices<Arch>(std::uint32_t{N - 1});
        for (std::size_t k = 0; k < Columns; ++k) out[k] = gather(columns_[k].data(), row);
        return out;
    }

  private:
    static xsimd::batch<float, Arch> gather(const float* column, const indices<Arch>& row) {
#if defined(__AVX512F__)
        if constexpr (is_avx512<Arch>) return _mm512_i32gather_ps(row, column, 4);
#endif
#if defined(__AVX2__)
        if constexpr (is_avx2<Arch>) return _mm256_i32gather_ps(column, row, 4);
#endif
        if constexpr (!is_avx2<Arch> && !is_avx512<Arch>) {
            const auto at = detail::rows_of<N, Arch>(row);
            alignas(64) std::array<float, indices<Arch>::size> lanes{};
            for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] = column[at[i]];
            return xsimd::batch<float, Arch>::load_aligned(lanes.data());
        }
    }

    std::array<std::array<float, N>, Columns> columns_{};
};

}  // namespace ulpfront::simd
