// exact: x sigmoid(x) on binary64 lanes within 2^-50 of itself (simd/wide_exp.hpp), rounded correctly
// (simd/round_correctly.hpp). x is clamped at -112, where the result rounds to -0: -infinity times 0 would be
// NaN.
#include "impls/simd/map.hpp"
#include "impls/simd/round_correctly.hpp"
#include "impls/simd/wide_exp.hpp"

namespace {

using namespace ulpfront;

#include "impls/silu/exact.midpoints.inc"

template <class T, class Arch>
struct exact {
    using batch = xsimd::batch<T, Arch>;
    using wide_batch = xsimd::batch<double, Arch>;
    static constexpr std::span<const simd::rounded_result> midpoints{near_midpoints};

    static wide_batch wide(const wide_batch& x) {
        // As the second argument NaN is kept by the maximum of every ISA.
        const wide_batch bounded = xsimd::max(wide_batch(-112.0), x);
        return simd::wide_times_logistic<Arch>(bounded, simd::wide_exp<Arch>(simd::left_off_zero<Arch>(x)));
    }

    static batch eval(const batch& x) { return simd::rounded_correctly<exact, Arch>(x); }
};

}  // namespace

ULPFRONT_ROW(exact, simd::simd_row<exact, float>({
                        .kernel = "exact",
                        .method = ULPFRONT_METHOD_EXACT,
                        .promise_kind = ULPFRONT_PROMISE_EXACT,
                        .promise_flags = all_special_values,
                        .note = "binary64 lanes, inputs near midpoints from a table",
                    }))
