// clamp: one comparison and blend, as relu's, and a minimum. x <= 0 is false for NaN and true for -0, which
// becomes +0; as the second argument NaN is kept by the minimum of every ISA. Nothing is rounded.
#include "impls/simd/map.hpp"
#include "impls/simd/narrow.hpp"

namespace {

template <class T, class Arch>
struct between_0_and_6 {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        const batch floored = xsimd::select(x <= batch(T(0)), batch(T(0)), x);
        return xsimd::min(batch(T(6)), floored);
    }
};

constexpr ulpfront::row_facts facts{
    .kernel = "clamp",
    .method = ULPFRONT_METHOD_SIMD,
    .promise_kind = ULPFRONT_PROMISE_EXACT,
    .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
    .note = "compare, blend and minimum",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::simd::simd_row<between_0_and_6, float>(facts))
ULPFRONT_ROW(f64, ulpfront::simd::simd_row<between_0_and_6, double>(facts))
ULPFRONT_NARROW_ROWS("clamp", between_0_and_6)
