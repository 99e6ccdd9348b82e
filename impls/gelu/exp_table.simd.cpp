// gelu(x) = max(x, 0) - e^(-a^2/2) F(a) / 2, F(a) = a e^(a^2/2) erfc(a/sqrt(2)), a = |x|: no term cancels on
// either side. The exponential comes from a table in registers (simd/exp_table.hpp), F, which starts as a and
// ends at sqrt(2/pi), from interval polynomials (simd/intervals.hpp): no division.
//
// -a^2/2 is never rounded: half the square enters the exponential's reduction by FMA, and as a sum of two
// floats where there is none. Its absolute error would be the result's relative one, a hundred times over.
// exp_table_hilo: the product in two floats, rounded in the last step only: 0.5 ULP, and 0.3 of the terms.
// exp_table: in single floats: e^(-a^2/2) 0.6 ULP, F 0.6, the product 0.5, twice that in the worst place of a
// binade.
//
// a is clamped at 14.375, where the result rounds to -0 on the left.
#include "impls/simd/exp_table.hpp"
#include "impls/simd/intervals.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

#include "impls/gelu/exp_table.coef.inc"

/// a = |x|, clamped; as the second argument NaN is kept by the minimum of every ISA.
template <class Arch>
xsimd::batch<float, Arch> bounded(const xsimd::batch<float, Arch>& x) {
    return xsimd::min(xsimd::batch<float, Arch>(tail_16.clamp), xsimd::abs(x));
}

/// Minus half of 2^-64.
constexpr float half_unlift = -0.5F * simd::unlift;

/// Whether the left's results are brought down by their bits (simd/lift.hpp). Without FMA the sum is made in
/// binary64, and rounded by a conversion, which subnormal results do not slow down.
template <class Arch>
constexpr bool by_its_bits = simd::has_slow_subnormals<Arch>&& simd::has_fma<Arch>;

/// product / -2^65, and on the right what is nearly x besides.
template <class Arch>
xsimd::batch<float, Arch> beside_ramp(const xsimd::batch<float, Arch>& x,
                                      const xsimd::batch<float, Arch>& product,
                                      const xsimd::batch<float, Arch>& ramp) {
    using batch = xsimd::batch<float, Arch>;
    const batch left = simd::unlifted_number<Arch, simd::sign::positive, simd::lift_exponent + 1>(product);
    const batch right = simd::fma(product, batch(half_unlift), ramp);
    // The tail is positive, and on the right the smaller. As the second argument NaN is kept by every ISA's
    // maximum.
    return xsimd::max(left, right) | xsimd::bitofsign(x);
}

/// What takes a lifted product to its place beside the ramp. Where the product is lost there, it is 0 for an
/// ISA without FMA, whose multiplication takes long over a result below all floats.
template <class Arch>
xsimd::batch<float, Arch> unlift(const xsimd::batch<float, Arch>& a) {
    using batch = xsimd::batch<float, Arch>;
    const batch factor(half_unlift);
    if constexpr (simd::has_fma<Arch>) return factor;
    return xsimd::select(a < batch(tail_16.clamp), factor, batch(0.0F));
}

template <class T, class Arch>
struct exp_table_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero = simd::half_and_more<T>;

    static batch eval(const batch& x) {
        const batch a = bounded<Arch>(x);
        const auto e = simd::exp_by_table_of_square<Arch>(a);
        const auto f = simd::terms_by_intervals<tail_16, tail_8, Arch>(a);
        const batch sum = simd::fma(f.p, f.r, f.base);
        const batch sum_low = simd::fma_once<Arch>(f.p, f.r, f.base - sum);
        const batch head = e.n.lift(e.head);
        const batch rest = simd::fma(head, sum_low, e.n.lifted(e.tail * sum));
        const batch product = simd::fma_once<Arch>(head, sum, rest);
        const batch product_low = simd::fma_once<Arch>(head, sum, simd::negated(product)) + rest;
        if constexpr (by_its_bits<Arch>)
            return beside_ramp<Arch>(x, product, simd::fma(product_low, batch(half_unlift), x));
        const batch ramp = xsimd::max(batch(0.0F), x);
        return simd::fma_once<Arch>(product, product_low, unlift<Arch>(a), ramp) | xsimd::bitofsign(x);
    }
};

template <class T, class Arch>
struct exp_table {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero = simd::half_and_more<T>;

    static batch eval(const batch& x) {
        const batch a = bounded<Arch>(x);
        const auto e = simd::quick_exp_by_table_of_square<Arch>(a);
        const auto f = simd::terms_by_intervals<short_tail_16, short_tail_8, Arch>(a);
        const batch product = e.n.lifted(e.mantissa) * simd::fma(f.p, f.r, f.base);
        if constexpr (by_its_bits<Arch>) return beside_ramp<Arch>(x, product, x);
        return simd::fma_once<Arch>(product, unlift<Arch>(a), xsimd::max(batch(0.0F), x)) |
               xsimd::bitofsign(x);
    }
};

}  // namespace

ULPFRONT_ROW(exp_table_hilo, simd::simd_ulp_row<exp_table_hilo, float>(
                                 "exp_table_hilo", 0.999,
                                 "table exponential and interval polynomials in two floats, no division"))
ULPFRONT_ROW(exp_table,
             simd::simd_ulp_row<exp_table, float>("exp_table", 4.0,
                                                  "table exponential and interval polynomials, no division"))
