// Where x/2 is the middle between 0 and the smallest number.
#pragma once

#include <limits>
#include <xsimd/xsimd.hpp>

namespace ulpfront::simd {

/// y = f(x) where f(x) = x/2 + c x^2 + ..., c > 0 and f(x) >= x: as above_half in impls/kernel.hpp. As the
/// second argument NaN is kept by the maximum of every ISA.
template <class T, class Arch>
xsimd::batch<T, Arch> above_half(const xsimd::batch<T, Arch>& x, const xsimd::batch<T, Arch>& y) {
    return xsimd::max(xsimd::min(xsimd::batch<T, Arch>(std::numeric_limits<T>::denorm_min()), x), y);
}

}  // namespace ulpfront::simd
