// naive: the textbook formula (e^x - e^-x) / (e^x + e^-x).
// One of the two overflows beyond |x| = 88.72, and infinity by infinity is NaN. Close to 0 the difference
// cancels: from |x| < 2^-25 on the result is 0.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T naive(T x) {
    const T rising = std::exp(x);
    const T falling = std::exp(-x);
    return (rising - falling) / (rising + falling);
}

}  // namespace

ULPFRONT_ROW(
    f32, ulpfront::naive_row<naive<float>, float>("textbook formula; NaN beyond 88.72, cancels close to 0"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; NaN beyond 709.78, cancels close to 0"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
