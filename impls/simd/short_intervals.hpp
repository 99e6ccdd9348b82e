// Interval polynomials for results of 16 bits: F(a) for a >= 0 by one of N polynomials in a itself, whose
// coefficients are looked up. What cancels in their sums is far below such a result.
//
// The exponent and the top bits of w = scale a + 1 count the intervals, as in intervals.hpp.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "impls/simd/fma.hpp"
#include "impls/simd/lookup.hpp"

namespace ulpfront::simd {

/// N polynomials of one F, N a power of two: rows {c0, ..., c(Columns - 1)}.
template <std::size_t N, std::size_t Columns>
struct short_intervals {
    int octave_bits;
    float scale;
    float clamp;
    row_array<N, Columns> rows;

    /// Where the bits of w count the intervals.
    [[nodiscard]] constexpr int index_shift() const { return 23 - octave_bits; }

    /// The rows where an index's low bits find them.
    [[nodiscard]] constexpr row_array<N, Columns> arranged() const {
        row_array<N, Columns> out{};
        const std::uint32_t first = std::bit_cast<std::uint32_t>(1.0F) >> index_shift();
        for (std::size_t i = 0; i < N; ++i) out[(first + i) % N] = rows[i];
        return out;
    }
};

namespace detail {
/// The polynomial in `at` of the interval that w is in.
template <const auto& Intervals, class Arch>
xsimd::batch<float, Arch> short_polynomial(const xsimd::batch<float, Arch>& w,
                                           const xsimd::batch<float, Arch>& at) {
    constexpr std::size_t columns = Intervals.rows[0].size();
    static constexpr lookup_table<Intervals.rows.size(), columns, Arch> table(Intervals.arranged());
    const auto c = table.look_up(std::bit_cast<indices<Arch>>(w) >> Intervals.index_shift());
    xsimd::batch<float, Arch> p = c[columns - 1];
    for (std::size_t k = columns - 1; k-- > 0;) p = simd::fma(p, at, c[k]);
    return p;
}

/// The one of two tables that suits the ISA: AVX2 permutes eight entries at once.
template <const auto& Many, const auto& Few, class Arch>
constexpr const auto& suited() {
    if constexpr (is_avx2<Arch>) {
        return Few;
    } else {
        return Many;
    }
}
}  // namespace detail

/// F(a) by a table, a >= 0, not above its clamp, or NaN.
template <const auto& Intervals, class Arch>
xsimd::batch<float, Arch> by_short_intervals(const xsimd::batch<float, Arch>& a) {
    using batch = xsimd::batch<float, Arch>;
    return detail::short_polynomial<Intervals, Arch>(simd::fma(a, batch(Intervals.scale), batch(1.0F)), a);
}

/// By the one of two tables that suits the ISA.
template <const auto& Many, const auto& Few, class Arch>
xsimd::batch<float, Arch> by_short_intervals(const xsimd::batch<float, Arch>& a) {
    return by_short_intervals<detail::suited<Many, Few, Arch>(), Arch>(a);
}

/// F(w) likewise, for w in [1, 2) or NaN.
template <const auto& Many, const auto& Few, class Arch>
xsimd::batch<float, Arch> in_short_octave(const xsimd::batch<float, Arch>& w) {
    return detail::short_polynomial<detail::suited<Many, Few, Arch>(), Arch>(w, w);
}

}  // namespace ulpfront::simd
