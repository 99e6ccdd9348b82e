// loop: copies element by element; the floor of scalar kernels (autovectorised where the ISA has vectors).
#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T loop(T x) {
    return x;
}

constexpr ulpfront::row_facts facts{
    .kernel = "loop",
    .method = ULPFRONT_METHOD_NULL,
    .promise_kind = ULPFRONT_PROMISE_EXACT,
    .promise_flags = ulpfront::all_special_values,
    .note = "element by element; autovectorised outside scalar",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<loop<float>, float>(facts))
ULPFRONT_ROW(f64, ulpfront::scalar_row<loop<double>, double>(facts))
ULPFRONT_ROW(f16, ulpfront::scalar_row<loop<std::uint16_t>, std::uint16_t, ulpfront::f16>(facts))
ULPFRONT_ROW(bf16, ulpfront::scalar_row<loop<std::uint16_t>, std::uint16_t, ulpfront::bf16>(facts))
