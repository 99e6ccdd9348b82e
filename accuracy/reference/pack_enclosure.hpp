// Enclosures of packs, of two kinds: with bounds on rounding errors, and with the errors themselves.
#pragma once

#include <cstdint>
#include <limits>

#include "accuracy/reference/elementary.hpp"
#include "accuracy/reference/enclosure.hpp"
#include "accuracy/reference/engine_parts.hpp"

namespace ulpfront {

template <>
struct enclosure_traits<pack> {
    using mask = pack_mask;
    ULPFRONT_INLINE static pack unit() { return pack(0x1p-52); }
    ULPFRONT_INLINE static pack tiny() { return pack(elementary_bound::tiny); }
    ULPFRONT_INLINE static pack unknown() { return pack(std::numeric_limits<double>::infinity()); }
    /// 2^-floor(log2 x).
    ULPFRONT_INLINE static pack reciprocal_bound(pack x) {
        return from_bits(pack_bits((std::int64_t{2} * 1023) << 52) - (bits(x) & pack_bits(exponent_bits)));
    }
    ULPFRONT_INLINE static pack bound_exp() { return pack(elementary_bound::exp); }
    ULPFRONT_INLINE static pack bound_expm1() { return pack(elementary_bound::expm1); }
    ULPFRONT_INLINE static pack bound_log1p() { return pack(elementary_bound::log1p); }
    ULPFRONT_INLINE static pack bound_tanh() { return pack(elementary_bound::tanh); }
    ULPFRONT_INLINE static pack bound_erfc() { return pack(elementary_bound::erfc); }
    /// By e^error - 1, for the errors that occur; unknown for large ones.
    ULPFRONT_INLINE static pack exp_spread(pack /*a*/, pack error, pack power) {
        return power * select(error < pack(0x1p-6), error + error * error, unknown());
    }
    ULPFRONT_INLINE static pack exp_vanishes() { return pack(-620.0); }
    ULPFRONT_INLINE static pack sqrt_half() { return pack(constants<double>::sqrt_half()); }
    ULPFRONT_INLINE static pack sqrt_two_over_pi() { return pack(constants<double>::sqrt_two_over_pi()); }
    ULPFRONT_INLINE static pack exp(pack x) { return ulpfront::exp(x); }
    ULPFRONT_INLINE static pack expm1(pack x) { return ulpfront::expm1(x); }
    ULPFRONT_INLINE static pack log1p(pack x) { return ulpfront::log1p(x); }
    ULPFRONT_INLINE static pack tanh(pack x) { return ulpfront::tanh(x); }
    ULPFRONT_INLINE static pack erfc(pack x) { return ulpfront::erfc(x); }
};

/// A pack in whose enclosures sums, products and quotients carry their true rounding errors: where an
/// operation is exact it adds nothing. For rational functions, some of whose values are ties that are known
/// to be ties only so. Error-free transformations after Knuth (sum) and Dekker (product); the residual of a
/// quotient is a number of the format (Boldo, Daumas: Representable correcting terms, 2003). |values| in
/// 2^-400 ... 2^400, or zero.
struct exact_pack : pack {
    exact_pack() = default;
    ULPFRONT_INLINE exact_pack(const pack& from) : pack(from) {}  // NOLINT(google-explicit-constructor)
    ULPFRONT_INLINE explicit exact_pack(double all) : pack(all) {}
};

template <>
struct enclosure_traits<exact_pack> : enclosure_traits<pack> {};

namespace detail {

/// The upper 26 bits of each number.
ULPFRONT_INLINE pack upper_half(const pack& a) {
    const pack shifted = a * pack(0x1p27 + 1.0);
    return shifted - (shifted - a);
}

/// a b - product, for product = a b rounded.
ULPFRONT_INLINE pack product_rest(const pack& a, const pack& b, const pack& product) {
    const pack ah = upper_half(a);
    const pack bh = upper_half(b);
    const pack al = a - ah;
    const pack bl = b - bh;
    return ((ah * bh - product) + ah * bl + al * bh) + al * bl;
}

}  // namespace detail

ULPFRONT_INLINE enclosure<exact_pack> operator+(const enclosure<exact_pack>& a,
                                                const enclosure<exact_pack>& b) {
    const pack v = a.value + b.value;
    const pack of_b = v - a.value;
    const pack rest = (a.value - (v - of_b)) + (b.value - of_b);
    return {v, a.error + b.error + abs(rest)};
}

ULPFRONT_INLINE enclosure<exact_pack> operator*(const enclosure<exact_pack>& a,
                                                const enclosure<exact_pack>& b) {
    const pack v = a.value * b.value;
    const pack propagated = abs(a.value) * b.error + (abs(b.value) + b.error) * a.error;
    return {v, propagated + abs(detail::product_rest(a.value, b.value, v))};
}

ULPFRONT_INLINE enclosure<exact_pack> operator/(const enclosure<exact_pack>& a,
                                                const enclosure<exact_pack>& b) {
    using traits = enclosure_traits<exact_pack>;
    const pack v = a.value / b.value;
    const pack product = v * b.value;
    const pack rest = (a.value - product) - detail::product_rest(v, b.value, product);
    const pack smallest = abs(b.value) - b.error;
    const pack numerator = abs(v) * b.error + a.error + abs(rest);
    return {v,
            select(pack(0.0) < smallest, numerator * traits::reciprocal_bound(smallest), traits::unknown())};
}

}  // namespace ulpfront
