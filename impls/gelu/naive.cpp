// naive: the textbook formula x (1 + erf(x / sqrt(2))) / 2.
// Left of 0 the sum 1 + erf cancels: all digits are gone from x = -5.4 on, where the result becomes -0
// although it is a number down to -14.4. At -infinity it is infinity by 0, NaN.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

constexpr float sqrt_half = 0.70710678118654752440F;

float naive(float x) { return 0.5F * x * (1.0F + std::erf(x * sqrt_half)); }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; cancels left of 0, -0 below -5.4, NaN at -infinity",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
