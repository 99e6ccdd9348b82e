// lut_slope: a table of two slopes, looked up by the sign bit, times x. One product, correctly rounded; no
// slope is 0, so that infinities, NaN and both zeros come out right by themselves.
#include <bit>

#include "impls/simd/lookup.hpp"
#include "impls/simd/map.hpp"

namespace {

template <class T, class Arch>
struct slope_by_sign {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        static constexpr ulpfront::simd::lookup_table<2, 1, Arch> slopes({{{T(1)}, {T(0.01)}}});
        const auto sign = std::bit_cast<ulpfront::simd::indices<Arch>>(x) >> 31;
        return x * slopes.look_up(sign)[0];
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
