// naive: the textbook formula x for x > 0, 0.01 x otherwise. One multiplication, correctly rounded: it is
// right everywhere, and what `stable` promises holds for it too.
#include "impls/kernel.hpp"

namespace {

constexpr float naive(float x) { return x > 0.0F ? x : 0.01F * x; }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; fails nowhere; autovectorised outside scalar",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
