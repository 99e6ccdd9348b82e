// naive: the textbook formula x for x > 0, 0.01 x otherwise. One multiplication, correctly rounded: it is
// right everywhere, and what `stable` promises holds for it too.
#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T naive(T x) {
    return x > T(0) ? x : T(0.01) * x;
}

}  // namespace

ULPFRONT_ROW(f32, ulpfront::naive_row<naive<float>, float>(
                      "textbook formula; fails nowhere; autovectorised outside scalar"))
ULPFRONT_ROW(f64, ulpfront::naive_row<naive<double>, double>(
                      "textbook formula; fails nowhere; autovectorised outside scalar"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
