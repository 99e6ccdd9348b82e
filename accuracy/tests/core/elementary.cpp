// Every bound of elementary.hpp, against MPFR at 200 bits.
#include "accuracy/reference/elementary.hpp"

#include <mpfr.h>

#include <array>
#include <catch2/catch.hpp>
#include <random>

namespace {

using ulpfront::pack;

/// |got - f(x)| / (bound |f(x)| + tiny), f by MPFR; at most 1 if the bound holds.
double strain(double x, double got, int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t), double bound) {
    mpfr_t exact;
    mpfr_init2(exact, 200);
    mpfr_set_d(exact, x, MPFR_RNDN);
    function(exact, exact, MPFR_RNDN);
    mpfr_t allowed;
    mpfr_init2(allowed, 200);
    mpfr_abs(allowed, exact, MPFR_RNDN);
    mpfr_mul_d(allowed, allowed, bound, MPFR_RNDN);
    mpfr_add_d(allowed, allowed, ulpfront::elementary_bound::tiny, MPFR_RNDN);
    mpfr_sub_d(exact, exact, got, MPFR_RNDN);
    mpfr_abs(exact, exact, MPFR_RNDN);
    mpfr_div(exact, exact, allowed, MPFR_RNDN);
    const double result = mpfr_get_d(exact, MPFR_RNDU);
    mpfr_clears(exact, allowed, static_cast<mpfr_ptr>(nullptr));
    return result;
}

/// Inputs of every magnitude in [low, high], and densely around zero's neighbours of the reductions.
std::vector<double> inputs(double low, double high) {
    std::mt19937_64 random(20240501);
    std::vector<double> list = {low, high, 0.0, -0.0};
    const auto add = [&](double x) {
        if (low <= x && x <= high) list.push_back(x);
    };
    for (int i = 0; i < 30000; ++i) {
        const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
        add(low + (high - low) * unit);
        const double tiny = std::ldexp(1.0 + unit, -static_cast<int>(random() % 300));
        add(tiny);
        add(-tiny);
        // Half-way points of the reduction, where the polynomial's argument is largest.
        const double k = static_cast<double>(random() % 1024) - 512.0;
        add((k + 0.5) * 0.693147180559945 + std::ldexp(unit, -30));
        // Around the powers of two times sqrt(1/2) that log1p splits at, minus 1.
        add(std::ldexp(0.70710678118654757 * (1.0 + std::ldexp(unit - 0.5, -20)),
                       static_cast<int>(random() % 60)) -
            1.0);
    }
    while (list.size() % ulpfront::pack_width != 0) list.push_back(0.5);
    return list;
}

template <class F>
double worst_strain(const F& f, double low, double high, int (*exact)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t),
                    double bound) {
    double worst = 0.0;
    const auto list = inputs(low, high);
    for (std::size_t i = 0; i < list.size(); i += ulpfront::pack_width) {
        std::array<double, ulpfront::pack_width> got{};
        ulpfront::store(f(ulpfront::load(list.data() + i)), got.data());
        for (std::size_t k = 0; k < got.size(); ++k)
            worst = std::max(worst, strain(list[i + k], got[k], exact, bound));
    }
    return worst;
}

namespace bound = ulpfront::elementary_bound;

}  // namespace

TEST_CASE("elementary functions keep their bounds against MPFR") {
    CHECK(worst_strain([](pack x) { return ulpfront::exp(x); }, -800, 709.7, mpfr_exp, bound::exp) <= 1.0);
    CHECK(worst_strain([](pack x) { return ulpfront::expm1(x); }, -800, 709.7, mpfr_expm1, bound::expm1) <=
          1.0);
    CHECK(worst_strain([](pack x) { return ulpfront::log1p(x); }, -0.9999, 1e300, mpfr_log1p, bound::log1p) <=
          1.0);
    CHECK(worst_strain([](pack x) { return ulpfront::log1p(x); }, -0.9999, 8, mpfr_log1p, bound::log1p) <=
          1.0);
    CHECK(worst_strain([](pack x) { return ulpfront::tanh(x); }, -400, 400, mpfr_tanh, bound::tanh) <= 1.0);
    CHECK(worst_strain([](pack x) { return ulpfront::erfc(x); }, -6, 25, mpfr_erfc, bound::erfc) <= 1.0);
}

TEST_CASE("a bound too tight by far is seen to break") {
    CHECK(worst_strain([](pack x) { return ulpfront::exp(x); }, -10, 10, mpfr_exp, bound::exp * 0x1p-8) >
          1.0);
}

TEST_CASE("elementary functions at the ends of the line") {
    const double inf = std::numeric_limits<double>::infinity();
    CHECK(ulpfront::exp(pack(inf))[0] == inf);
    CHECK(ulpfront::exp(pack(-inf))[0] <= bound::tiny);
    CHECK(ulpfront::expm1(pack(inf))[0] == inf);
    CHECK(ulpfront::expm1(pack(-inf))[0] == -1.0);
    CHECK(ulpfront::log1p(pack(inf))[0] == inf);
    CHECK(ulpfront::tanh(pack(-inf))[0] == -1.0);
}
