// Double-doubles and the reference of binary64 made of them, against MPFR.
#include "accuracy/reference/double_double.hpp"

#include <boost/multiprecision/mpfr.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "accuracy/reference/f64_reference.hpp"
#include "impls/catalogue.hpp"

using namespace ulpfront;

namespace {

using real = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<60>>;

struct points {
    double from;
    double to;
    bool by_magnitude;  // of which the logarithm is uniform
};

real mpfr_of(int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t), const real& x) {
    real y;
    function(y.backend().data(), x.backend().data(), MPFR_RNDN);
    return y;
}

/// The largest relative error over random arguments of two parts.
template <class Function>
double largest_error(const Function& function, int (*exact)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t),
                     const points& at) {
    std::mt19937_64 random(7);
    const auto uniform = [&] { return static_cast<double>(random() >> 11U) * 0x1p-53; };
    double worst = 0.0;
    for (int i = 0; i < 500; ++i) {
        std::array<double, pack_width> high{};
        std::array<double, pack_width> low{};
        for (std::size_t k = 0; k < pack_width; ++k) {
            high[k] = at.by_magnitude ? at.from * std::exp2(uniform() * std::log2(at.to / at.from))
                                      : at.from + (at.to - at.from) * uniform();
            low[k] = high[k] * (uniform() - 0.5) * 0x1p-54;
        }
        const double_double y = function(double_double(load(high.data()), load(low.data())));
        for (std::size_t k = 0; k < pack_width; ++k) {
            const real x = real(high[k]) + low[k];
            const real wanted = mpfr_of(exact, x);
            const real error = abs((real(y.high[k]) + y.low[k]) / wanted - 1);
            worst = std::max(worst, error.convert_to<double>());
        }
    }
    return worst;
}

}  // namespace

TEST_CASE("elementary functions of double-doubles are within their bounds") {
    const auto of_exp = [](const double_double& x) { return exp(x); };
    const auto of_expm1 = [](const double_double& x) { return expm1(x); };
    const auto of_log1p = [](const double_double& x) { return log1p(x); };
    const auto of_tanh = [](const double_double& x) { return tanh(x); };
    const auto of_erfc = [](const double_double& x) { return erfc(x); };
    for (const points& at : {points{-600, 700, false}, {-1, 1, false}, {0x1p-200, 1, true}})
        CHECK(largest_error(of_exp, mpfr_exp, at) < double_double_bound::exp);
    for (const points& at :
         {points{-600, 690, false}, {-1, 1, false}, {0x1p-400, 1, true}, {-0x1p-400, -1, true}})
        CHECK(largest_error(of_expm1, mpfr_expm1, at) < double_double_bound::expm1);
    for (const points& at : {points{-0.9, 3, false}, {0x1p-400, 4, true}, {-0x1p-400, -0.5, true}})
        CHECK(largest_error(of_log1p, mpfr_log1p, at) < double_double_bound::log1p);
    for (const points& at : {points{-40, 40, false}, {0x1p-400, 1, true}})
        CHECK(largest_error(of_tanh, mpfr_tanh, at) < double_double_bound::tanh);
    for (const points& at : {points{-8, 2, false}, {0x1p-400, 1, true}})
        CHECK(largest_error(of_erfc, mpfr_erfc, at) <
              double_double_bound::erfc + 4 * double_double_bound::erfc_square);
    CHECK(largest_error(of_erfc, mpfr_erfc, {2, 24.9, false}) <
          double_double_bound::erfc + 625 * double_double_bound::erfc_square);
}

