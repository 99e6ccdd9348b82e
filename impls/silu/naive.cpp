// naive: the textbook formula x / (1 + exp(-x)).
// exp(-x) overflows below x = -88.72, where the result becomes -0 although it is still normal down to -91.9;
// at -infinity it is infinity by infinity, NaN.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T naive(T x) {
    return x / (T(1) + std::exp(-x));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; -0 below -88.72 where exp(-x) overflows, NaN at -infinity"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; -0 below -709.78 where exp(-x) overflows, NaN at -infinity"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
