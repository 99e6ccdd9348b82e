// Where x/2 is the middle between 0 and the smallest number.
#pragma once

#include <limits>
#include <xsimd/xsimd.hpp>

#include "impls/simd/lift.hpp"

namespace ulpfront::simd {

/// y = f(x) where f(x) = x/2 + c x^2 + ..., c > 0 and f(x) >= x: as above_half in impls/kernel.hpp; for a
/// kernel that is kept from tiny x (near_zero.hpp) where these are slow.
template <class T, class Arch>
xsimd::batch<T, Arch> above_half(const xsimd::batch<T, Arch>& x, const xsimd::batch<T, Arch>& y) {
    if constexpr (has_slow_subnormals<Arch>) return y;
    // As the second argument NaN is kept by the maximum of every ISA.
    return xsimd::max(xsimd::min(xsimd::batch<T, Arch>(std::numeric_limits<T>::denorm_min()), x), y);
}

}  // namespace ulpfront::simd
