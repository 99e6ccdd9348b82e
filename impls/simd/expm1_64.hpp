// e^t - 1 for t <= 0 on binary64 lanes, by the parts of exp64.hpp: e^t = S + S p, S = 2^(k/16), so that
// e^t - 1 = (S - 1) + S p, of which nothing cancels where S is 1.
#pragma once

#include "impls/simd/exp64.hpp"

namespace ulpfront::simd {

/// x between -40, from where on e^x - 1 rounds to -1, and 0 or the largest of interest. As the second
/// argument NaN is kept by the minimum and the maximum of every ISA.
template <class Arch>
xsimd::batch<double, Arch> left_of_zero64(const xsimd::batch<double, Arch>& x, double largest = 0.0) {
    using batch = xsimd::batch<double, Arch>;
    return xsimd::max(batch(-40.0), xsimd::min(batch(largest), x));
}

/// e^t - 1 for t in [-40, 0] or NaN as a sum of two, within 2^-58 of itself: S, its product with p and r, the
/// first term of p, are sums of two; left of the first row the sum is at least 0.021.
template <class Arch>
two<Arch> expm1_64(const xsimd::batch<double, Arch>& t) {
    using batch = xsimd::batch<double, Arch>;
    const auto e = reduce64<Arch>(t);
    const auto r = two_sum_ordered<Arch>(e.high, e.low);
    const auto p =
        two_sum_ordered<Arch>(r.high, r.high * r.high * polynomial64<detail::exp64_long_poly, Arch>(r.high));
    const auto row = exp64_row<Arch>(e.k);
    const batch power = e.n.value();
    const batch s = row.high * power;
    const batch s_low = row.low * power;
    const batch u = s - batch(1.0);
    const batch u_low = s - (u + batch(1.0));
    const batch product = s * p.high;
    const auto sum = two_sum_ordered<Arch>(u, product);
    const batch below = simd::fma(s, p.low + r.low, simd::fma(s_low, p.high, s_low));
    return {sum.high, sum.low + (product_rest<Arch>(s, p.high, product) + (u_low + below))};
}

/// The same as two terms to be added: S - 1, exact from S = 1/2 on and else rounded once, and S p with what S
/// lacks, within 0.6 ULP of itself.
template <class Arch>
two<Arch> quick_expm1_64(const xsimd::batch<double, Arch>& t) {
    using batch = xsimd::batch<double, Arch>;
    const auto e = reduce64<Arch>(t);
    const auto r = two_sum_ordered<Arch>(e.high, e.low);
    const batch beside_r =
        simd::fma(r.high * r.high, polynomial64<detail::exp64_long_poly, Arch>(r.high), r.low);
    const auto row = exp64_row<Arch>(e.k);
    const batch power = e.n.value();
    const batch s = row.high * power;
    return {s - batch(1.0), simd::fma(s, r.high, simd::fma(s, beside_r, row.low * power))};
}

/// Inputs x where e^(scale x) - 1 changes its row, from 0 on.
constexpr std::array<double, 8> expm1_64_seams(double scale) {
    std::array<double, 8> seams{};
    for (int i = 0; i < 8; ++i)
        seams[static_cast<std::size_t>(i)] = -(2 * i + 1) / (32.0 * detail::exp64_log2_e * scale);
    return seams;
}

}  // namespace ulpfront::simd
