// naive: the textbook formula x / (1 + |x|). Infinity by infinity is NaN; else it errs by 1.5 ULP.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float naive(float x) { return x / (1.0F + std::abs(x)); }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; NaN at both infinities; autovectorised outside scalar",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
