// exact: (1 - e) / (1 + e), e = e^(-2|x|), on binary64 lanes within 2^-50 of itself, by e - 1, which does not
// cancel; rounded correctly (simd/round_correctly.hpp), then the sign of x. |x| is clamped at 10, where the
// result rounds to 1.
#include "impls/simd/round_correctly.hpp"
#include "impls/simd/wide_exp.hpp"

namespace {

using namespace ulpfront;

#include "impls/tanh/exact.midpoints.inc"

template <class Arch>
struct exact {
    using batch = xsimd::batch<float, Arch>;
    using wide_batch = xsimd::batch<double, Arch>;
    static constexpr std::span<const simd::rounded_result> midpoints{near_midpoints};

    /// tanh(a) for a in [0, 10] or NaN, but for the sign of a 0.
    static wide_batch wide(const wide_batch& a) {
        const wide_batch m = simd::wide_expm1<Arch>(a * wide_batch(-2.0));
        return simd::divide(m, wide_batch(-2.0) - m);
    }

    static batch eval(const batch& x) {
        // As the second argument NaN is kept by the minimum of every ISA.
        const batch a = xsimd::min(batch(10.0F), xsimd::abs(x));
        return xsimd::abs(simd::rounded_correctly<exact, Arch>(a)) | xsimd::bitofsign(x);
    }
};

}  // namespace

ULPFRONT_ROW(exact, simd::exact_row<exact<simd::native>>())
