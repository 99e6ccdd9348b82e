// What a function.hpp is written in: the facts of a function, and the vocabulary its definition uses.
//
// A function's folder holds a function.hpp that defines three things in namespace ulpfront::functions,
// all named after the folder (here: NAME):
//   template <class T> struct NAME_value;    the definition, T the dtype that parameters are rounded to
//   template <class T> struct NAME_slope;    its derivative, likewise
//   inline constexpr function_facts NAME_facts;
// The definitions are evaluated for T = float (f32, f16, bf16) or double (f64) with Real being MPFR,
// exact rationals, double, or the reference's vector of enclosures. They must therefore be branch-free:
// no `if`, no `?:`, but select(condition, a, b), of which both arms are evaluated; and be accurate in
// Real: no cancellation that Real's own precision cannot pay for.
#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <span>

namespace ulpfront {

/// Symmetries that hold bit for bit (odd, even) or within the two errors (complement: f(x)+f(-x) = 1).
enum class symmetry { none, odd, even, complement };

/// A closed interval of inputs on which the function does not change direction.
struct monotone_piece {
    double from;
    double to;
    int direction;  ///< +1 never falls, -1 never rises
};

/// What is true of a function whatever the kernel. At NaN every function is NaN.
struct function_facts {
    const char* name;     ///< the folder's name
    const char* title;    ///< for headings: "Sigmoid"
    const char* formula;  ///< for people, plain text: "1 / (1 + exp(-x))"
    const char* mathml;   ///< the same, presentation MathML without the <math> element
    double range_low;     ///< closed range; results may be its ends, rounded
    double range_high;
    symmetry symmetric;
    std::span<const monotone_piece> monotone;
    /// c0 + c1 x + c2 x^2 + c3 x^3, the first terms for x -> 0-, within x^4 of the function for
    /// -2^-10 <= x < 0: there the reference takes them for it.
    std::array<double, 4> series_below;
    std::array<double, 4> series_above;  ///< the same for x -> 0+
    double at_minus_infinity;            ///< the limits, which stand for the template there
    double at_plus_infinity;
    double at_minus_zero;  ///< with its sign, where zero
    double at_plus_zero;
    bool rational;      ///< value is computable in exact rationals: ties are then decided exactly
    double timed_from;  ///< the interval it is usually timed on
    double timed_to;
    /// Where a parameter's rounding to binary64 changes these for f64; the fields above are of T = float.
    std::optional<double> range_low_f64 = std::nullopt;
    std::optional<double> at_minus_infinity_f64 = std::nullopt;
};

/// The facts for T, where range and limits are those of T's parameters; the series are of T = float always.
template <class T>
constexpr function_facts facts_for(function_facts facts) {
    if constexpr (std::numeric_limits<T>::digits > std::numeric_limits<float>::digits) {
        facts.range_low = facts.range_low_f64.value_or(facts.range_low);
        facts.at_minus_infinity = facts.at_minus_infinity_f64.value_or(facts.at_minus_infinity);
    }
    return facts;
}

// The vocabulary. These serve plain floating types; multiprecision and vector types bring their own,
// found by argument-dependent look-up.
using std::abs;
using std::erfc;
using std::exp;
using std::expm1;
using std::log1p;
using std::tanh;

/// condition ? if_true : if_false, as a function so that vector types can blend.
template <class Real>
constexpr Real select(bool condition, const Real& if_true, const Real& if_false) {
    return condition ? if_true : if_false;
}

/// The larger of the two, by select.
template <class Real>
constexpr Real max(const Real& a, const Real& b) {
    return select(a < b, b, a);
}

/// Mathematical constants, as exact as Real is. Types with their own bound on errors specialise it.
template <class Real>
struct constants {
    /// sqrt(1/2).
    static Real sqrt_half() {
        using std::sqrt;
        return sqrt(Real(0.5));
    }
    /// sqrt(2/pi).
    static Real sqrt_two_over_pi() {
        using std::atan;
        using std::sqrt;
        return sqrt(Real(0.5) / atan(Real(1)));
    }
};

/// Shorthand for the facts.
inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// The one piece of a function that never falls.
inline constexpr std::array<monotone_piece, 1> rises_everywhere{{{-infinity, infinity, +1}}};

}  // namespace ulpfront
