// naive: the textbook formula lambda x for x > 0, lambda alpha (exp(x) - 1) otherwise. Close to 0 the digits
// of exp(x) - 1 cancel: the relative error grows like 2^-25/|x|, and from |x| < 2^-25 on the result is 0.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

constexpr float lambda = 1.0507009873554804934F;
constexpr float alpha = 1.6732632423543772848F;

float naive(float x) { return lambda * (x > 0.0F ? x : alpha * (std::exp(x) - 1.0F)); }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; cancels left of 0, and is 0 there below |x| = 2^-25",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
