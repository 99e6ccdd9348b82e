// lut_linear: softplus(x) = max(x, 0) + softplus(-|x|), the second piecewise linear in |x|; see
// lut/lines.hpp. Beyond the last border (32 lines: 7, 1024: 14.97) it is 0: right of there the result is x,
// left of there 0, where the tail is given up.
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
        // As the second argument NaN is kept by the maximum of every ISA.
        return xsimd::max(batch(0.0F), x) + lut::evaluate<Lines, Arch>(xsimd::abs(x));
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
                            .promise_flags = all_special_values & ~unsigned{ULPFRONT_FLAG_SUBNORMALS},
                            .note = "32 lines in |x|, flat beyond 7",
                        }))
ULPFRONT_ROW(linear_1024, simd::simd_row<linear_1024, float>({
                              .kernel = "lut_linear_1024",
                              .method = ULPFRONT_METHOD_LUT,
                              .promise_kind = ULPFRONT_PROMISE_ABSOLUTE,
                              .promise_value = 0x1p-20,
                              .promise_flags = all_special_values & ~unsigned{ULPFRONT_FLAG_SUBNORMALS},
                              .note = "1024 lines in |x|, flat beyond 14.97",
                          }))
