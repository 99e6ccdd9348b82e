// exact: e / (1 + e) on the left and 1 / (1 + e) on the right, e = e^-|x|, on binary64 lanes within 2^-51 of
// itself, rounded correctly (simd/round_correctly.hpp).
//
// Near 0 it is 1/2 + x/4 - x^3/48, where the second term meets midpoints exactly and the third decides, from
// 2^-55 on beyond binary64: such inputs go out of line too. |x| is clamped at 104, where the result rounds to
// 0 on one side and 1 on the other.
#include "impls/simd/round_correctly.hpp"
#include "impls/simd/wide_exp.hpp"

namespace {

using namespace ulpfront;

#include "impls/sigmoid/exact.midpoints.inc"

template <class Arch>
struct exact {
    using wide_batch = xsimd::batch<double, Arch>;
    static constexpr std::span<const simd::rounded_result> midpoints{near_midpoints};
    static constexpr float series_below = 0x1p-12F;

    /// Where 1/2 + x/4 is at a midpoint, which is then exact, the next number on the way to 1/2 is on the
    /// right side of it.
    static float by_series(float x) {
        return static_cast<float>(std::nextafter(0.5 + 0.25 * static_cast<double>(x), 0.5));
    }

    static wide_batch wide(const wide_batch& x) {
        // As the second argument NaN is kept by the minimum and the maximum of every ISA.
        const wide_batch e = simd::wide_exp<Arch>(xsimd::max(wide_batch(-104.0), simd::minus_abs(x)));
        const wide_batch one(1.0);
        return simd::divide(xsimd::select(x < wide_batch(0.0), e, one), one + e);
    }
};

}  // namespace

ULPFRONT_ROW(exact, simd::exact_row<exact<simd::native>>())
