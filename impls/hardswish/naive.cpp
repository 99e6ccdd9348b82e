// naive: the textbook formula x relu6(x + 3) / 6. The product overflows above FLT_MAX / 6 although the result
// is just x; at -infinity it is infinity by 0, NaN; and relu6 makes 0 of NaN, which x makes NaN again.
#include <algorithm>

#include "impls/kernel.hpp"

namespace {

constexpr float relu6(float x) { return std::min(std::max(0.0F, x), 6.0F); }

constexpr float naive(float x) { return x * relu6(x + 3.0F) / 6.0F; }

}  // namespace

ULPFRONT_ROW(
    naive,
    ulpfront::scalar_row<naive, float>({
        .kernel = "naive",
        .method = ULPFRONT_METHOD_NAIVE,
        .note = "textbook formula; infinite above 5.67e37, NaN at -infinity; autovectorised outside scalar",
    }))
ULPFRONT_WIDENED_NAIVE_ROWS(naive)
