// naive: the textbook formula x tanh(log(1 + exp(x))).
// exp(x) overflows above 88.72, which tanh forgives. Left of 0 the sum 1 + exp(x) loses the digits of exp(x),
// all of them from x = -16.64 on, where the result becomes -0. At -infinity it is infinity by 0, NaN.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float naive(float x) { return x * std::tanh(std::log(1.0F + std::exp(x))); }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; loses digits left of 0, -0 below -16.64, NaN at -infinity",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
