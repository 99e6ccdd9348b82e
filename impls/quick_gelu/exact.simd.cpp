// exact: x sigmoid(1.702 x) on binary64 lanes, where the product is exact, within 2^-50 of itself
// (simd/wide_exp.hpp); rounded correctly (simd/round_correctly.hpp). x is clamped at -112, where the result
// rounds to -0: -infinity times 0 would be NaN.
#include "impls/simd/round_correctly.hpp"
#include "impls/simd/wide_exp.hpp"

namespace {

using namespace ulpfront;

#include "impls/quick_gelu/exact.midpoints.inc"

template <class Arch>
struct exact {
    using wide_batch = xsimd::batch<double, Arch>;
    static constexpr std::span<const simd::rounded_result> midpoints{near_midpoints};

    static wide_batch wide(const wide_batch& x) {
        // As the second argument NaN is kept by the maximum of every ISA.
        const wide_batch bounded = xsimd::max(wide_batch(-112.0), x);
        return simd::wide_times_logistic<Arch>(
            bounded, simd::wide_exp<Arch>(simd::left_off_zero<Arch>(x * wide_batch(double{1.702F}))));
    }
};

}  // namespace

ULPFRONT_ROW(exact, simd::exact_row<exact<simd::native>>())
