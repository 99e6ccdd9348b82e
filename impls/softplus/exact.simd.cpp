// exact: max(x, 0) + log1p(e^-|x|) on binary64 lanes within 2^-50 of itself (simd/wide_log1p.hpp), rounded
// correctly (simd/round_correctly.hpp).
#include "impls/simd/round_correctly.hpp"
#include "impls/simd/wide_log1p.hpp"

namespace {

using namespace ulpfront;

#include "impls/softplus/exact.midpoints.inc"

template <class Arch>
struct exact {
    using wide_batch = xsimd::batch<double, Arch>;
    static constexpr std::span<const simd::rounded_result> midpoints{near_midpoints};

    static wide_batch wide(const wide_batch& x) { return simd::wide_log1p_exp<Arch>(x); }
};

}  // namespace

ULPFRONT_ROW(exact, simd::exact_row<exact<simd::native>>())
