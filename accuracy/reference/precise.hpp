// A double-double with a bound on its error, computed alongside, as enclosure.hpp does it for other numbers:
// what a function's template is evaluated in for binary64 results.
#pragma once

#include "accuracy/reference/double_double.hpp"

namespace ulpfront {

/// The exact value lies within value +- error.
struct precise {
    double_double value;
    pack error;

    precise() = default;
    ULPFRONT_INLINE precise(const double_double& v, const pack& e) : value(v), error(e) {}
    /// An exact number.
    ULPFRONT_INLINE explicit precise(double exact) : value(pack(exact)), error(0.0) {}
};

/// A comparison: its truth as the values have it, and whether the errors leave it open.
struct precise_mask {
    pack_mask is_true;
    pack_mask is_open;
};

namespace detail {
/// Twice the bound of an operation on doubles-doubles: the surplus pays for the roundings inside the errors.
ULPFRONT_INLINE pack rounding_of(const double_double& v) {
    return abs(v.high) * pack(2 * double_double_bound::arithmetic);
}
inline constexpr double unknown = std::numeric_limits<double>::infinity();
}  // namespace detail

ULPFRONT_INLINE precise operator+(const precise& a, const precise& b) {
    const double_double v = a.value + b.value;
    return {v, a.error + b.error + detail::rounding_of(v)};
}
ULPFRONT_INLINE precise operator-(const precise& a) { return {-a.value, a.error}; }
ULPFRONT_INLINE precise operator-(const precise& a, const precise& b) { return a + -b; }

ULPFRONT_INLINE precise operator*(const precise& a, const precise& b) {
    const double_double v = a.value * b.value;
    const pack propagated = abs(a.value.high) * b.error + (abs(b.value.high) + b.error) * a.error;
    return {v, propagated * pack(1.0 + 0x1p-40) + detail::rounding_of(v) + pack(double_double_bound::tiny)};
}

ULPFRONT_INLINE precise operator/(const precise& a, const precise& b) {
    const double_double v = a.value / b.value;
    // |a/b - A/B| <= (|A/B| eb + ea) / (|b| - eb); nothing is known once b's enclosure reaches zero.
    const pack smallest = abs(b.value.high) * pack(1.0 - 0x1p-50) - b.error;
    const pack propagated = (abs(v.high) * b.error + a.error) / smallest;
    const pack e =
        propagated * pack(1.0 + 0x1p-40) + detail::rounding_of(v) + pack(double_double_bound::tiny);
    return {v, select(pack(0.0) < smallest, e, pack(detail::unknown))};
}

ULPFRONT_INLINE precise_mask operator<(const precise& a, const precise& b) {
    const pack difference = (a.value.high - b.value.high) + (a.value.low - b.value.low);
    return {difference < pack(0.0), abs(difference) * pack(1.0 - 0x1p-40) < a.error + b.error};
}

ULPFRONT_INLINE precise select(const precise_mask& condition, const precise& a, const precise& b) {
    const pack e = select(condition.is_true, a.error, b.error);
    // Where the comparison is open the other arm may be the right one.
    const pack distance =
        abs(a.value.high - b.value.high) * pack(1.0 + 0x1p-40) + (abs(a.value.low) + abs(b.value.low));
    return {select(condition.is_true, a.value, b.value),
            select(condition.is_open, a.error + b.error + distance, e)};
}

ULPFRONT_INLINE precise abs(const precise& a) {
    const pack_mask negative = a.value.high < pack(0.0);
    return {select(negative, -a.value, a.value), a.error};
}

ULPFRONT_INLINE precise max(const precise& a, const precise& b) { return select(a < b, b, a); }

namespace detail {
/// e^error - 1 from above, for the errors that occur; unknown for large ones.
ULPFRONT_INLINE pack growth(const pack& error) {
    return select(error < pack(0x1p-6), error + error * error, pack(unknown));
}
}  // namespace detail

ULPFRONT_INLINE precise exp(const precise& a) {
    const double_double v = exp(a.value);
    const pack e = abs(v.high) * (detail::growth(a.error) + pack(2 * double_double_bound::exp)) +
                   pack(double_double_bound::tiny);
    // e^-670 < tiny: far down a large error of the argument, as that of x^2, does not matter.
    return {v, select(a.value.high + a.error < pack(-670.0), pack(double_double_bound::tiny), e)};
}

ULPFRONT_INLINE precise expm1(const precise& a) {
    const double_double v = expm1(a.value);
    // The derivative is e^a = v + 1. Below -100 the value stands for all of them.
    const pack own = abs(v.high) * pack(2 * double_double_bound::expm1);
    return {v, (abs(v.high + pack(1.0)) * pack(1.0 + 0x1p-40) + pack(0x1p-50)) * detail::growth(a.error) +
                   own + pack(double_double_bound::tiny)};
}

ULPFRONT_INLINE precise log1p(const precise& a) {
    const double_double v = log1p(a.value);
    // |log(w + e) - log w| <= e / (w - |e|), w = 1 + a.
    const pack smallest = (a.value.high + pack(1.0)) * pack(1.0 - 0x1p-50) - a.error;
    const pack e = a.error / smallest * pack(1.0 + 0x1p-40) +
                   abs(v.high) * pack(2 * double_double_bound::log1p) + pack(double_double_bound::tiny);
    const pack_mask known = (pack(0.1) < smallest) & (a.value.high < pack(4.0));
    return {v, select(known, e, pack(detail::unknown))};
}

ULPFRONT_INLINE precise tanh(const precise& a) {
    const double_double v = tanh(a.value);
    return {v, a.error + abs(v.high) * pack(2 * double_double_bound::tanh) + pack(double_double_bound::tiny)};
}

ULPFRONT_INLINE precise erfc(const precise& a) {
    const double_double v = erfc(a.value);
    // |erfc'(a)| = 2/sqrt(pi) e^(-a^2) < 2 (|a| + 1) erfc(|a|): e^(-a^2) < sqrt(pi) (a + 1) erfc(a) for a >=
    // 0.
    const pack size = abs(a.value.high);
    const pack tail = select(a.value.high < pack(0.0), pack(2.0) - v.high, v.high);
    const pack steep = larger(abs(tail), pack(0x1p-1000));
    const pack propagated = pack(2.5) * (size + pack(1.0)) * steep * a.error;
    const pack own = abs(v.high) * pack(2 * double_double_bound::erfc) +
                     steep * (size * size) * pack(2 * double_double_bound::erfc_square);
    // An error that e^(-a^2) would feel more than linearly is none of the errors that occur.
    const pack e = propagated + own + pack(double_double_bound::tiny);
    return {v, select(size * a.error < pack(0x1p-10), e, pack(detail::unknown))};
}

/// Constants to 106 bits.
template <>
struct constants<precise> {
    static precise sqrt_half() { return of(detail::root_pairs[0]); }
    static precise sqrt_two_over_pi() { return of(detail::root_pairs[1]); }

  private:
    static precise of(const detail::pair& number) {
        return {detail::constant(number), pack(number.high * double_double_bound::arithmetic)};
    }
};

}  // namespace ulpfront