TEST_CASE("the reference of binary64 encloses what the judge finds, and is that fine") {
    std::mt19937_64 random(11);
    for (const function_facts* facts : known_functions()) {
        INFO(facts->name);
        const f64_function* const fast = find_f64_function(load_engine(), facts->name);
        REQUIRE(fast != nullptr);
        CHECK((fast->evaluate == nullptr) == facts->rational);
        if (fast->evaluate == nullptr) continue;
        std::vector<double> x;
        for (int i = 0; i < 600; ++i) {
            const std::uint64_t exponent = 1023 - 60 + random() % 71;
            x.push_back(std::bit_cast<double>(exponent << 52U | (random() & 0x800fffffffffffffU)));
            x.push_back(-50.0 + 100.0 * static_cast<double>(random() >> 11U) * 0x1p-53);
        }
        std::vector<double> high(x.size());
        std::vector<double> low(x.size());
        std::vector<double> error(x.size());
        fast->evaluate(x.data(), high.data(), low.data(), error.data(), x.size());
        const judge<double> exact(facts->name);
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (!(std::abs(high[i]) > 0x1p-800)) continue;
            INFO(x[i] << " " << high[i] << " " << low[i] << " +- " << error[i]);
            REQUIRE(std::abs(exact.deviation(x[i], high[i]) + low[i]) <=
                    error[i] + std::abs(low[i]) * 0x1p-51);
            // e^(-x^2) feels the rounding of its argument.
            REQUIRE(error[i] <= std::abs(high[i]) * 0x1p-95 * std::max(8.0, x[i] * x[i]));
        }
    }
}

TEST_CASE("values found in double-double are those of the judge") {
    std::mt19937_64 random(13);
    for (const function_facts* facts : known_functions()) {
        INFO(facts->name);
        const f64_reference reference(load_engine(), facts->name);
        std::vector<double> x{0.0,  -0.0,      INFINITY,     -INFINITY, NAN,  1.0,
                              -1.0, 0x1p-1074, -0x1.8p-1070, 0x1p-1022, 1e308};
        for (int i = 0; i < 300; ++i) x.push_back(std::bit_cast<double>(random()));
        for (int i = 0; i < 300; ++i)
            x.push_back(-800.0 + 1600.0 * static_cast<double>(random() >> 11U) * 0x1p-53);
        std::vector<located> found(x.size());
        reference.locate(x.data(), found.data(), x.size());
        const judge<double>& exact = reference.exact();
        for (std::size_t i = 0; i < x.size(); ++i) {
            INFO(x[i]);
            const located by_judge = exact.locate(x[i]);
            const auto rounded = exact.rounded(x[i]);
            REQUIRE(rounded.has_value());
            REQUIRE(
                ((found[i].nearest == *rounded && std::signbit(found[i].nearest) == std::signbit(*rounded)) ||
                 (std::isnan(found[i].nearest) && std::isnan(*rounded))));
            REQUIRE(found[i].ulp_exponent == by_judge.ulp_exponent);
            REQUIRE(found[i].what == by_judge.what);
            REQUIRE(std::abs(found[i].rest - by_judge.rest) <= found[i].uncertainty + by_judge.uncertainty);
            if (found[i].what != located::kind::ordinary) continue;
            // The error of the nearest number is the rest.
            REQUIRE(std::abs(std::abs(found[i].rest) - exact.error_ulp(x[i], *rounded)) <=
                    found[i].uncertainty + 0x1p-54);
        }
    }
}

TEST_CASE("an enclosure that leaves something open is not located") {
    const auto at = [](double high, double low, double error) { return locate_between(high, low, error); };
    REQUIRE(at(3.0, 0x1p-54, 0x1p-100).has_value());
    CHECK(at(3.0, 0x1p-54, 0x1p-100)->rest == 0x1p-3);
    CHECK(at(3.0, 0x1p-54, 0x1p-100)->ulp_exponent == -51);
    CHECK(at(1.0, -0x1p-55, 0x1p-100)->ulp_exponent == -53);
    CHECK(at(1.0, 0x1p-55, 0x1p-100)->ulp_exponent == -52);
    CHECK(at(-1.0, 0x1p-55, 0x1p-100)->ulp_exponent == -53);
    CHECK_FALSE(at(1.0, 0x1p-101, 0x1p-100));          // on which side of a power of two
    CHECK_FALSE(at(3.0, 0x1p-52, 0x1p-100));           // a tie
    CHECK_FALSE(at(3.0, 0x1p-52 - 0x1p-99, 0x1p-98));  // or nearly
    CHECK_FALSE(at(3.0, 0x1p-60, 0x1p-70));            // too little told
    CHECK_FALSE(at(0.0, 0.0, 0.0));
    CHECK_FALSE(at(3.0, 0.0, std::numeric_limits<double>::infinity()));
}
