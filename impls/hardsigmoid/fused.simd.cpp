// fused: x between -3 and 3, then x/6 + 1/2 in one operation. Next to -3 the two terms cancel, which leaves
// 1/6's own rounding, an error small beside 1 alone. As the second argument NaN is kept by minimum and
// maximum of every ISA.
#include "impls/simd/fma.hpp"
#include "impls/simd/map.hpp"

namespace {

template <class T, class Arch>
struct line {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        const batch inside = xsimd::min(batch(T(3)), xsimd::max(batch(T(-3)), x));
        return ulpfront::simd::fma(inside, batch(T(1) / T(6)), batch(T(0.5)));
    }
};

/// For a promise of half an ulp of 1.
constexpr ulpfront::row_facts facts(double promised) {
    return {
        .kernel = "fused",
        .method = ULPFRONT_METHOD_SIMD,
        .promise_kind = ULPFRONT_PROMISE_ABSOLUTE,
        .promise_value = promised,
        .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
        .note = "x clamped, then one fused multiply-add",
    };
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::simd::simd_row<line, float>(facts(0x1p-24)))
ULPFRONT_ROW(f64, ulpfront::simd::simd_row<line, double>(facts(0x1p-53)))
