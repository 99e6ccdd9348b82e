// MPFR's numbers as a base of enclosures (enclosure.hpp): what functions' templates are judged with.
#pragma once

#include <mpfr.h>

#include <boost/multiprecision/mpfr.hpp>
#include <limits>

#include "accuracy/reference/enclosure.hpp"

namespace ulpfront {
namespace mp = boost::multiprecision;

/// A binary floating-point number of about this many decimal digits; MPFR rounds each operation correctly.
template <unsigned Digits>
using real = mp::number<mp::mpfr_float_backend<Digits, mp::allocate_stack>, mp::et_off>;

/// MPFR's elementary functions are correctly rounded, so their bound is that of + - * /. They are called
/// directly: Boost's own expm1, log1p and erfc go through its rational approximations.
template <unsigned Digits>
struct enclosure_traits<real<Digits>> {
    using number = real<Digits>;
    using mask = bool;
    static number unit() {
        static const number value = std::numeric_limits<number>::epsilon() * 4;
        return value;
    }
    static number tiny() {
        static const number value = mp::ldexp(number(1), -100000);
        return value;
    }
    static number unknown() { return std::numeric_limits<number>::infinity(); }
    static number reciprocal_bound(const number& x) { return (1 + unit()) / x; }
    static number bound_exp() { return unit(); }
    static number bound_expm1() { return unit(); }
    static number bound_log1p() { return unit(); }
    static number bound_tanh() { return unit(); }
    static number bound_erfc() { return unit(); }
    /// Of a wide enclosure both powers lie between 0 and that of its upper end.
    static number exp_spread(const number& a, const number& error, const number& power) {
        if (error < 0x1p-6) return power * (error + error * error);
        return exp(a + error) * (1 + unit());
    }
    /// e^-69400 < 2^-100000.
    static number exp_vanishes() { return -69400; }
    static const number& sqrt_half() {
        static const number value = constants<number>::sqrt_half();
        return value;
    }
    static const number& sqrt_two_over_pi() {
        static const number value = constants<number>::sqrt_two_over_pi();
        return value;
    }
    static number exp(const number& x) { return call(mpfr_exp, x); }
    static number expm1(const number& x) { return call(mpfr_expm1, x); }
    static number log1p(const number& x) { return call(mpfr_log1p, x); }
    static number tanh(const number& x) { return call(mpfr_tanh, x); }
    static number erfc(const number& x) { return call(mpfr_erfc, x); }

  private:
    static number call(int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t), const number& x) {
        number result;
        function(result.backend().data(), x.backend().data(), MPFR_RNDN);
        return result;
    }
};

/// A sum that fits the number of digits costs nothing: where f is x times a constant, say, a tie is then seen
/// to be one.
template <unsigned Digits>
enclosure<real<Digits>> operator+(const enclosure<real<Digits>>& a, const enclosure<real<Digits>>& b) {
    enclosure<real<Digits>> sum;
    const bool exact = mpfr_add(sum.value.backend().data(), a.value.backend().data(),
                                b.value.backend().data(), MPFR_RNDN) == 0;
    sum.error = a.error + b.error;
    if (!exact) sum.error += enclosure_traits<real<Digits>>::unit() * abs(sum.value);
    return sum;
}

namespace detail {
/// Zero for certain, and by what.
template <unsigned Digits>
bool annihilates(const enclosure<real<Digits>>& zero, const enclosure<real<Digits>>& other) {
    return zero.value == 0 && zero.error == 0 && mpfr_number_p(other.value.backend().data()) != 0 &&
           mpfr_number_p(other.error.backend().data()) != 0;
}
}  // namespace detail

/// The same of a product. MPFR's exponents reach so far that none underflows.
template <unsigned Digits>
enclosure<real<Digits>> operator*(const enclosure<real<Digits>>& a, const enclosure<real<Digits>>& b) {
    enclosure<real<Digits>> product;
    if (detail::annihilates(a, b) || detail::annihilates(b, a)) {
        product.value = a.value * b.value;
        return product;
    }
    const bool exact = mpfr_mul(product.value.backend().data(), a.value.backend().data(),
                                b.value.backend().data(), MPFR_RNDN) == 0;
    if (exact && a.error == 0 && b.error == 0) return product;
    product.error = detail::product_error(a, b, product.value);
    return product;
}

/// The same of a quotient.
template <unsigned Digits>
enclosure<real<Digits>> operator/(const enclosure<real<Digits>>& a, const enclosure<real<Digits>>& b) {
    enclosure<real<Digits>> quotient;
    const bool exact = mpfr_div(quotient.value.backend().data(), a.value.backend().data(),
                                b.value.backend().data(), MPFR_RNDN) == 0;
    if (exact && a.error == 0 && b.error == 0) return quotient;
    quotient.error = detail::quotient_error(a, b, quotient.value);
    return quotient;
}

/// MPFR keeps constants for each thread until it is told to let go of them: called before numbers are worked
/// with, it does so when the thread ends.
inline void free_constants_with_thread() {
    struct caches {
        caches() = default;
        caches(const caches&) = delete;
        caches& operator=(const caches&) = delete;
        ~caches() { mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE); }
    };
    static thread_local const caches freed_with_the_thread;
}

}  // namespace ulpfront
