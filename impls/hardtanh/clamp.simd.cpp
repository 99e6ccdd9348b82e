// clamp: a maximum and a minimum. As the second argument NaN is kept by both on every ISA. Nothing is
// rounded.
#include "impls/simd/map.hpp"
#include "impls/simd/narrow.hpp"

namespace {

template <class T, class Arch>
struct between_ones {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) { return xsimd::min(batch(T(1)), xsimd::max(batch(T(-1)), x)); }
};

constexpr ulpfront::row_facts facts{
    .kernel = "clamp",
    .method = ULPFRONT_METHOD_SIMD,
    .promise_kind = ULPFRONT_PROMISE_EXACT,
    .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
    .note = "maximum and minimum",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::simd::simd_row<between_ones, float>(facts))
ULPFRONT_ROW(f64, ulpfront::simd::simd_row<between_ones, double>(facts))
ULPFRONT_NARROW_ROWS("clamp", between_ones)
