// (x + 3) / 6 between 0 and 1, of which the hard sigmoid and the hard swish are made, as a sum of two:
// 1. Of an x between -3 and 3, x + 3 = s + lost exactly (Dekker's sum, 3 being the larger).
// 2. q = s times the rounded 1/6, within 1.5 ULP of s / 6.
// 3. The rest s - 6 q by s - 4 q - 2 q: both differences are of numbers within a factor of two, and exact.
// 4. The other part is (rest + lost) / 6, within 2^-22 of itself.
#pragma once

#include "impls/simd/fma.hpp"

namespace ulpfront::simd {

/// (inside + 3) / 6 = q + low, |low| no more than two ulps of q.
template <class T, class Arch>
struct sixth_parts {
    xsimd::batch<T, Arch> inside;  ///< x between -3 and 3, NaN where x is
    xsimd::batch<T, Arch> q, low;
};

template <class T, class Arch>
sixth_parts<T, Arch> sixth_of_raised(const xsimd::batch<T, Arch>& x) {
    using batch = xsimd::batch<T, Arch>;
    const batch three(T(3));
    const batch sixth(T(1) / T(6));
    // As the second argument NaN is kept by minimum and maximum of every ISA.
    const batch inside = xsimd::min(three, xsimd::max(batch(T(-3)), x));
    const batch sum = inside + three;
    const batch lost = (three - sum) + inside;
    const batch q = sum * sixth;
    const batch rest = simd::fnma(q, batch(T(2)), simd::fnma(q, batch(T(4)), sum));
    return {inside, q, (rest + lost) * sixth};
}

}  // namespace ulpfront::simd
