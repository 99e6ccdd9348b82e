// Piecewise polynomial tables: F(a) ~ c0 + c1 a + c2 a^2 + ... for a >= 0, with the numbers of a's piece.
//
// The piece is found without comparison or conversion. The exponent and the top octave_bits of the mantissa
// of w = a + start, read as one integer, count the pieces: 2^octave_bits of equal length an octave, so that
// they are uniform as long as w stays in start's octave and then double from octave to octave, as the
// curves flatten. Rounding w can only move an input across a border that it touches.
//
// The last piece is the constant F(infinity), and a is clamped to where it begins, so that an infinite a does
// not meet a coefficient 0. NaN passes through the clamp and the polynomial.
//
// Tables come from pieces.sollya through the lut.sollya beside a kernel, which states F.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "impls/simd/fma.hpp"
#include "impls/simd/lookup.hpp"

namespace ulpfront::lut {

/// What F is to the function f of the folder.
enum class part {
    odd,   ///< F(a) = f(a) - f(0), so that f(x) = f(0) + sign(x) F(|x|)
    left,  ///< F(a) = f(-a)
};

/// An approximation of F by N polynomials, N a power of two.
template <std::size_t N, std::size_t Degree>
struct pieces {
    lut::part part;
    float start;      ///< a power of two
    int octave_bits;  ///< log2 of the pieces an octave
    simd::row_array<N, Degree + 1> all;

    /// Where the bits of a + start count the pieces.
    [[nodiscard]] constexpr int index_shift() const { return 23 - octave_bits; }

    /// The bits of start, counted likewise: the index of the first piece.
    [[nodiscard]] constexpr std::uint32_t first() const {
        return std::bit_cast<std::uint32_t>(start) >> index_shift();
    }

    /// Where piece i begins; exact.
    [[nodiscard]] constexpr float begin(std::size_t i) const {
        return std::bit_cast<float>((first() + static_cast<std::uint32_t>(i)) << index_shift()) - start;
    }

    /// The pieces where an index's low bits find them.
    [[nodiscard]] constexpr simd::row_array<N, Degree + 1> arranged() const {
        simd::row_array<N, Degree + 1> rows{};
        for (std::size_t i = 0; i < N; ++i) rows[(first() + i) % N] = all[i];
        return rows;
    }
};

/// Where x changes pieces: 0 and the borders on both its sides, rising.
template <const auto& Pieces>
inline constexpr auto seams = [] {
    constexpr std::size_t n = Pieces.all.size();
    std::array<double, 2 * n - 1> out{};
    for (std::size_t i = 0; i < n; ++i) {
        out[n - 1 - i] = -static_cast<double>(Pieces.begin(i));
        out[n - 1 + i] = static_cast<double>(Pieces.begin(i));
    }
    return out;
}();

/// F(a) by the table Pieces for a >= 0 or NaN.
template <const auto& Pieces, class Arch>
xsimd::batch<float, Arch> evaluate(const xsimd::batch<float, Arch>& a) {
    using batch = xsimd::batch<float, Arch>;
    constexpr std::size_t n = Pieces.all.size();
    constexpr std::size_t columns = Pieces.all[0].size();
    static constexpr simd::lookup_table<n, columns, Arch> table(Pieces.arranged());
    // As the second argument NaN is kept by the minimum of every ISA.
    const batch clamped = xsimd::min(batch(Pieces.begin(n - 1)), a);
    const auto w = std::bit_cast<simd::indices<Arch>>(clamped + batch(Pieces.start));
    const auto c = table.look_up(w >> Pieces.index_shift());
    batch y = c[columns - 1];
    for (std::size_t k = columns - 1; k > 0; --k) y = simd::fma(y, clamped, c[k - 1]);
    return y;
}

}  // namespace ulpfront::lut
