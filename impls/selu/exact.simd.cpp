// exact: lambda x, and lambda alpha (e^x - 1) on the left, on binary64 lanes, where both products of
// parameters are exact, within 2^-50 of itself (simd/wide_exp.hpp); rounded correctly
// (simd/round_correctly.hpp). x is clamped at -40, where the result rounds to -lambda alpha.
//
// Where the result is a multiple of x, the same digits of x come near midpoints in every binade. The table
// leaves those out below 2^-24 and above 128: right of 0 the product is exact, left of it the few roundings
// do not reach a midpoint, which the check of all inputs shows.
#include "impls/simd/round_correctly.hpp"
#include "impls/simd/wide_exp.hpp"

namespace {

using namespace ulpfront;

#include "impls/selu/exact.midpoints.inc"

constexpr double lambda = 1.0507009873554804934193349852946F;
constexpr double depth = lambda * 1.6732632423543772848170429916717F;

template <class Arch>
struct exact {
    using wide_batch = xsimd::batch<double, Arch>;
    static constexpr std::span<const simd::rounded_result> midpoints{near_midpoints};

    static wide_batch wide(const wide_batch& x) {
        // As the second argument NaN is kept by the minimum and the maximum of every ISA.
        const wide_batch left = simd::wide_expm1<Arch>(xsimd::max(wide_batch(-40.0), simd::minus_abs(x)));
        const auto is_left = x < wide_batch(0.0);
        return xsimd::select(is_left, left, x) *
               xsimd::select(is_left, wide_batch(depth), wide_batch(lambda));
    }
};

}  // namespace

ULPFRONT_ROW(exact, simd::exact_row<exact<simd::native>>())
