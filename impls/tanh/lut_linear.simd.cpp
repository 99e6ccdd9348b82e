// lut_linear: piecewise linear in |x|, the sign put back at the end; see lut/lines.hpp. Beyond the last
// border (32 lines: 5.75, 1024: 7.48) the result is 1, as at infinity. The first line goes through 0 with a
// slope just below 1, so that 0, its sign and subnormal inputs stay.
#include "impls/lut/lines.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

constexpr lut::lines<32> coarse = {
#include "lut_linear_32.table.inc"
};
constexpr lut::lines<1024> fine = {
#include "lut_linear_1024.table.inc"
};

template <const auto& Lines, class Arch>
struct linear {
    using batch = xsimd::batch<float, Arch>;
    static batch eval(const batch& x) {
        return lut::evaluate<Lines, Arch>(xsimd::abs(x)) | xsimd::bitofsign(x);
    }
};
template <class T, class Arch>
using linear_32 = linear<coarse, Arch>;
template <class T, class Arch>
using linear_1024 = linear<fine, Arch>;

}  // namespace

ULPFRONT_ROW(linear_32, simd::simd_row<linear_32, float>({
                            .kernel = "lut_linear_32",
                            .method = ULPFRONT_METHOD_LUT,
                            .promise_kind = ULPFRONT_PROMISE_ABSOLUTE,
                            .promise_value = 0x1p-10,
                            .promise_flags = all_special_values,
                            .note = "32 lines in |x|, flat beyond 5.75",
                        }))
ULPFRONT_ROW(linear_1024, simd::simd_row<linear_1024, float>({
                              .kernel = "lut_linear_1024",
                              .method = ULPFRONT_METHOD_LUT,
                              .promise_kind = ULPFRONT_PROMISE_ABSOLUTE,
                              .promise_value = 0x1p-19,
                              .promise_flags = all_special_values,
                              .note = "1024 lines in |x|, flat beyond 7.48",
                          }))
