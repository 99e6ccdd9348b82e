// clamp: a maximum and a minimum. As the second argument NaN is kept by both on every ISA. Nothing is
// rounded. Of elements of 16 bits what their magnitude, as an integer, exceeds that of 1 by is taken off;
// NaNs, which are beyond infinity, are made the smallest numbers for that.
#include "impls/simd/map.hpp"
#include "impls/simd/moving.hpp"

namespace {

template <class T, class Arch>
struct between_ones {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) { return xsimd::min(batch(T(1)), xsimd::max(batch(T(-1)), x)); }
};

template <class E, class Arch>
struct bits_between_ones {
    using batch = xsimd::batch<std::int16_t, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        const batch up(ulpfront::simd::past_infinity<E>);
        const batch one(ulpfront::simd::moving_bits<E>(1.0F));
        const batch a = (x & batch(INT16_MAX)) + up;
        return x - (a - ulpfront::simd::smaller<Arch>(a, one + up));
    }
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
ULPFRONT_MOVING_ROWS("clamp", bits_between_ones)
