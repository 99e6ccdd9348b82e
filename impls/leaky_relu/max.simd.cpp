// max: max(x, 0.01 x). The line with the smaller slope is the upper one left of 0 and the lower one right
// of it, and rounding keeps that order, so that one multiplication and one maximum do. The product is
// correctly rounded; for NaN, for either infinity and for either zero both arguments are the same number,
// so it does not matter which the ISA's maximum prefers. 0.01's significand is of 23 bits and odd: no product
// is half-way between two elements of 16 bits, unless a subnormal one's first rounding brought it there.
#include "impls/simd/map.hpp"
#include "impls/simd/narrow.hpp"

namespace {

template <class T, class Arch>
struct larger_line {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static constexpr bool never_ties = true;
    static batch eval(const batch& x) { return xsimd::max(x, x * batch(T(0.01))); }
};

constexpr ulpfront::row_facts facts{
    .kernel = "max",
    .method = ULPFRONT_METHOD_SIMD,
    .promise_kind = ULPFRONT_PROMISE_EXACT,
    .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
    .note = "max(x, 0.01 x)",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::simd::simd_row<larger_line, float>(facts))
ULPFRONT_ROW(f64, ulpfront::simd::simd_row<larger_line, double>(facts))
ULPFRONT_NARROW_ROWS("max", larger_line)
