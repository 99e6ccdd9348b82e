// naive: the textbook formula (e^x - e^-x) / (e^x + e^-x).
// One of the two overflows beyond |x| = 88.72, and infinity by infinity is NaN. Close to 0 the difference
// cancels: from |x| < 2^-25 on the result is 0.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float naive(float x) {
    const float rising = std::exp(x);
    const float falling = std::exp(-x);
    return (rising - falling) / (rising + falling);
}

}  // namespace

ULPFRONT_ROW(naive, ulpfront::scalar_row<naive, float>({
                        .kernel = "naive",
                        .method = ULPFRONT_METHOD_NAIVE,
                        .note = "textbook formula; NaN beyond 88.72, cancels close to 0",
                    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
