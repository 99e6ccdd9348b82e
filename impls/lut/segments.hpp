// Functions of three pieces, each of them a line, by a table of their offsets and slopes: left of `from`,
// from there to `to`, and right of that. The piece is the number of borders that x has passed.
#pragma once

#include <array>
#include <bit>
#include <limits>
#include <xsimd/xsimd.hpp>

#include "impls/simd/fma.hpp"
#include "impls/simd/lookup.hpp"
#include "impls/simd/map.hpp"

namespace ulpfront::lut {

/// An offset and a slope for each piece.
struct segments {
    float from, to;
    std::array<std::array<float, 2>, 3> lines;
};

/// (x + 3) / 6 between 0 and 1, as simd/sixth.hpp has it in two parts.
inline constexpr segments sixth_of_raised{
    .from = -3.0F,
    .to = 3.0F,
    .lines = {{{0.0F, 0.0F}, {0.5F, 1.0F / 6.0F}, {1.0F, 0.0F}}},
};

/// The kernel of a table. Infinities become the largest numbers first: a slope may be 0, and their product
/// would be NaN. NaN passes no border, and stays NaN as the second argument of minimum and maximum.
template <const segments& Table>
struct by_segment {
    template <class T, class Arch>
    struct kernel {
        using batch = xsimd::batch<T, Arch>;
        static constexpr bool streams = true;

        static batch eval(const batch& x) {
            static constexpr simd::row_array<4, 2> rows{Table.lines[0], Table.lines[1], Table.lines[2],
                                                        Table.lines[2]};
            static constexpr simd::lookup_table<4, 2, Arch> table(rows);
            constexpr T largest = std::numeric_limits<T>::max();
            const batch finite = xsimd::min(batch(largest), xsimd::max(batch(-largest), x));
            // As the last bits of a float, of which the table takes two.
            const batch passed =
                xsimd::select(x > batch(Table.from), batch(T(0x1p23 + 1)), batch(T(0x1p23))) +
                xsimd::select(x > batch(Table.to), batch(T(1)), batch(T(0)));
            const auto line = table.look_up(std::bit_cast<simd::indices<Arch>>(passed));
            return simd::fma(finite, line[1], line[0]);
        }
    };
};

}  // namespace ulpfront::lut
