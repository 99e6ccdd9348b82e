// naive: the textbook formula relu6(x + 3) / 6, relu6 as in its own naive kernel: NaN becomes 0. x + 3 is
// rounded, which the quotient shows as up to 2/3 ULP; it errs nowhere else.
#include <algorithm>

#include "impls/kernel.hpp"

namespace {

constexpr float relu6(float x) { return std::min(std::max(0.0F, x), 6.0F); }

constexpr float naive(float x) { return relu6(x + 3.0F) / 6.0F; }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; NaN gives 0; autovectorised outside scalar",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
