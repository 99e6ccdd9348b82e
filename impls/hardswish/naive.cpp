// naive: the textbook formula x relu6(x + 3) / 6. The product overflows above FLT_MAX / 6 although the result
// is just x; at -infinity it is infinity by 0, NaN; and relu6 makes 0 of NaN, which x makes NaN again.
#include <algorithm>

#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T relu6(T x) {
    return std::min(std::max(T(0), x), T(6));
}

template <class T>
constexpr T naive(T x) {
    return x * relu6(x + T(3)) / T(6);
}

}  // namespace

ULPFRONT_ROW(f32,
             ulpfront::naive_row<naive<float>, float>(
                 "textbook formula; infinite above 5.67e37, NaN at -infinity; autovectorised outside scalar"))
ULPFRONT_ROW(f64,
             ulpfront::naive_row<naive<double>, double>(
                 "textbook formula; infinite above 3e307, NaN at -infinity; autovectorised outside scalar"))
ULPFRONT_WIDENED_NAIVE_ROWS(naive<float>)
