// clamp: a maximum with 0, a minimum with 6, and 0 added: as the second argument NaN is kept by both on every
// ISA, but so is -0 by the maximum of x86, and -0 + 0 is +0. Nothing is rounded. Elements of 16 bits are
// compared as signed integers: from -0 down to -infinity they go up, and only NaNs of that sign come before
// 0; those of the other sign are beyond infinity and made the smallest numbers while 6 is compared with.
#include <limits>

#include "impls/simd/map.hpp"
#include "impls/simd/moving.hpp"

namespace {

template <class T, class Arch>
struct between_0_and_6 {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        return xsimd::min(batch(T(6)), xsimd::max(batch(T(0)), x)) + batch(T(0));
    }
};

template <class E, class Arch>
struct bits_between_0_and_6 {
    using batch = xsimd::batch<std::int16_t, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        constexpr float infinity = std::numeric_limits<float>::infinity();
        const batch last(ulpfront::simd::moving_bits<E>(-infinity));
        const batch zero(std::int16_t{0});
        const batch floored = xsimd::select(x > last, x, zero);
        const batch up(ulpfront::simd::past_infinity<E>);
        const batch six(ulpfront::simd::moving_bits<E>(6.0F));
        return ulpfront::simd::smaller<Arch>(floored + up, six + up) - up;
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
ULPFRONT_MOVING_ROWS("clamp", bits_between_0_and_6)
