// max: the larger of 0 and x, and 0 added: as the second argument NaN is kept by the maximum of every ISA,
// but so is -0 by that of x86, and -0 + 0 is +0. Nothing is rounded; it runs at the speed of a copy. Elements
// of 16 bits are compared as signed integers: from -0 down to -infinity they go up, and only NaNs of that
// sign come before 0.
#include <limits>

#include "impls/simd/map.hpp"
#include "impls/simd/moving.hpp"

namespace {

template <class T, class Arch>
struct zero_or_x {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) { return xsimd::max(batch(T(0)), x) + batch(T(0)); }
};

template <class E, class Arch>
struct zero_or_bits {
    using batch = xsimd::batch<std::int16_t, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        constexpr std::int16_t last = ulpfront::simd::moving_bits<E>(-std::numeric_limits<float>::infinity());
        return xsimd::select(x > batch(last), x, batch(std::int16_t{0}));
    }
};

constexpr ulpfront::row_facts facts{
    .kernel = "max",
    .method = ULPFRONT_METHOD_SIMD,
    .promise_kind = ULPFRONT_PROMISE_EXACT,
    .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
    .note = "maximum with 0",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::simd::simd_row<zero_or_x, float>(facts))
ULPFRONT_ROW(f64, ulpfront::simd::simd_row<zero_or_x, double>(facts))
ULPFRONT_MOVING_ROWS("max", zero_or_bits)
