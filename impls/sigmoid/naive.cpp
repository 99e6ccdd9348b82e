// naive: the textbook formula 1 / (1 + exp(-x)).
// exp(-x) overflows below x = -88.72, where the result becomes 0 although it is a subnormal number.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
T naive(T x) {
    return T(1) / (T(1) + std::exp(-x));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; 0 below -88.72 where exp(-x) overflows and the result is subnormal"))
ULPFRONT_ROW(f64,
             ulpfront::naive_row<naive<double>, double>(
                 "textbook formula; 0 below -709.78 where exp(-x) overflows and the result is subnormal"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
