// naive: the textbook formula relu6(x + 3) / 6, relu6 as in its own naive kernel: NaN becomes 0. x + 3 is
// rounded, which the quotient shows as up to 2/3 ULP; it errs nowhere else.
#include <algorithm>

#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T relu6(T x) {
    return std::min(std::max(T(0), x), T(6));
}

template <class T>
constexpr T naive(T x) {
    return relu6(x + T(3)) / T(6);
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; NaN gives 0; autovectorised outside scalar"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; NaN gives 0; autovectorised outside scalar"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
