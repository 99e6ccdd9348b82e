// The judge: the function's own template at high precision (MPFR), with a running bound on its own error.
// It decides what the fast reference leaves open, at rising precision (40, 120, 400 digits), and exactly
// in rationals where the function is rational.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "impls/element.hpp"
#include "impls/function.hpp"

namespace ulpfront {

/// The format of T (float, double) itself.
template <class T>
inline constexpr number_format format_of_type{std::numeric_limits<T>::digits,
                                              std::numeric_limits<T>::min_exponent - 1,
                                              std::numeric_limits<T>::max_exponent - 1};

/// An exact value beside the numbers of a format: nearest + rest ulp, give or take the uncertainty.
struct located {
    enum class kind : std::uint32_t {
        ordinary,   ///< finite, also when rounded
        special,    ///< the facts stand for it: rest and uncertainty are 0; it may be infinite or NaN
        overflows,  ///< finite, rounded infinite: nearest says where to, the rest nothing
        undecided,  ///< of two numbers no precision tells which is nearest; this is one of them
    };
    double nearest;      ///< the correctly rounded value, with the sign that a zero has
    double rest;         ///< (value - nearest) / ulp(value), rounded to double
    double uncertainty;  ///< how far, in ulp, the value may be from that
    std::int32_t
        ulp_exponent;  ///< ulp(value) = 2^this; where a power of two may lie on either side, the smaller
    kind what;
};

/// Judges one function for results of type T (float, double), or of a narrower format held in T. Results are
/// deterministic.
template <class T>
class judge {
  public:
    /// For a function of the catalogue, by name. Throws failure (exit_usage) if it is not there.
    explicit judge(const std::string& function, const number_format& results = format_of_type<T>);

    /// The correctly rounded f(x): nearest, ties to even; NaN at NaN, the limits at the infinities, the
    /// facts' zero at a zero. nullopt: not decided at the highest precision.
    [[nodiscard]] std::optional<T> rounded(T x) const;

    /// f(x) beside the numbers of the format.
    [[nodiscard]] located locate(T x) const;

    /// |computed - f(x)| in ulp(f(x)), itself rounded to nearest. An infinity in place of a finite number
    /// counts as 2^(e_max+1); where f(x) rounds to infinity, infinity is 0. NaN if computed is NaN or f(x)
    /// is. Where no precision tells f(x) from a power of two (a saturated function) the ulp is that of the
    /// binade nearer to zero: functions saturate from below.
    [[nodiscard]] double error_ulp(T x, T computed) const;

    /// |computed - f(x)|, rounded to nearest; infinity counts as above.
    [[nodiscard]] double error_absolute(T x, T computed) const;

    /// Is error_ulp > limit, decided at rising precision? nullopt: not decided.
    [[nodiscard]] std::optional<bool> exceeds_ulp(T x, T computed, double limit) const;

    /// Is |computed - f(x)| > limit * max(1, |f(x)|)? nullopt: not decided.
    [[nodiscard]] std::optional<bool> exceeds_absolute(T x, T computed, double limit) const;

    /// Does f(x) lie within value +- bound? Both are taken as exact doubles.
    [[nodiscard]] bool encloses(T x, double value, double bound) const;

    /// value - f(x), to double; 0 where the facts stand for the template.
    [[nodiscard]] double deviation(T x, double value) const;

    /// f(x) in decimal with this many significant digits ("inf", "nan" where so).
    [[nodiscard]] std::string decimal(T x, int digits) const;

    /// f'(x) rounded to double; for pictures.
    [[nodiscard]] double slope(T x) const;

    /// One function's operations at all precisions; defined in judge.cpp.
    struct operations;

  private:
    function_facts facts_;
    const operations* operations_;
    number_format format_;
};

extern template class judge<float>;
extern template class judge<double>;

}  // namespace ulpfront
