// naive: the textbook formula x / (1 + exp(-1.702 x)).
// 1.702 x is rounded, and exp turns its absolute error into a relative one: 40 ULP at the left end. exp
// overflows below x = -52.13, where the result becomes -0 although it is still normal down to -53.7; at
// -infinity it is infinity by infinity, NaN.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float naive(float x) { return x / (1.0F + std::exp(-1.702F * x)); }

}  // namespace

ULPFRONT_ROW(naive,
             ulpfront::scalar_row<naive, float>({
                 .kernel = "naive",
                 .method = ULPFRONT_METHOD_NAIVE,
                 .note = "textbook formula; loses digits to the left, -0 below -52.13, NaN at -infinity",
             }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
