// naive: the textbook formula x for x > 0, exp(x) - 1 otherwise.
// exp(x) is rounded to 24 bits beside 1 before 1 is taken away: close to 0 the digits cancel, the relative
// error grows like 2^-25/|x|, and from |x| < 2^-25 on the result is 0.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float naive(float x) { return x > 0.0F ? x : std::exp(x) - 1.0F; }

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; cancels left of 0, and is 0 there below |x| = 2^-25",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
