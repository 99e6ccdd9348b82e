// ramp: x times the hard sigmoid, (x + 3) / 6 between 0 and 1. x is clamped at -3 first, so that no infinity
// meets the 0 there; as the second argument NaN is kept by minimum and maximum of every ISA. From 3 on the
// factor is exactly 1. Error: the factor's 1.5 ULP, up to double in the product, and half of the product.
#include "impls/simd/map.hpp"

namespace {

template <class T, class Arch>
struct gated {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        const batch from_left = xsimd::max(batch(T(-3)), x);
        const batch raised = xsimd::min(batch(T(6)), from_left + batch(T(3)));
        return from_left * (raised * batch(T(1) / T(6)));
    }
};

constexpr ulpfront::row_facts facts{
    .kernel = "ramp",
    .method = ULPFRONT_METHOD_SIMD,
    .promise_kind = ULPFRONT_PROMISE_ULP,
    .promise_value = 2.5,
    .promise_flags = ulpfront::all_special_values,
    .note = "x times (x + 3) / 6, clamped",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::simd::simd_row<gated, float>(facts))
ULPFRONT_ROW(f64, ulpfront::simd::simd_row<gated, double>(facts))
