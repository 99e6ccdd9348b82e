// lut_segment: x times 0, 1/2 + x/6 or 1 by a table of three lines (lut/segments.hpp). Next to -3 the two
// terms cancel, which leaves 1/6's own rounding, an error small beside 1 alone. x is clamped at -3, so that
// no infinity meets the 0 there.
#include "impls/lut/segments.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct gated {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        return xsimd::max(batch(T(-3)), x) * lut::by_segment<lut::sixth_of_raised>::kernel<T, Arch>::eval(x);
    }
};

}  // namespace

ULPFRONT_ROW(lut_segment, simd::simd_row<gated, float>({
                              .kernel = "lut_segment",
                              .method = ULPFRONT_METHOD_LUT,
                              .promise_kind = ULPFRONT_PROMISE_ABSOLUTE,
                              .promise_value = 0x1p-22,
                              .promise_flags = all_special_values,
                              .note = "x times a line looked up by the borders -3 and 3",
                          }))
