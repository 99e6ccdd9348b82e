// stable: expm1 instead of exp - 1, so that nothing cancels, and lambda alpha in two parts, so that its
// rounding does not count. Error left of 0: expm1's, up to double in the product, and half an ulp of the
// product.
#include <cmath>

#include "impls/kernel.hpp"

namespace {

template <class T>
constexpr T lambda = T(1.0507009873554804934);
template <class T>
constexpr T alpha = T(1.6732632423543772848);

template <class T>
T stable(T x) {
    if (x > T(0)) return lambda<T> * x;
    constexpr T depth = lambda<T> * alpha<T>;
    const T depth_low = std::fma(lambda<T>, alpha<T>, -depth);
    const T t = std::expm1(x);
    return std::fma(t, depth, t * depth_low);
}

constexpr ulpfront::row_facts facts{
    .kernel = "stable",
    .method = ULPFRONT_METHOD_STABLE,
    .promise_kind = ULPFRONT_PROMISE_ULP,
    .promise_value = 2.0,
    .promise_flags = ulpfront::all_special_values,
    .note = "lambda alpha expm1(x) by an FMA, libm's expm1",
};

}  // namespace

ULPFRONT_ROW(f32, ulpfront::scalar_row<stable<float>, float>(facts))
ULPFRONT_ROW(f64, ulpfront::scalar_row<stable<double>, double>(facts))
