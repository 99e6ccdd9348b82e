// naive: the textbook formula max(0, x). No rounding, so every number comes out exact; but the comparison
// is false for NaN, which therefore becomes 0: a broken input passes for a dead neuron.
#include <algorithm>

#include "impls/kernel.hpp"

namespace {

constexpr float naive(float x) { return std::max(0.0F, x); }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; NaN gives 0; autovectorised outside scalar",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
