// Interval polynomials: F(a) for a >= 0 by one of N polynomials whose coefficients are looked up in
// registers. No exponential, no division, and nothing whose time depends on the input.
//
// 1. a is clamped to where F has reached its limit.
// 2. The exponent and the top bits of w = scale a + 1 count the intervals: 2^octave_bits of equal length an
//    octave. An input that w's rounding carries across a border is as well served on the other side.
// 3. F(a) = c0 + r P(r), r = a - m, with m a float at which F is nearly a float. Where F(0) = 0 and F'(0) =
// 1,
//    the first interval has m = 0 and F(a) = a + a P(a): the largest term is exact. Both are one formula,
//    since every other c0 is below its interval and the first one above: min(a, c0) is a there, else c0.
//
// Error in ULP: 1/2 for the last rounding, and P's last one, 1/2 |r P(r)| / |F| in units of its own binade.
// Tables come from intervals.sollya through the script beside the kernel, which states F.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "impls/simd/fma.hpp"
#include "impls/simd/lift.hpp"
#include "impls/simd/lookup.hpp"

namespace ulpfront::simd {

/// N polynomials of one F, N a power of two: rows {m, c0, p0, ..., p(Degree - 1)}.
template <std::size_t N, std::size_t Degree>
struct intervals {
    bool from_zero;
    int octave_bits;
    float scale;
    float clamp;
    row_array<N, Degree + 2> rows;

    /// Where the bits of w count the intervals.
    [[nodiscard]] constexpr int index_shift() const { return 23 - octave_bits; }

    /// The rows where an index's low bits find them.
    [[nodiscard]] constexpr row_array<N, Degree + 2> arranged() const {
        row_array<N, Degree + 2> out{};
        const std::uint32_t first = std::bit_cast<std::uint32_t>(1.0F) >> index_shift();
        for (std::size_t i = 0; i < N; ++i) out[(first + i) % N] = rows[i];
        return out;
    }
};

/// Whether few long intervals are looked up faster than many short ones: AVX2 permutes eight entries at once.
template <class Arch>
inline constexpr bool prefers_few_intervals = is_avx2<Arch>;

/// F = base + p r.
template <class Arch>
struct interval_terms {
    xsimd::batch<float, Arch> p, r, base;
};

/// The terms of F(x) by Intervals, for x >= 0 or NaN.
template <const auto& Intervals, class Arch>
interval_terms<Arch> terms_by_intervals(const xsimd::batch<float, Arch>& x) {
    using batch = xsimd::batch<float, Arch>;
    constexpr std::size_t n = Intervals.rows.size();
    constexpr std::size_t columns = Intervals.rows[0].size();
    static constexpr lookup_table<n, columns, Arch> table(Intervals.arranged());
    // As the second argument NaN is kept by the minimum of every ISA.
    const batch a = xsimd::min(batch(Intervals.clamp), x);
    const batch w = simd::fma(a, batch(Intervals.scale), batch(1.0F));
    const auto c = table.look_up(std::bit_cast<indices<Arch>>(w) >> Intervals.index_shift());
    const batch r = a - c[0];
    batch p = c[columns - 1];
    for (std::size_t k = columns - 2; k > 1; --k) p = simd::fma(p, r, c[k]);
    return {p, r, Intervals.from_zero ? min_of_positive<Arch>(a, c[1]) : c[1]};
}

/// The terms of F(e) by Intervals of equal length (an only octave, scale 1) over e = lifted 2^-64 in (0, 1].
template <const auto& Intervals, class Arch>
interval_terms<Arch> terms_in_unit(const xsimd::batch<float, Arch>& any) {
    using batch = xsimd::batch<float, Arch>;
    constexpr std::size_t columns = Intervals.rows[0].size();
    static constexpr lookup_table<Intervals.rows.size(), columns, Arch> table(Intervals.arranged());
    const batch lifted = beside_one<Arch>(any);
    // A trifle less than e, so that 1 falls into the last interval.
    const batch w = simd::fma(lifted, batch(unlift * (1 - 0x1p-20F)), batch(1.0F));
    const auto c = table.look_up(std::bit_cast<indices<Arch>>(w) >> Intervals.index_shift());
    const batch r = simd::fma(lifted, batch(unlift), negated(c[0]));
    batch p = c[columns - 1];
    for (std::size_t k = columns - 2; k > 1; --k) p = simd::fma(p, r, c[k]);
    return {p, r, c[1]};
}

template <const auto& Many, const auto& Few, class Arch>
interval_terms<Arch> terms_in_unit(const xsimd::batch<float, Arch>& lifted) {
    if constexpr (prefers_few_intervals<Arch>) {
        return terms_in_unit<Few, Arch>(lifted);
    } else {
        return terms_in_unit<Many, Arch>(lifted);
    }
}

/// The terms of F(x) by the one of two tables that suits the ISA.
template <const auto& Many, const auto& Few, class Arch>
interval_terms<Arch> terms_by_intervals(const xsimd::batch<float, Arch>& x) {
    if constexpr (prefers_few_intervals<Arch>) {
        return terms_by_intervals<Few, Arch>(x);
    } else {
        return terms_by_intervals<Many, Arch>(x);
    }
}

/// F(x) likewise.
template <const auto& Many, const auto& Few, class Arch>
xsimd::batch<float, Arch> by_intervals(const xsimd::batch<float, Arch>& x) {
    const auto f = terms_by_intervals<Many, Few, Arch>(x);
    return fma_once<Arch>(f.p, f.r, f.base);
}

}  // namespace ulpfront::simd
