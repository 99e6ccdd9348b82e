// Quotients of the form N / (1 + e^-a), of which sigmoid, silu and their kin are made.
//
// With e = e^-|t|, sigmoid(t) is e / (1 + e) for t < 0 and 1 / (1 + e) otherwise.
#pragma once

#include "impls/simd/divide.hpp"
#include "impls/simd/exp_table.hpp"

namespace ulpfront::simd {

/// A quotient as q + rest inverse.
template <class Arch>
struct quotient {
    xsimd::batch<float, Arch> q, rest, inverse;
};

/// (head + tail) / (1 + e), e = 2^n (e.head + e.tail), within 2^-27 of itself. The denominator is a sum of
/// two floats; q is an estimate, rest = numerator - q denominator, exact by FMA.
template <class Arch>
quotient<Arch> over_one_plus(const xsimd::batch<float, Arch>& head, const xsimd::batch<float, Arch>& tail,
                             const exp_parts<Arch>& e) {
    using batch = xsimd::batch<float, Arch>;
    const batch one(1.0F);
    // What the sum loses of e may be all of it.
    const batch lifted = not_too_small<Arch>(e.n.lifted(e.head + e.tail));
    const batch d = fma_once<Arch>(lifted, batch(unlift), one);
    const batch d_low = fma_once<Arch>(lifted, batch(unlift), one - d);
    const batch inverse = reciprocal_estimate<Arch>(d);
    const batch q = (head + tail) * inverse;
    const batch rest = fma_once<Arch>(negated(q), d, head) + tail;
    return {q, simd::fnma(q, d_low, rest), inverse};
}

/// sigmoid(t), rounded once, with e = e^-|t|, left = t < 0.
template <class Arch>
xsimd::batch<float, Arch> logistic(const exp_parts<Arch>& e, const xsimd::batch_bool<float, Arch>& left) {
    using batch = xsimd::batch<float, Arch>;
    const auto s = over_one_plus<Arch>(xsimd::select(left, e.head, batch(1.0F)),
                                       xsimd::select(left, e.tail, batch(0x1p-60F)), e);
    return e.n.template times_where<sign::positive>(left, simd::fma(s.rest, s.inverse, s.q));
}

/// x sigmoid(t + t_low) rounded once, with e = e^-|t + t_low|, left = t < 0. x is no -infinity.
template <class Arch>
xsimd::batch<float, Arch> times_logistic(const xsimd::batch<float, Arch>& x, const exp_parts<Arch>& e,
                                         const xsimd::batch_bool<float, Arch>& left) {
    using batch = xsimd::batch<float, Arch>;
    // 2^-60 changes nothing but keeps the rest from being subnormal, which is slow.
    const auto s = over_one_plus<Arch>(xsimd::select(left, e.head, batch(1.0F)),
                                       xsimd::select(left, e.tail, batch(0x1p-60F)), e);
    // An infinite x must not meet a rest of 0.
    const batch finite = xsimd::min(batch(0x1.fffffep127F), x);
    return e.n.template times_where<sign::negative>(left,
                                                    fma_once<Arch>(x, s.q, finite * (s.rest * s.inverse)));
}

/// The same from one division, within 3 ULP.
template <class Arch>
xsimd::batch<float, Arch> quick_times_logistic(const xsimd::batch<float, Arch>& x,
                                               const quick_exp_parts<Arch>& e,
                                               const xsimd::batch_bool<float, Arch>& left) {
    using batch = xsimd::batch<float, Arch>;
    const batch one(1.0F);
    const batch lifted = e.n.lift(e.mantissa);
    const batch d = simd::fma(beside_one<Arch>(lifted), batch(unlift), one);
    const batch y = x * simd::divide(xsimd::select(left, lifted, one), d);
    return unlifted_where<Arch, sign::negative>(left, y, y);
}

}  // namespace ulpfront::simd
