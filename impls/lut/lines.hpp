// Piecewise linear tables: F(a) ~ offset + slope a for a >= 0, with the two numbers of a's interval.
//
// The interval is found without comparison or conversion. The exponent and the top octave_bits of the
// mantissa of w = a + start, read as one integer, count intervals: 2^octave_bits of equal length an
// octave, so that they are uniform as long as w stays in start's octave and then double from octave to
// octave, as the curves flatten. Sum and index need no care at the borders: rounding can only move an input
// across a border that it touches.
//
// The last line is flat at F(infinity), and a is clamped to where it begins, so that an infinite a does not
// meet its slope 0. NaN passes through the clamp and the line.
//
// Tables come from lines.sollya by the *.sollya scripts beside the kernels, which state F.
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
    odd,   ///< F(a) = f(a) - f(0), f(x) = f(0) + sign(x) F(|x|)
    left,  ///< F(a) = f(-a)
};

/// F(a) ~ offset + slope a.
struct line {
    float offset;
    float slope;
};

/// A piecewise linear approximation of F by N lines, N a power of two.
template <std::size_t N>
struct lines {
    lut::part part;
    float start;      ///< a power of two
    int octave_bits;  ///< log2 of the lines an octave
    std::array<line, N> all;

    /// Where the bits of a + start count the lines.
    [[nodiscard]] constexpr int index_shift() const { return 23 - octave_bits; }

    /// The bits of start, counted likewise: the index of the first line.
    [[nodiscard]] constexpr std::uint32_t first() const {
        return std::bit_cast<std::uint32_t>(start) >> index_shift();
    }

    /// Where line i begins; exact.
    [[nodiscard]] constexpr float begin(std::size_t i) const {
        return std::bit_cast<float>((first() + static_cast<std::uint32_t>(i)) << index_shift()) - start;
    }
};

/// The lines' offsets and slopes, placed so that an index's low bits find them.
template <class Arch, std::size_t N>
constexpr simd::pair_table<N, Arch> arranged(const lines<N>& from) {
    std::array<float, N> offsets{};
    std::array<float, N> slopes{};
    for (std::size_t i = 0; i < N; ++i) {
        offsets[(from.first() + i) % N] = from.all[i].offset;
        slopes[(from.first() + i) % N] = from.all[i].slope;
    }
    return {offsets, slopes};
}

/// F(a) by the table Lines for a >= 0 or NaN.
template <const auto& Lines, class Arch>
xsimd::batch<float, Arch> evaluate(const xsimd::batch<float, Arch>& a) {
    using batch = xsimd::batch<float, Arch>;
    static constexpr auto table = arranged<Arch>(Lines);
    // As the second argument NaN is kept by the minimum of every ISA.
    const batch clamped = xsimd::min(batch(Lines.begin(Lines.all.size() - 1)), a);
    const auto w = std::bit_cast<simd::indices<Arch>>(clamped + batch(Lines.start));
    const auto [offset, slope] = table.look_up(w >> Lines.index_shift());
    return simd::fma(slope, clamped, offset);
}

}  // namespace ulpfront::lut
