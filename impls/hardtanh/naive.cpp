// naive: the textbook formula min(max(-1, x), 1). Exact for every number; but the comparison with -1 is false
// for NaN, which therefore becomes -1.
#include <algorithm>

#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T naive(T x) {
    return std::min(std::max(T(-1), x), T(1));
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; NaN gives -1; autovectorised outside scalar"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; NaN gives -1; autovectorised outside scalar"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
