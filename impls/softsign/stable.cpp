// stable: x / (1 + |x|) with x clamped at the largest numbers, where the result is 1 already, so that
// infinity does not meet infinity. Error: half an ulp of the sum, up to double in the quotient, and half of
// the quotient.
#include <algorithm>
#include <cmath>
#include <limits>

#include "impls/kernel.hpp"

namespace {

template <class T>
T stable(T x) {
    constexpr T largest = std::numeric_limits<T>::max();
    const T bounded = std::max(std::min(x, largest), -largest);
    return bounded / (T(1) + std::abs(bounded));
}

constexpr ulpfront::row_facts facts{
    .kernel = "stable",
    .method = ULPFRONT_METHOD_STABLE,
    .promise_kind = ULPFRONT_PROMISE_ULP,
    .promise_value = 1.5,
    .promise_flags = ulpfront::all_special_values,
    .note = "x / (1 + |x|), x clamped to finite numbers; autovectorised outside scalar",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts))
