// naive: the textbook formula x for x > 0, exp(x) - 1 otherwise.
// exp(x) is rounded to 24 bits beside 1 before 1 is taken away: close to 0 the digits cancel, the relative
// error grows like 2^-25/|x|, and from |x| < 2^-25 on the result is 0.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T naive(T x) {
    return x > T(0) ? x : std::exp(x) - T(1);
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; cancels left of 0, and is 0 there below |x| = 2^-25"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; cancels left of 0, and is 0 there below |x| = 2^-54"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
