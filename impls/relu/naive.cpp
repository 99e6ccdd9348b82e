// naive: the textbook formula max(0, x). No rounding, so every number comes out exact; but the comparison
// is false for NaN, which therefore becomes 0: a broken input passes for a dead neuron.
#include <algorithm>

#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T naive(T x) {
    return std::max(T(0), x);
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; NaN gives 0; autovectorised outside scalar"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; NaN gives 0; autovectorised outside scalar"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
