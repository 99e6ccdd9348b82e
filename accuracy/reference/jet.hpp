// Taylor coefficients computed alongside (automatic differentiation by Taylor arithmetic; Moore, Kearfott,
// Cloud, Introduction to Interval Analysis, 9.2). Evaluating a function's template with a jet of enclosures
// gives the coefficients at a point to within their errors, and those at all points of an interval at once:
// what Taylor's theorem asks of a polynomial and of its remainder.
#pragma once

#include <array>
#include <cstddef>

#include "accuracy/reference/enclosure.hpp"

namespace ulpfront {

/// c[k] encloses the k-th derivative divided by k!, k = 0 ... N.
template <class B, std::size_t N>
struct jet {
    using coefficient = enclosure<B>;
    std::array<coefficient, N + 1> c;

    jet() { c.fill(coefficient(0.0)); }
    /// A constant.
    explicit jet(double exact) : jet() { c[0] = coefficient(exact); }
    explicit jet(const coefficient& constant) : jet() { c[0] = constant; }
    /// The variable, at all points within middle +- radius.
    static jet variable(double middle, double radius) {
        jet x(coefficient{B(middle), B(radius)});
        x.c[1] = coefficient(1.0);
        return x;
    }
};

template <class B, std::size_t N>
jet<B, N> operator+(const jet<B, N>& a, const jet<B, N>& b) {
    jet<B, N> sum;
    for (std::size_t k = 0; k <= N; ++k) sum.c[k] = a.c[k] + b.c[k];
    return sum;
}

template <class B, std::size_t N>
jet<B, N> operator-(const jet<B, N>& a) {
    jet<B, N> result;
    for (std::size_t k = 0; k <= N; ++k) result.c[k] = -a.c[k];
    return result;
}

template <class B, std::size_t N>
jet<B, N> operator-(const jet<B, N>& a, const jet<B, N>& b) {
    return a + -b;
}

namespace detail {

/// a.c[from] b.c[k - from] + ... + a.c[to] b.c[k - to]; not begun with 0, which would take a zero's sign.
template <class B, std::size_t N>
enclosure<B> convolved(const jet<B, N>& a, const jet<B, N>& b, std::size_t k, std::size_t from,
                       std::size_t to) {
    enclosure<B> sum = a.c[from] * b.c[k - from];
    for (std::size_t j = from + 1; j <= to; ++j) sum = sum + a.c[j] * b.c[k - j];
    return sum;
}

/// The k-th coefficient, k > 0, of the integral of w u', w.c[k - 1] being known: (1/k) sum j u_j w_(k-j).
template <class B, std::size_t N>
enclosure<B> integrated(const jet<B, N>& w, const jet<B, N>& u, std::size_t k) {
    enclosure<B> sum(0.0);
    for (std::size_t j = 1; j <= k; ++j)
        sum = sum + enclosure<B>(static_cast<double>(j)) * (u.c[j] * w.c[k - j]);
    return sum / enclosure<B>(static_cast<double>(k));
}

}  // namespace detail

template <class B, std::size_t N>
jet<B, N> operator*(const jet<B, N>& a, const jet<B, N>& b) {
    jet<B, N> product;
    for (std::size_t k = 0; k <= N; ++k) product.c[k] = detail::convolved(a, b, k, 0, k);
    return product;
}

template <class B, std::size_t N>
jet<B, N> operator/(const jet<B, N>& a, const jet<B, N>& b) {
    jet<B, N> q;
    q.c[0] = a.c[0] / b.c[0];
    for (std::size_t k = 1; k <= N; ++k) q.c[k] = (a.c[k] - detail::convolved(b, q, k, 1, k)) / b.c[0];
    return q;
}

/// A NaN leaves it open.
template <class B, std::size_t N>
enclosure_mask<B> operator<(const jet<B, N>& a, const jet<B, N>& b) {
    const bool closed = abs(B(a.c[0].value - b.c[0].value)) >= a.c[0].error + b.c[0].error;
    return {a.c[0].value < b.c[0].value, !closed};
}

/// Where the comparison is open two pieces may meet, and no Taylor series goes across: nothing is known.
template <class B, std::size_t N>
jet<B, N> select(const enclosure_mask<B>& condition, const jet<B, N>& if_true, const jet<B, N>& if_false) {
    if (!condition.is_open) return condition.is_true ? if_true : if_false;
    jet<B, N> unknown;
    for (auto& each : unknown.c) each.error = enclosure_traits<B>::unknown();
    return unknown;
}

template <class B, std::size_t N>
jet<B, N> abs(const jet<B, N>& a) {
    return select(a < jet<B, N>(0.0), -a, a);
}

/// e' = e u'.
template <class B, std::size_t N>
jet<B, N> exp(const jet<B, N>& u) {
    jet<B, N> e;
    e.c[0] = exp(u.c[0]);
    for (std::size_t k = 1; k <= N; ++k) e.c[k] = detail::integrated(e, u, k);
    return e;
}

template <class B, std::size_t N>
jet<B, N> expm1(const jet<B, N>& u) {
    jet<B, N> e = exp(u);
    e.c[0] = expm1(u.c[0]);
    return e;
}

/// (1 + u) w' = u'.
template <class B, std::size_t N>
jet<B, N> log1p(const jet<B, N>& u) {
    using number = enclosure<B>;
    const number base = number(1.0) + u.c[0];
    jet<B, N> w;
    w.c[0] = log1p(u.c[0]);
    for (std::size_t k = 1; k <= N; ++k) {
        number sum(0.0);
        for (std::size_t j = 1; j < k; ++j)
            sum = sum + number(static_cast<double>(j)) * (w.c[j] * u.c[k - j]);
        w.c[k] = (u.c[k] - sum / number(static_cast<double>(k))) / base;
    }
    return w;
}

/// t' = s u' with s = 1 - t^2, whose first coefficient is taken from 4 e / (1 + e)^2, e = e^(-2|u|): it is
/// small where t is nearly 1.
template <class B, std::size_t N>
jet<B, N> tanh(const jet<B, N>& u) {
    using number = enclosure<B>;
    const number e = exp(number(-2.0) * abs(u.c[0]));
    const number below = number(1.0) + e;
    jet<B, N> t;
    jet<B, N> s;
    t.c[0] = (number(1.0) - e) / below;
    if (u.c[0].value < B(0.0)) t.c[0] = -t.c[0];
    s.c[0] = number(4.0) * e / (below * below);
    for (std::size_t k = 1; k <= N; ++k) {
        t.c[k] = detail::integrated(s, u, k);
        s.c[k] = -detail::convolved(t, t, k, 0, k);
    }
    // Near zero the quotient has lost digits that tanh itself keeps; across it, it says nothing.
    const number direct = tanh(u.c[0]);
    const bool across = abs(u.c[0].value) < u.c[0].error;
    if (across || direct.error < t.c[0].error) t.c[0] = direct;
    return t;
}

/// w' = -2/sqrt(pi) e^(-u^2) u'.
template <class B, std::size_t N>
jet<B, N> erfc(const jet<B, N>& u) {
    using constant = constants<enclosure<B>>;
    const jet<B, N> density = exp(-(u * u));
    const enclosure<B> scale = -(constant::sqrt_two_over_pi() / constant::sqrt_half());
    jet<B, N> w;
    w.c[0] = erfc(u.c[0]);
    for (std::size_t k = 1; k <= N; ++k) w.c[k] = scale * detail::integrated(density, u, k);
    return w;
}

template <class B, std::size_t N>
struct constants<jet<B, N>> {
    static jet<B, N> sqrt_half() { return jet<B, N>(constants<enclosure<B>>::sqrt_half()); }
    static jet<B, N> sqrt_two_over_pi() { return jet<B, N>(constants<enclosure<B>>::sqrt_two_over_pi()); }
};

}  // namespace ulpfront
