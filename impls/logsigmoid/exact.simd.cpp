// exact: -softplus(-x), which is -(max(-x, 0) + log1p(e^-|x|)), on binary64 lanes within 2^-50 of itself
// (simd/wide_log1p.hpp), rounded correctly (simd/round_correctly.hpp).
#include "impls/simd/map.hpp"
#include "impls/simd/round_correctly.hpp"
#include "impls/simd/wide_log1p.hpp"

namespace {

using namespace ulpfront;

#include "impls/logsigmoid/exact.midpoints.inc"

template <class T, class Arch>
struct exact {
    using batch = xsimd::batch<T, Arch>;
    using wide_batch = xsimd::batch<double, Arch>;
    static constexpr std::span<const simd::rounded_result> midpoints{near_midpoints};

    static wide_batch wide(const wide_batch& x) {
        return simd::negated(simd::wide_log1p_exp<Arch>(simd::negated(x)));
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
