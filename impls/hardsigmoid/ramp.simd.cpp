// ramp: x + 3 between 0 and 6, times 1/6. As the second argument NaN is kept by minimum and maximum of every
// ISA. Error: the sum's half ulp (at most 2/3 ULP of the result, 0 left of -3/2), 1/6's own (1/3) and half of
// the product. 6 times the rounded 1/6 is 1.
#include "impls/simd/map.hpp"
#include "impls/simd/narrow.hpp"

namespace {

template <class T, class Arch>
struct ramp {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        const batch raised = xsimd::min(batch(T(6)), xsimd::max(batch(T(0)), x + batch(T(3))));
        return raised * batch(T(1) / T(6));
    }
};

constexpr ulpfront::row_facts facts{
    .kernel = "ramp",
    .method = ULPFRONT_METHOD_SIMD,
    .promise_kind = ULPFRONT_PROMISE_ULP,
    .promise_value = 1.5,
    .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
    .note = "x + 3 clamped, times 1/6",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::simd::simd_row<ramp, float>(facts))
ULPFRONT_ROW(f64, ulpfront::simd::simd_row<ramp, double>(facts))
ULPFRONT_NARROW_ROWS("ramp", ramp)
