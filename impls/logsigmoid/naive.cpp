// naive: the textbook formula log(1 / (1 + exp(-x))).
// exp(-x) overflows below x = -88.72, where the result becomes -infinity although it is just x. Above 0 the
// sum 1 + exp(-x) loses the digits of exp(-x), all of them from x = 16.64 on, where the result becomes 0.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T naive(T x) {
    return std::log(T(1) / (T(1) + std::exp(-x)));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; -infinite below -88.72, loses digits above 0 and is 0 above 16.64"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; -infinite below -709.78, loses digits above 0 and is 0 above 36.74"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
