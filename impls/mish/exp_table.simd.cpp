// mish(x) = x tanh(log1p(e^x)). With e = e^-|x| it is x e (e + 2) / (e^2 + 2 e + 2) on the left and
// x (1 + 2 e) / (1 + 2 e + 2 e^2) on the right. The fractions (on the left without the factor e) come from
// interval polynomials in e (simd/intervals.hpp), both sides' in one table, e from a table in registers: no
// division.
//
// exp_table_hilo: all products in two floats, rounded in the last step only: 0.5 ULP, 0.75 where a result is
// just subnormal, and 0.2 of the terms. exp_table: in single floats: e 0.6 ULP, the fraction 0.6, the
// products 0.5, twice that in the worst place of a binade.
//
// x is clamped at -109, where the result rounds to -0: -infinity times 0 would be NaN.
#include "impls/simd/exp_table.hpp"
#include "impls/simd/intervals.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

#include "impls/mish/exp_table.coef.inc"

/// Left's rows below, Right's above.
template <const auto& Left, const auto& Right>
constexpr auto joined() {
    constexpr std::size_t n = Left.rows.size();
    simd::row_array<2 * n, Left.rows[0].size()> rows{};
    for (std::size_t i = 0; i < n; ++i) {
        rows[i] = Left.arranged()[i];
        rows[n + i] = Right.arranged()[i];
    }
    return rows;
}

/// The fraction of x's side for e = any 2^-64.
template <const auto& Left, const auto& Right, class Arch>
simd::interval_terms<Arch> fraction(const xsimd::batch<float, Arch>& x,
                                    const xsimd::batch<float, Arch>& any) {
    using batch = xsimd::batch<float, Arch>;
    using indices = simd::indices<Arch>;
    constexpr std::size_t n = Left.rows.size();
    constexpr std::size_t columns = Left.rows[0].size();
    constexpr int bits = Left.octave_bits;
    static constexpr simd::lookup_table<2 * n, columns, Arch> table(joined<Left, Right>());
    const batch lifted = simd::beside_one<Arch>(any);
    // A trifle less than 1 + e: below 2. The exponent's last bit, which is then 1, turns with x's sign.
    const batch w = simd::fma(lifted, batch(simd::unlift * (1 - 0x1p-20F)), batch(1.0F));
    const indices sign = std::bit_cast<indices>(x) & indices(0x8000'0000U);
    const auto c = table.look_up((std::bit_cast<indices>(w) >> (23 - bits)) ^ (sign >> (31 - bits)));
    const batch r = simd::fma(lifted, batch(simd::unlift), simd::negated(c[0]));
    batch p = c[columns - 1];
    for (std::size_t k = columns - 2; k > 1; --k) p = simd::fma(p, r, c[k]);
    return {p, r, c[1]};
}

template <class Arch>
simd::interval_terms<Arch> fraction(const xsimd::batch<float, Arch>& x,
                                    const xsimd::batch<float, Arch>& lifted) {
    if constexpr (simd::prefers_few_intervals<Arch>) {
        return fraction<left_8, right_8, Arch>(x, lifted);
    } else {
        return fraction<left_16, right_16, Arch>(x, lifted);
    }
}

template <class T, class Arch>
struct exp_table_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{0.6, 0.6};

    static batch eval(const batch& any) {
        // As the second argument NaN is kept by the maximum of every ISA.
        const batch x = xsimd::max(batch(-109.0F), any);
        const auto e = simd::exp_by_table<Arch>(xsimd::max(batch(-109.0F), simd::minus_abs(any)));
        const auto f = fraction<Arch>(x, e.n.lift(e.head + e.tail));
        const auto left = any < batch(0.0F);
        const batch small = f.p * f.r;
        const batch head = xsimd::select(left, e.head, batch(1.0F));
        const batch tail = xsimd::select(left, e.tail, batch(0.0F));
        const batch rest = simd::fma(head, small, tail * (f.base + small));
        const batch product = simd::fma_once<Arch>(head, f.base, rest);
        const batch product_low = simd::fma_once<Arch>(head, f.base, simd::negated(product)) + rest;
        // x is taken times 2^32, so that no term of a tiny one is lost; what overflows is x itself.
        const batch lifted = x * batch(0x1p32F);
        const batch y = e.n.times_dropped(left, simd::fma_once<Arch>(lifted, product, lifted * product_low));
        return xsimd::select(x > batch(0x1p15F), x, y | xsimd::bitofsign(x));
    }
};

template <class T, class Arch>
struct exp_table {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{0.6, 0.6};

    static batch eval(const batch& any) {
        // As the second argument NaN is kept by the maximum of every ISA.
        const batch x = xsimd::max(batch(-109.0F), any);
        const auto e = simd::quick_exp_by_table<Arch>(xsimd::max(batch(-109.0F), simd::minus_abs(any)));
        const batch lifted = e.n.lift(e.mantissa);
        const auto f = fraction<Arch>(x, lifted);
        const auto left = any < batch(0.0F);
        const batch y = x * (xsimd::select(left, lifted, batch(1.0F)) * simd::fma(f.p, f.r, f.base));
        return simd::unlifted_where<Arch, simd::sign::negative>(left, y, y);
    }
};

}  // namespace

ULPFRONT_ROW(exp_table_hilo,
             simd::simd_ulp_row<exp_table_hilo, float>(
                 "exp_table_hilo", 0.95, "table exponential and fraction in two floats, no division"))
ULPFRONT_ROW(exp_table, simd::simd_ulp_row<exp_table, float>("exp_table", 4.0,
                                                             "table exponential and fraction, no division"))
