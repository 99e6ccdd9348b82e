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
// Tables are made by generate.cpp as part of the build, for every function whose folder has a lut.simd.cpp.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "impls/simd/fma.hpp"
#include "impls/simd/gather.hpp"
#include "impls/simd/lookup.hpp"
#include "impls/simd/map.hpp"
#include "impls/simd/narrow.hpp"

namespace ulpfront::lut {

/// What F is to the function f of the folder.
enum class part {
    odd,    ///< F(a) = f(a) - f(0), so that f(x) = f(0) + sign(x) F(|x|)
    left,   ///< F(a) = f(-a)
    right,  ///< F(a) = f(a)
    both,   ///< two of them: f(a) - a for x >= 0, then f(-a) for x < 0
};

/// An approximation of F by N polynomials, N a power of two; of `both` by N/2 each.
template <std::size_t N, std::size_t Degree>
struct pieces {
    lut::part part;
    float start;      ///< a power of two
    int octave_bits;  ///< log2 of the pieces an octave
    double error;     ///< of f, absolute; its rounding to binary32 is beside it where |f| > 1
    const char* name;
    const char* note;
    simd::row_array<N, Degree + 1> all;

    /// Pieces of one side.
    [[nodiscard]] constexpr std::size_t count() const { return part == lut::part::both ? N / 2 : N; }

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
        const std::size_t n = count();
        for (std::size_t i = 0; i < N; ++i) rows[i / n * n + (first() + i % n) % n] = all[i];
        return rows;
    }
};

/// Where x changes pieces: 0 and the borders on both its sides, rising. Of tables with more than 256 pieces a
/// side none: they have one everywhere.
template <const auto& Pieces>
inline constexpr auto seams = [] {
    constexpr std::size_t n = Pieces.count() > 256 ? 1 : Pieces.count();
    std::array<double, 2 * n - 1> out{};
    for (std::size_t i = 0; i < n; ++i) {
        out[n - 1 - i] = -static_cast<double>(Pieces.begin(i));
        out[n - 1 + i] = static_cast<double>(Pieces.begin(i));
    }
    return out;
}();

/// F(|x|) by the table Pieces; NaN for NaN.
template <const auto& Pieces, class Arch>
xsimd::batch<float, Arch> evaluate(const xsimd::batch<float, Arch>& x) {
    using batch = xsimd::batch<float, Arch>;
    using indices = simd::indices<Arch>;
    constexpr std::size_t rows = Pieces.all.size();
    constexpr std::size_t columns = Pieces.all[0].size();
    constexpr bool gathers = rows > 32 && columns != 2;
    using table_type = std::conditional_t<gathers, simd::gathered_table<rows, columns, Arch>,
                                          simd::lookup_table<rows, columns, Arch>>;
    static constexpr table_type table(Pieces.arranged());
    // As the second argument NaN is kept by the minimum of every ISA.
    const batch a = xsimd::min(batch(Pieces.begin(Pieces.count() - 1)), xsimd::abs(x));
    indices index = std::bit_cast<indices>(a + batch(Pieces.start)) >> Pieces.index_shift();
    if constexpr (Pieces.part == part::both) {
        constexpr auto n = static_cast<std::uint32_t>(Pieces.count());
        const indices is_left = std::bit_cast<indices>(x) >> 31;
        index = (index & indices(n - 1)) | (is_left << std::countr_zero(n));
    }
    const auto c = table.look_up(index);
    // A constant does not see x: NaN must be kept by hand.
    if constexpr (columns == 1) return xsimd::select(x == x, c[0], x);
    batch y = c[columns - 1];
    for (std::size_t k = columns - 1; k > 0; --k) y = simd::fma(y, a, c[k - 1]);
    return y;
}

