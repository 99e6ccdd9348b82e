// naive: the textbook formula log(1 + exp(x)).
// exp(x) overflows above x = 88.72, where the result becomes infinite although it is just x. Below 0 the
// sum 1 + exp(x) loses the digits of exp(x), all of them from x = -16.64 on, where the result becomes 0.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T naive(T x) {
    return std::log(T(1) + std::exp(x));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; infinite above 88.72, loses digits below 0 and is 0 below -16.64"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; infinite above 709.78, loses digits below 0 and is 0 below -36.74"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
