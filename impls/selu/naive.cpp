// naive: the textbook formula lambda x for x > 0, lambda alpha (exp(x) - 1) otherwise. Close to 0 the digits
// of exp(x) - 1 cancel: the relative error grows like 2^-25/|x|, and from |x| < 2^-25 on the result is 0.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T lambda = T(1.0507009873554804934);
template <class T>
constexpr T alpha = T(1.6732632423543772848);

template <class T>
T naive(T x) {
    return lambda<T> * (x > T(0) ? x : alpha<T> * (std::exp(x) - T(1)));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; cancels left of 0, and is 0 there below |x| = 2^-25"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; cancels left of 0, and is 0 there below |x| = 2^-54"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