/// f(x) = f(0) + sign(x) F(|x|), the part `odd`. f(0) is given in halves, since clang 14 takes no number with
/// a point there; without f(0) the sign of 0 stays.
template <const auto& Pieces, int Halves>
struct odd_sum {
    template <class T, class Arch>
    struct kernel {
        using batch = xsimd::batch<T, Arch>;
        static batch eval(const batch& x) {
            const batch odd_part = evaluate<Pieces, Arch>(x) | xsimd::bitofsign(x);
            if constexpr (Halves == 0) return odd_part;
            return batch(0.5F * Halves) + odd_part;
        }
    };
};

/// f(x) = max(x, 0) + F(|x|), the parts `left` and `both` of a function that becomes x to the right and 0 to
/// the left.
template <const auto& Pieces>
struct over_ramp {
    template <class T, class Arch>
    struct kernel {
        using batch = xsimd::batch<T, Arch>;
        static batch eval(const batch& x) {
            // As the second argument NaN is kept by the maximum of every ISA.
            return xsimd::max(batch(0.0F), x) + evaluate<Pieces, Arch>(x);
        }
    };
};

/// What a table promises beside its error: no subnormal results, and no sign of a zero that a sum has lost.
inline constexpr std::uint32_t usual_flags = ULPFRONT_FLAG_NAN | ULPFRONT_FLAG_INF | ULPFRONT_FLAG_IN_PLACE;

/// What the row of a kernel by the table Pieces says, which errs by no more than `error`.
template <const auto& Pieces>
constexpr row_facts facts(double error, std::uint32_t flags) {
    return {
        .kernel = Pieces.name,
        .method = ULPFRONT_METHOD_LUT,
        .promise_kind = ULPFRONT_PROMISE_ABSOLUTE,
        .promise_value = error,
        .promise_flags = flags,
        .note = Pieces.note,
        .seams = seams<Pieces>,
    };
}

/// The row of a kernel by the table Pieces.
template <const auto& Pieces, template <class, class> class Kernel>
constexpr ulpfront_row row(std::uint32_t flags) {
    return simd::simd_row<Kernel, float>(facts<Pieces>(Pieces.error, flags));
}

/// Of an approximation nobody asks which way a tie goes.
template <class Kernel>
struct with_any_ties : Kernel {
    static constexpr bool never_ties = true;
};

/// The row of the same kernel for elements E of 16 bits, between two conversions: to the table's error comes
/// half an ulp of the result, at most 2^-precision of it, and 2^-8 of the sum for binary32's own roundings.
template <const auto& Pieces, template <class, class> class Kernel, class E>
constexpr ulpfront_row narrow_row(std::uint32_t flags) {
    constexpr int precision = element<E>::format.precision;
    constexpr double half_an_ulp = 1.0 / (1 << precision);
    return make_row(facts<Pieces>((Pieces.error + half_an_ulp) * (1.0 + 0x1p-8), flags), dtype_of<E>,
                    &simd::map_narrow<with_any_ties<Kernel<float, simd::native>>, E, simd::native>);
}

}  // namespace ulpfront::lut

#define ULPFRONT_LUT_ROW(table, by, flags) \
    ULPFRONT_ROW(table, ulpfront::lut::row<table, by<table>::kernel>(flags))
#define ULPFRONT_LUT_NARROW_ROWS(table, by, flags)                                                       \
    ULPFRONT_ROW(table##_f16, ulpfront::lut::narrow_row<table, by<table>::kernel, ulpfront::f16>(flags)) \
    ULPFRONT_ROW(table##_bf16, ulpfront::lut::narrow_row<table, by<table>::kernel, ulpfront::bf16>(flags))

/// Registers the rows of a file's tables, for which by<table>::kernel is the kernel; once a file. For the
/// 16-bit types those of 32 pieces, where registers hold them: elsewhere a whole table (lut/whole.hpp) is as
/// fast, and exact.
#define ULPFRONT_LUT_ROWS(by, flags)                 \
    ULPFRONT_LUT_TABLES(ULPFRONT_LUT_ROW, by, flags) \
    ULPFRONT_WHERE_32_ROWS_TAKE_ONE_PERMUTE(ULPFRONT_LUT_TABLES_OF_32(ULPFRONT_LUT_NARROW_ROWS, by, flags))
