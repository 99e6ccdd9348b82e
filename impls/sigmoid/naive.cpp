// naive: the textbook formula 1 / (1 + exp(-x)).
// exp(-x) overflows below x = -88.72, where the result becomes 0 although it is a subnormal number.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float naive(float x) { return 1.0F / (1.0F + std::exp(-x)); }

}  // namespace

ULPFRONT_ROW(
    naive, ulpfront::scalar_row<naive, float>({
               .kernel = "naive",
               .method = ULPFRONT_METHOD_NAIVE,
               .note = "textbook formula; 0 below -88.72 where exp(-x) overflows and the result is subnormal",
           }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
