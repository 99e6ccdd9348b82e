// A number with a bound on its error, computed alongside (running error analysis, after Wilkinson; see
// Higham, Accuracy and Stability of Numerical Algorithms, 3.3). Evaluating a function's template with it
// gives every input its own bound: no function needs an analysis of its own.
#pragma once

#include <utility>

#include "impls/function.hpp"

namespace ulpfront {

/// What enclosure needs to know of its base type; specialised beside each base:
///   unit()      relative error of + - * /, at least twice the true one: the surplus pays for the
///               roundings inside the bound itself, which are of second order
///   tiny()      absolute error where a product, quotient or function underflows
///   reciprocal_bound(x)  for x > 0 a number from 1/x to 2/x: cheap, it only scales errors
///   bound_exp() ... relative error of each function
///   exp_spread(a, error, power)  for power >= e^a at least |e^b - e^a|, |b - a| <= error
///   exp_vanishes()  below this e^x is less than tiny(), and exp(x) too
///   sqrt_half() ... mathematical constants, to within unit() of themselves
///   mask        the type of a comparison
template <class Base>
struct enclosure_traits;

/// The exact value lies within value +- error.
template <class Base>
struct enclosure {
    using traits = enclosure_traits<Base>;
    Base value;
    Base error;

    enclosure() = default;
    enclosure(Base v, Base e) : value(std::move(v)), error(std::move(e)) {}
    /// An exact number.
    explicit enclosure(double exact) : value(exact), error(0.0) {}
};

/// A comparison of two enclosures: its truth as the values have it, and whether the errors leave it open.
template <class Base>
struct enclosure_mask {
    typename enclosure_traits<Base>::mask is_true;
    typename enclosure_traits<Base>::mask is_open;
};

template <class B>
enclosure<B> operator+(const enclosure<B>& a, const enclosure<B>& b) {
    const B v = a.value + b.value;
    return {v, a.error + b.error + enclosure_traits<B>::unit() * abs(v)};
}

template <class B>
enclosure<B> operator-(const enclosure<B>& a) {
    return {-a.value, a.error};
}

template <class B>
enclosure<B> operator-(const enclosure<B>& a, const enclosure<B>& b) {
    return a + -b;
}

namespace detail {
/// What the product of two enclosures, rounded to v, may be off by.
template <class B>
B product_error(const enclosure<B>& a, const enclosure<B>& b, const B& v) {
    return abs(a.value) * b.error + (abs(b.value) + b.error) * a.error +
           enclosure_traits<B>::unit() * abs(v) + enclosure_traits<B>::tiny();
}

/// The same of their quotient.
template <class B>
B quotient_error(const enclosure<B>& a, const enclosure<B>& b, const B& v) {
    // |a/b - A/B| <= (|A/B| eb + ea) / (|b| - eb); nothing is known once b's enclosure reaches zero.
    const B smallest = abs(b.value) - b.error;
    const B propagated = (abs(v) * b.error + a.error) * enclosure_traits<B>::reciprocal_bound(smallest);
    const B e =
        propagated + enclosure_traits<B>::unit() * (abs(v) + propagated) + enclosure_traits<B>::tiny();
    return select(B(0.0) < smallest, e, enclosure_traits<B>::unknown());
}
}  // namespace detail

template <class B>
enclosure<B> operator*(const enclosure<B>& a, const enclosure<B>& b) {
    const B v = a.value * b.value;
    return {v, detail::product_error(a, b, v)};
}

template <class B>
enclosure<B> operator/(const enclosure<B>& a, const enclosure<B>& b) {
    const B v = a.value / b.value;
    return {v, detail::quotient_error(a, b, v)};
}

template <class B>
enclosure_mask<B> operator<(const enclosure<B>& a, const enclosure<B>& b) {
    return {a.value < b.value, abs(a.value - b.value) < a.error + b.error};
}

template <class B>
enclosure<B> select(const enclosure_mask<B>& condition, const enclosure<B>& if_true,
                    const enclosure<B>& if_false) {
    const B e = select(condition.is_true, if_true.error, if_false.error);
    // Where the comparison is open the other arm may be the right one.
    const B both = if_true.error + if_false.error + abs(if_true.value - if_false.value);
    return {select(condition.is_true, if_true.value, if_false.value), select(condition.is_open, both, e)};
}

template <class B>
enclosure<B> abs(const enclosure<B>& a) {
    return {abs(a.value), a.error};
}

template <class B>
enclosure<B> exp(const enclosure<B>& a) {
    using traits = enclosure_traits<B>;
    const B v = traits::exp(a.value);
    const B e = traits::exp_spread(a.value, a.error, abs(v)) + abs(v) * traits::bound_exp() + traits::tiny();
    // Far down a large error of the argument, as that of x^2, does not matter.
    return {v, select(a.value + a.error < traits::exp_vanishes(), traits::tiny(), e)};
}

template <class B>
enclosure<B> expm1(const enclosure<B>& a) {
    using traits = enclosure_traits<B>;
    const B v = traits::expm1(a.value);
    // The derivative is e^a = v + 1, to within v's own error.
    const B own = abs(v) * traits::bound_expm1();
    return {v, traits::exp_spread(a.value, a.error, abs(v + B(1.0)) + own + traits::unit()) + own +
                   traits::tiny()};
}

template <class B>
enclosure<B> log1p(const enclosure<B>& a) {
    const B v = enclosure_traits<B>::log1p(a.value);
    // |log(w + e) - log w| <= e / (w - |e|), w = 1 + a.
    const B smallest = (a.value + B(1.0)) - a.error;
    const B propagated = a.error * enclosure_traits<B>::reciprocal_bound(smallest);
    const B e = propagated + abs(v) * enclosure_traits<B>::bound_log1p() + enclosure_traits<B>::tiny();
    return {v,
            select(B(0x1p-20) < smallest, e, select(a.error == B(0.0), e, enclosure_traits<B>::unknown()))};
}

template <class B>
enclosure<B> tanh(const enclosure<B>& a) {
    const B v = enclosure_traits<B>::tanh(a.value);
    return {v, a.error + abs(v) * enclosure_traits<B>::bound_tanh() + enclosure_traits<B>::tiny()};
}

template <class B>
enclosure<B> erfc(const enclosure<B>& a) {
    const B v = enclosure_traits<B>::erfc(a.value);
    // |erfc'| = 2/sqrt(pi) e^(-a^2) is largest where the enclosure comes nearest to 0. 1.13 pays for exp's
    // own error.
    const B nearest = max(abs(a.value) - a.error, B(0.0));
    const B slope = B(1.13) * enclosure_traits<B>::exp(-(nearest * nearest));
    return {v, slope * a.error + abs(v) * enclosure_traits<B>::bound_erfc() + enclosure_traits<B>::tiny()};
}

/// Constants, with what their own rounding may have cost.
template <class B>
struct constants<enclosure<B>> {
    static enclosure<B> sqrt_half() { return rounded(enclosure_traits<B>::sqrt_half()); }
    static enclosure<B> sqrt_two_over_pi() { return rounded(enclosure_traits<B>::sqrt_two_over_pi()); }

  private:
    static enclosure<B> rounded(const B& value) { return {value, value * enclosure_traits<B>::unit()}; }
};

}  // namespace ulpfront
