// copy: loads and stores vectors; what any kernel of this ISA at least has to do.
#include "impls/simd/map.hpp"

namespace {

template <class T, class Arch>
struct copy {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) { return x; }
};

/// Copies elements of T's size.
template <class T>
constexpr ulpfront_row copy_row(std::uint32_t dtype) {
    return ulpfront::make_row(
        {
            .kernel = "copy",
            .method = ULPFRONT_METHOD_NULL,
            .promise_kind = ULPFRONT_PROMISE_EXACT,
            .promise_flags = ulpfront::all_special_values,
            .note = "vector copy, the floor of its ISA",
        },
        dtype, &ulpfront::simd::map<copy<T, ulpfront::simd::native>, T, ulpfront::simd::native>);
}

}  // namespace

ULPFRONT_ROW(f32, copy_row<float>(ULPFRONT_DTYPE_F32))
ULPFRONT_ROW(f16, copy_row<std::uint16_t>(ULPFRONT_DTYPE_F16))
ULPFRONT_ROW(bf16, copy_row<std::uint16_t>(ULPFRONT_DTYPE_BF16))
