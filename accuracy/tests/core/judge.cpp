// The judge against facts known beforehand and against a second arithmetic.
#include "accuracy/reference/judge.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "accuracy/tests/core/constants.hpp"
#include "impls/catalogue.hpp"
#include "impls/tool.hpp"
#include "ulpfront/functions.hpp"

using ulpfront::inf;
using ulpfront::judge;

namespace {

using second_arithmetic =
    boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>, boost::multiprecision::et_off>;

/// Largest |judge - second arithmetic| relative to the value, over random inputs.
template <class Value>
double largest_disagreement(const char* name) {
    const judge<double> exact(name);
    std::mt19937_64 random(7);
    double worst = 0.0;
    for (int i = 0; i < 300; ++i) {
        const double x = (static_cast<double>(random() >> 11) * 0x1p-53 - 0.5) *
                         std::ldexp(1.0, static_cast<int>(i % 12) - 5);
        const second_arithmetic other = Value{}(second_arithmetic(x));
        const second_arithmetic first(exact.decimal(x, 45));
        const second_arithmetic difference = boost::multiprecision::abs(second_arithmetic(other - first));
        if (other != 0)
            worst = std::max(
                worst,
                second_arithmetic(difference / boost::multiprecision::abs(other)).convert_to<double>());
    }
    return worst;
}

}  // namespace

TEST_CASE("the judge at special values says what the facts say") {
    for (const auto* facts : ulpfront::known_functions()) {
        const judge<float> exact(facts->name);
        INFO(facts->name);
        CHECK(std::isnan(exact.rounded(std::numeric_limits<float>::quiet_NaN()).value()));
        CHECK(exact.rounded(-inf) == static_cast<float>(facts->at_minus_infinity));
        CHECK(exact.rounded(inf) == static_cast<float>(facts->at_plus_infinity));
        CHECK(std::signbit(exact.rounded(-0.0F).value()) == std::signbit(facts->at_minus_zero));
        CHECK(exact.rounded(0.0F) == static_cast<float>(facts->at_plus_zero));
    }
}

TEST_CASE("known values, correctly rounded") {
    CHECK(judge<float>("sigmoid").rounded(1.0F) == 0x1.764d5p-1F);   // 0.731058578630...
    CHECK(judge<float>("tanh").rounded(1.0F) == 0x1.85efacp-1F);     // 0.761594155955...
    CHECK(judge<float>("softplus").rounded(0.0F) == 0x1.62e43p-1F);  // ln 2
    CHECK(judge<float>("elu").rounded(-1.0F) == -0x1.43a54ep-1F);    // 1/e - 1
    CHECK(judge<double>("tanh").rounded(1.0) == 0x1.85efab514f394p-1);
    CHECK(judge<float>("sigmoid").rounded(-103.9F) == 0x1p-149F);  // 7.5e-46 is above 2^-150 = 7.0e-46,
    CHECK(judge<float>("sigmoid").rounded(-104.0F) == 0.0F);       // 6.8e-46 below
    CHECK(judge<float>("sigmoid").decimal(1.0F, 20) == "0.73105857863000487925");
    CHECK(judge<float>("tanh").decimal(-std::numeric_limits<float>::infinity(), 20) == "-1");
}

TEST_CASE("a tie of a function that is rational in one piece alone is decided") {
    // 2^-127 times the binary32 number next to 1.0507 lies half way between two subnormal numbers.
    const double y = 0x1p-127 * static_cast<double>(static_cast<float>(ulpfront::functions::selu_lambda));
    const judge<float> exact("selu");
    REQUIRE(std::fmod(y, 0x1p-149) == 0x1p-150);
    REQUIRE(exact.rounded(0x1p-127F).has_value());
    CHECK(exact.rounded(0x1p-127F) == static_cast<float>(y));
    CHECK(exact.exceeds_ulp(0x1p-127F, static_cast<float>(y), 0.5) == false);
    CHECK(exact.exceeds_ulp(0x1p-127F, static_cast<float>(y), std::nextafter(0.5, 0.0)) == true);
}

TEST_CASE("the judge agrees with Boost's own arithmetic") {
#define ULPFRONT_AGREES(name) \
    CHECK(largest_disagreement<ulpfront::functions::name##_value<double>>(#name) < 1e-43);
    ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_AGREES)
}

TEST_CASE("an unknown function is refused by name") {
    CHECK_THROWS_WITH(judge<float>("no_such"), Catch::Contains("no_such"));
}
