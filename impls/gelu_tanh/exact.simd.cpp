// exact: x sigmoid(t), t = 2 sqrt(2/pi) (x + 0.044715 x^3), on binary64 lanes within 2^-50 of itself, rounded
// correctly (simd/round_correctly.hpp).
//
// t's absolute error is the result's relative one, so t = x (f + g), where f has 26 bits, which makes x f
// exact, and g is what f lacks: ((linear_high - f) + cubic_high x^2) + (linear_low + cubic_low x^2), the
// first two terms exact. x is clamped at -11, where the result rounds to -0: -infinity times 0 would be NaN.
#include "impls/simd/round_correctly.hpp"
#include "impls/simd/wide_exp.hpp"

namespace {

using namespace ulpfront;

#include "impls/gelu_tanh/exact.coef.inc"
#include "impls/gelu_tanh/exact.midpoints.inc"

template <class Arch>
struct exact {
    using wide_batch = xsimd::batch<double, Arch>;
    static constexpr std::span<const simd::rounded_result> midpoints{near_midpoints};

    static wide_batch wide(const wide_batch& x) {
        // As the second argument NaN is kept by the minimum and the maximum of every ISA.
        const wide_batch bounded = xsimd::max(wide_batch(-11.0), x);
        const wide_batch left =
            xsimd::max(wide_batch(-11.0), xsimd::min(wide_batch(-0x1p-50), simd::minus_abs(x)));
        const wide_batch square = left * left;
        const wide_batch magic(0x1.8p30);
        const wide_batch f = (simd::fma(square, wide_batch(cubic), wide_batch(linear_high)) + magic) - magic;
        const wide_batch first = simd::fma(square, wide_batch(cubic_high), wide_batch(linear_high) - f);
        const wide_batch second = simd::fma(square, wide_batch(cubic_low), wide_batch(linear_low));
        const wide_batch e = simd::wide_exp<Arch>(left * f, left * (first + second));
        return simd::wide_times_logistic<Arch>(bounded, e);
    }
};

}  // namespace

ULPFRONT_ROW(exact, simd::exact_row<exact<simd::native>>())
