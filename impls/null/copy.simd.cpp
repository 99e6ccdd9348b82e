// copy: loads and stores vectors; what any kernel of this ISA at least has to do.
#include "impls/simd/map.hpp"

namespace {

template <class T, class Arch>
struct copy {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) { return x; }
};

constexpr ulpfront::row_facts facts{
    .kernel = "copy",
    .method = ULPFRONT_METHOD_NULL,
    .promise_kind = ULPFRONT_PROMISE_EXACT,
    .promise_flags = ulpfront::all_special_values,
    .note = "vector copy, the floor of its ISA",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::simd::simd_row<copy, float>(facts))
ULPFRONT_ROW(f64, ulpfront::simd::simd_row<copy, double>(facts))
ULPFRONT_ROW(f16, ulpfront::simd::simd_row<copy, std::uint16_t, ulpfront::f16>(facts))
ULPFRONT_ROW(bf16, ulpfront::simd::simd_row<copy, std::uint16_t, ulpfront::bf16>(facts))
