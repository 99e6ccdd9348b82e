// short: x / (1 + |x|) for results of 16 bits, by the ISA's estimate of a reciprocal, corrected once
// (simd/short_exp.hpp): within 2^-20 of itself before the last rounding. x is clamped where the result rounds
// to 1 already, so that infinity does not meet a reciprocal of 0.
#include "impls/simd/narrow.hpp"
#include "impls/simd/short_exp.hpp"

namespace {

using namespace ulpfront;

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;

    static batch eval(const batch& any) {
        // As the second argument NaN is kept by the minimum and the maximum of every ISA.
        const batch x = xsimd::min(batch(0x1p20F), xsimd::max(batch(-0x1p20F), any));
        const auto inverse = simd::short_inverse_of<Arch>(batch(1.0F) + xsimd::abs(x));
        return (x * inverse.estimate) * inverse.correction;
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
