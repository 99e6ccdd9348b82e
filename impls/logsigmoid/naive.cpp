// naive: the textbook formula log(1 / (1 + exp(-x))).
// exp(-x) overflows below x = -88.72, where the result becomes -infinity although it is just x. Above 0 the
// sum 1 + exp(-x) loses the digits of exp(-x), all of them from x = 16.64 on, where the result becomes 0.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float naive(float x) { return std::log(1.0F / (1.0F + std::exp(-x))); }

}  // namespace

ULPFRONT_ROW(
    naive, ulpfront::scalar_row<naive, float>({
               .kernel = "naive",
               .method = ULPFRONT_METHOD_NAIVE,
               .note = "textbook formula; -infinite below -88.72, loses digits above 0 and is 0 above 16.64",
           }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
