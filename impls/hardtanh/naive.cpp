// naive: the textbook formula min(max(-1, x), 1). Exact for every number; but the comparison with -1 is false
// for NaN, which therefore becomes -1.
#include <algorithm>

#include "impls/kernel.hpp"

namespace {

constexpr float naive(float x) { return std::min(std::max(-1.0F, x), 1.0F); }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; NaN gives -1; autovectorised outside scalar",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
