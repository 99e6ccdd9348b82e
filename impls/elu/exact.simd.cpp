// exact: x, and e^x - 1 on the left on binary64 lanes within 2^-51 of itself (simd/wide_exp.hpp), rounded
// correctly (simd/round_correctly.hpp). x is clamped at -40, where the result rounds to -1.
#include "impls/simd/round_correctly.hpp"
#include "impls/simd/wide_exp.hpp"

namespace {

using namespace ulpfront;

#include "impls/elu/exact.midpoints.inc"

template <class Arch>
struct exact {
    using wide_batch = xsimd::batch<double, Arch>;
    static constexpr std::span<const simd::rounded_result> midpoints{near_midpoints};

    static wide_batch wide(const wide_batch& x) {
        // As the second argument NaN is kept by the minimum and the maximum of every ISA.
        const wide_batch left = simd::wide_expm1<Arch>(xsimd::max(wide_batch(-40.0), simd::minus_abs(x)));
        return xsimd::select(x < wide_batch(0.0), left, x);
    }
};

}  // namespace

ULPFRONT_ROW(exact, simd::exact_row<exact<simd::native>>())
