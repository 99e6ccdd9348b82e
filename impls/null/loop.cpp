// loop: copies element by element; the floor of scalar kernels (autovectorised where the ISA has vectors).
#include "impls/kernel.hpp"

namespace {

constexpr float loop(float x) { return x; }

}  // namespace

ULPFRONT_ROW(loop, ulpfront::scalar_row<loop, float>({
                       .kernel = "loop",
                       .method = ULPFRONT_METHOD_NULL,
                       .promise_kind = ULPFRONT_PROMISE_EXACT,
                       .promise_flags = ulpfront::all_special_values,
                       .note = "element by element; autovectorised outside scalar",
                   }))
