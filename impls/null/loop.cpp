// loop: copies element by element; the floor of scalar kernels (autovectorised where the ISA has vectors).
#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T loop(T x) {
    return x;
}

/// Copies elements of T's size.
template <class T>
constexpr ulpfront_row loop_row(std::uint32_t dtype) {
    return ulpfront::make_row(
        {
            .kernel = "loop",
            .method = ULPFRONT_METHOD_NULL,
            .promise_kind = ULPFRONT_PROMISE_EXACT,
            .promise_flags = ulpfront::all_special_values,
            .note = "element by element; autovectorised outside scalar",
        },
        dtype, &ulpfront::map_elements<&loop<T>, T>);
}

}  // namespace

ULPFRONT_ROW(f32, loop_row<float>(ULPFRONT_DTYPE_F32))
ULPFRONT_ROW(f16, loop_row<std::uint16_t>(ULPFRONT_DTYPE_F16))
ULPFRONT_ROW(bf16, loop_row<std::uint16_t>(ULPFRONT_DTYPE_BF16))
