// naive: the textbook formula min(max(0, x), 6). Exact for every number; but the comparison with 0 is false
// for NaN, which therefore becomes 0.
#include <algorithm>

#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T naive(T x) {
    return std::min(std::max(T(0), x), T(6));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; NaN gives 0; autovectorised outside scalar"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; NaN gives 0; autovectorised outside scalar"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
