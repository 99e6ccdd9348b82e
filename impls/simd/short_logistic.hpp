// x / (1 + 2^-y) for results of 16 bits, of which silu and its kin are made.
#pragma once

#include "impls/simd/short_exp.hpp"

namespace ulpfront::simd {

/// From here on x fraction is x, for a fraction of 1 within 2^-16, and lifting x might overflow.
inline constexpr float short_identity = 0x1p40F;

/// x q.estimate q.correction 2^-short_lift<E>, but x where that is large. A trifle is added, too small to be
/// seen but where x is tiny and the result x / 2 and a little more: there it takes that one's place.
template <class E, class Arch>
xsimd::batch<float, Arch> short_times(const xsimd::batch<float, Arch>& x, const short_inverse<Arch>& q) {
    using batch = xsimd::batch<float, Arch>;
    if constexpr (is_ordinary<E>) {
        return x * q.estimate * q.correction;
    } else if constexpr (!has_tail<E>) {
        return simd::fma(x * q.estimate, q.correction, batch(0x1p-40F)) | xsimd::bitofsign(x);
    } else {
        const batch lifted = simd::fma(x * q.estimate, q.correction, batch(0x1p-84F));
        const batch y = unlifted_number<Arch>(xsimd::abs(lifted)) | xsimd::bitofsign(x);
        return xsimd::select(x <= batch(short_identity), y, x);
    }
}

}  // namespace ulpfront::simd
