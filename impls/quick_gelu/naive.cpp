// naive: the textbook formula x / (1 + exp(-1.702 x)).
// 1.702 x is rounded, and exp turns its absolute error into a relative one: 40 ULP at the left end. exp
// overflows below x = -52.13, where the result becomes -0 although it is still normal down to -53.7; at
// -infinity it is infinity by infinity, NaN.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T naive(T x) {
    return x / (T(1) + std::exp(T(-1.702) * x));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; loses digits to the left, -0 below -52.13, NaN at -infinity"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; loses digits to the left, -0 below -417, NaN at -infinity"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
