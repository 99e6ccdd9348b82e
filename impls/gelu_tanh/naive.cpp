// naive: the textbook formula x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2.
// Left of 0 the sum 1 + tanh cancels: all digits are gone from x = -5.2 on, where the result becomes -0
// although it is a number down to -10.9. At -infinity it is infinity by 0, NaN.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

constexpr float rate = 0.79788456080286535588F;

float naive(float x) { return 0.5F * x * (1.0F + std::tanh(rate * (x + 0.044715F * x * x * x))); }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; cancels left of 0, -0 below -5.2, NaN at -infinity",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
