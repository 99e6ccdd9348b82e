// naive: the textbook formula x (1 + erf(x / sqrt(2))) / 2.
// Left of 0 the sum 1 + erf cancels: all digits are gone from x = -5.4 on, where the result becomes -0
// although it is a number down to -14.4. At -infinity it is infinity by 0, NaN.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T sqrt_half = T(0.70710678118654752440);

template <class T>
T naive(T x) {
    return T(0.5) * x * (T(1) + std::erf(x * sqrt_half<T>));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; cancels left of 0, -0 below -5.4, NaN at -infinity"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; cancels left of 0, -0 below -8.3, NaN at -infinity"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
