// lut_slope: a table of two slopes, looked up by the sign bit, times x. Three traps: the slope 0 must not
// meet -infinity (their product is NaN), which the clamp at the lowest finite number prevents; it gives -0
// for every negative x, which adding +0 turns into +0; and NaN must outlive the clamp, which it does as the
// second argument. Products by 0 and 1 are exact, so is the result.
#include <bit>
#include <limits>

#include "impls/simd/fma.hpp"
#include "impls/simd/lookup.hpp"
#include "impls/simd/map.hpp"

namespace {

template <class T, class Arch>
struct slope_by_sign {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        static constexpr ulpfront::simd::lookup_table<2, 1, Arch> slopes({{{T(1)}, {T(0)}}});
        const auto sign = std::bit_cast<ulpfront::simd::indices<Arch>>(x) >> 31;
        const batch finite = xsimd::max(batch(std::numeric_limits<T>::lowest()), x);
        return ulpfront::simd::fma(slopes.look_up(sign)[0], finite, batch(T(0)));
    }
};

}  // namespace

ULPFRONT_ROW(lut_slope, ulpfront::simd::simd_row<slope_by_sign, float>({
                            .kernel = "lut_slope",
                            .method = ULPFRONT_METHOD_LUT,
                            .promise_kind = ULPFRONT_PROMISE_EXACT,
                            .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
                            .note = "x times a slope looked up by the sign",
                        }))
