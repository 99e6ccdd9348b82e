// exact: max(x, 0) - e^(-a^2/2) F(a) / 2, F(a) = a e^(a^2/2) erfc(a/sqrt(2)), a = |x|, on binary64 lanes,
// where the square is exact, within 2^-50 of itself; rounded correctly (simd/round_correctly.hpp). F is one
// of 16 polynomials of degree 13.
//
// x / 2, a midpoint of subnormal floats, must come out on the side of it that the exact value lies on: F(a) /
// a is taken no nearer 0 than at 2^-50. a is clamped at 14.375, where the result rounds to -0 on the left.
#include "impls/simd/round_correctly.hpp"
#include "impls/simd/wide_exp.hpp"

namespace {

using namespace ulpfront;

#include "impls/gelu/exact.coef.inc"
#include "impls/gelu/exact.midpoints.inc"

/// The rows where the low bits of a double's exponent and the top two of its mantissa find them, from 1 on.
constexpr auto arranged_rows() {
    auto rows = tail_rows;
    constexpr std::size_t first = std::bit_cast<std::uint64_t>(1.0) >> 50U;
    for (std::size_t i = 0; i < rows.size(); ++i) rows[(first + i) % rows.size()] = tail_rows[i];
    return rows;
}

template <class Arch>
struct exact {
    using wide_batch = xsimd::batch<double, Arch>;
    static constexpr std::span<const simd::rounded_result> midpoints{near_midpoints};

    /// F(a) for a in [0, 14.375] or NaN.
    static wide_batch tail(const wide_batch& a) {
        using integers = xsimd::batch<std::int64_t, Arch>;
        constexpr std::size_t columns = tail_rows[0].size();
        static constexpr simd::wide_table<columns, Arch> table(arranged_rows());
        const wide_batch w = simd::fma(a, wide_batch(tail_scale), wide_batch(1.0));
        const auto row = std::bit_cast<integers>(std::bit_cast<xsimd::batch<std::uint64_t, Arch>>(w) >> 50);
        const auto c = table.look_up(row);
        const wide_batch& m = c[0];
        // As the second argument NaN is kept by the maximum of every ISA.
        const wide_batch r = xsimd::max(wide_batch(0x1p-50), a) - m;
        wide_batch p = c[columns - 1];
        for (std::size_t k = columns - 2; k > 1; --k) p = simd::fma(p, r, c[k]);
        return simd::fma(p, a - m, c[1]);
    }

    static wide_batch wide(const wide_batch& x) {
        const wide_batch a = xsimd::min(wide_batch(tail_clamp), xsimd::abs(x));
        const wide_batch e = simd::wide_exp<Arch>(a * (a * wide_batch(-0.5)));
        const wide_batch ramp = xsimd::select(x < wide_batch(0.0), wide_batch(0.0), x);
        return simd::fma(e * wide_batch(-0.5), tail(a), ramp);
    }
};

}  // namespace

ULPFRONT_ROW(exact, simd::exact_row<exact<simd::native>>())
