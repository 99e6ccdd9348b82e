// naive: the textbook formula x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2.
// Left of 0 the sum 1 + tanh cancels: all digits are gone from x = -5.2 on, where the result becomes -0
// although it is a number down to -10.9. At -infinity it is infinity by 0, NaN.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T rate = T(0.79788456080286535588);

template <class T>
T naive(T x) {
    return T(0.5) * x * (T(1) + std::tanh(rate<T> * (x + T(0.044715) * x * x * x)));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; cancels left of 0, -0 below -5.2, NaN at -infinity"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; cancels left of 0, -0 below -7.1, NaN at -infinity"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
