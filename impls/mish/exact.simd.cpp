// exact: with e = e^-|x| x e (e + 2) / (e^2 + 2 e + 2) on the left and x (1 + 2 e) / (1 + 2 e + 2 e^2) on the
// right, on binary64 lanes within 2^-50 of itself, rounded correctly (simd/round_correctly.hpp). x is clamped
// at -112, where the result rounds to -0: -infinity times 0 would be NaN.
#include "impls/simd/round_correctly.hpp"
#include "impls/simd/wide_exp.hpp"

namespace {

using namespace ulpfront;

#include "impls/mish/exact.midpoints.inc"

template <class Arch>
struct exact {
    using wide_batch = xsimd::batch<double, Arch>;
    static constexpr std::span<const simd::rounded_result> midpoints{near_midpoints};

    static wide_batch wide(const wide_batch& x) {
        // As the second argument NaN is kept by the minimum and the maximum of every ISA.
        const wide_batch bounded = xsimd::max(wide_batch(-112.0), x);
        const wide_batch e = simd::wide_exp<Arch>(xsimd::max(wide_batch(-112.0), simd::minus_abs(x)));
        const wide_batch two(2.0);
        const auto is_left = x < wide_batch(0.0);
        const wide_batch square = e * e;
        const wide_batch n = simd::fma(two, e, xsimd::select(is_left, square, wide_batch(1.0)));
        const wide_batch d = simd::fma(two, xsimd::select(is_left, wide_batch(1.0), square), n);
        return simd::divide(bounded * n, d);
    }
};

}  // namespace

ULPFRONT_ROW(exact, simd::exact_row<exact<simd::native>>())
