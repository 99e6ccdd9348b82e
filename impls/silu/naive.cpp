// naive: the textbook formula x / (1 + exp(-x)).
// exp(-x) overflows below x = -88.72, where the result becomes -0 although it is still normal down to -91.9;
// at -infinity it is infinity by infinity, NaN.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float naive(float x) { return x / (1.0F + std::exp(-x)); }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; -0 below -88.72 where exp(-x) overflows, NaN at -infinity",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
