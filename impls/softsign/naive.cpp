// naive: the textbook formula x / (1 + |x|). Infinity by infinity is NaN; else it errs by 1.5 ULP.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T naive(T x) {
    return x / (T(1) + std::abs(x));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; NaN at both infinities; autovectorised outside scalar"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; NaN at both infinities; autovectorised outside scalar"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
