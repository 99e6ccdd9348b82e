// clamp: a maximum and a minimum. As the second argument NaN is kept by both on every ISA. Nothing is
// rounded. Elements of 16 bits are compared as integers, without their signs: NaNs are beyond infinity.
#include <limits>

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
        const batch infinity(ulpfront::simd::moving_bits<E>(std::numeric_limits<float>::infinity()));
        const batch sign = x & batch(ulpfront::simd::moving_bits<E>(-0.0F));
        const batch a = x ^ sign;
        const batch clamped = ulpfront::simd::smaller<Arch>(a, batch(ulpfront::simd::moving_bits<E>(1.0F)));
        // NaN with 1's bits set is NaN.
        return clamped | sign | xsimd::select(a > infinity, a, batch(std::int16_t{0}));
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
