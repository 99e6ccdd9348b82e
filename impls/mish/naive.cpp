// naive: the textbook formula x tanh(log(1 + exp(x))).
// exp(x) overflows above 88.72, which tanh forgives. Left of 0 the sum 1 + exp(x) loses the digits of exp(x),
// all of them from x = -16.64 on, where the result becomes -0. At -infinity it is infinity by 0, NaN.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T naive(T x) {
    return x * std::tanh(std::log(T(1) + std::exp(x)));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; loses digits left of 0, -0 below -16.64, NaN at -infinity"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; loses digits left of 0, -0 below -36.74, NaN at -infinity"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
