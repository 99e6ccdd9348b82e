// lut_linear: 1/2 and an odd part, which is piecewise linear in |x|; see lut/lines.hpp. Beyond the last
// border (32 lines: 11.75, 1024: 14.97) the odd part is 1/2 and the result 0 or 1: the left tail is given up.
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
        const batch odd_part = lut::evaluate<Lines, Arch>(xsimd::abs(x));
        return batch(0.5F) + (odd_part | xsimd::bitofsign(x));
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
                            .promise_value = 0x1p-11,
                            .promise_flags = all_special_values & ~unsigned{ULPFRONT_FLAG_SUBNORMALS},
                            .note = "32 lines in |x|, flat beyond 11.75",
                        }))
ULPFRONT_ROW(linear_1024, simd::simd_row<linear_1024, float>({
                              .kernel = "lut_linear_1024",
                              .method = ULPFRONT_METHOD_LUT,
                              .promise_kind = ULPFRONT_PROMISE_ABSOLUTE,
                              .promise_value = 0x1p-20,
                              .promise_flags = all_special_values & ~unsigned{ULPFRONT_FLAG_SUBNORMALS},
                              .note = "1024 lines in |x|, flat beyond 14.97",
                          }))
