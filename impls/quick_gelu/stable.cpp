// stable: as silu's with v = 1.702 x, x e/(1+e) for x < 0 and x/(1+e) otherwise, e = exp(-|v|) <= 1. Rounding
// v would cost 40 ULP, so v/2 = p + l with p a binary32 number, and h = exp(-|v|/2) is expf(-p) times 1 - l.
// e is its square in binary64, as is the rest, since as a binary32 number it can be subnormal where the
// result is not. x is clamped where h is 0, so that an infinity does not meet it. Error: glibc's expf errs by
// at most 0.502 ulp, the series' rest by 2^-35, so e by twice 2^-24 * 1.005, which the fractions take over at
// most whole, and half an ulp: 2.51.
#include <algorithm>
#include <cmath>

#include "impls/kernel.hpp"

namespace {

float stable(float x) {
    const double a = std::min(std::abs(x), 300.0F);
    const double v = 0.5 * static_cast<double>(1.702F) * a;
    const auto p = static_cast<float>(v);
    const double h = std::exp(-p) * (1.0 - (v - p));
    const double e = h * h;
    return static_cast<float>(x < 0.0F ? -a * e / (1.0 + e) : x / (1.0 + e));
}

}  // namespace

ULPFRONT_ROW(stable,
             ulpfront::scalar_row<stable, float>({
                 .kernel = "stable",
                 .method = ULPFRONT_METHOD_STABLE,
                 .promise_kind = ULPFRONT_PROMISE_ULP,
                 .promise_value = 2.51,
                 .promise_flags = ulpfront::all_special_values,
                 .note = "x e/(1+e) or x/(1+e), e the square of libm's exp(-1.702 |x|/2), in binary64",
             }))
