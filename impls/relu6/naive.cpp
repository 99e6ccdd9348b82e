// naive: the textbook formula min(max(0, x), 6). Exact for every number; but the comparison with 0 is false
// for NaN, which therefore becomes 0.
#include <algorithm>

#include "impls/kernel.hpp"

namespace {

constexpr float naive(float x) { return std::min(std::max(0.0F, x), 6.0F); }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; NaN gives 0; autovectorised outside scalar",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
