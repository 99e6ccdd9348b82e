// The ULP counter against cases worked out by hand.
#include "accuracy/ulp.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "accuracy/reference/judge.hpp"
#include "accuracy/tests/core/constants.hpp"

using ulpfront::inf;
using ulpfront::judge;

namespace {
constexpr float largest = std::numeric_limits<float>::max();
constexpr float subnormal = std::numeric_limits<float>::denorm_min();
}  // namespace

TEST_CASE("ULP errors of a copy: the exact value is a float, so the counts are whole or halves") {
    const judge<float> copy("null");
    CHECK(copy.error_ulp(1.5F, 1.5F) == 0.0);
    CHECK(copy.error_ulp(1.5F, 1.5F + 0x1p-23F) == 1.0);
    // At a power of two the ulp is that of the binade above it, on both sides.
    CHECK(copy.error_ulp(1.0F, 1.0F + 0x1p-23F) == 1.0);
    CHECK(copy.error_ulp(1.0F, 1.0F - 0x1p-24F) == 0.5);
    CHECK(copy.error_ulp(1.0F - 0x1p-24F, 1.0F) == 1.0);
    // Subnormal numbers share the ulp 2^-149, the smallest normal binade too.
    CHECK(copy.error_ulp(subnormal, 0.0F) == 1.0);
    CHECK(copy.error_ulp(5 * subnormal, 2 * subnormal) == 3.0);
    CHECK(copy.error_ulp(0x1p-126F, 0x1p-126F - subnormal) == 1.0);
    CHECK(copy.error_ulp(0x1p-126F, 0.0F) == 0x1p23);
    CHECK(copy.error_ulp(0.0F, subnormal) == 1.0);
    // An infinity in place of the largest number counts as 2^128: one ulp of 2^104 beyond it.
    CHECK(copy.error_ulp(largest, inf) == 1.0);
    CHECK(copy.error_ulp(1.0F, inf) == 0x1p151);
    CHECK(copy.error_ulp(largest, -inf) == 0x1p25 - 1);
    CHECK(copy.error_ulp(inf, inf) == 0.0);
    CHECK(std::isnan(copy.error_ulp(1.0F, std::numeric_limits<float>::quiet_NaN())));
    CHECK(copy.error_absolute(1.0F, 1.25F) == 0.25);
}

TEST_CASE("ULP errors in double") {
    const judge<double> copy("null");
    CHECK(copy.error_ulp(1.0, 1.0 + 0x1p-52) == 1.0);
    CHECK(copy.error_ulp(1.0, 1.0 - 0x1p-53) == 0.5);
    CHECK(copy.error_ulp(0x1p-1074, 0.0) == 1.0);
    CHECK(copy.error_ulp(0x1p-1022, 0.0) == 0x1p52);
}

TEST_CASE("fractional ULP errors of inexact values") {
    // 0.01F is 5368709 * 2^-29, so leaky_relu(-3) = -16106127 * 2^-29, in the binade of 2^-6, ulp 2^-29.
    const judge<float> leaky("leaky_relu");
    CHECK(leaky.error_ulp(-3.0F, -16106127 * 0x1p-29F) == 0.0);
    CHECK(leaky.error_ulp(-3.0F, -16106126 * 0x1p-29F) == 1.0);
    // -5 * 5368709 = -26843545 * 2^-29, binade of 2^-5, ulp 2^-28: between -13421772 and -13421773, a tie.
    CHECK(leaky.error_ulp(-5.0F, -13421772 * 0x1p-28F) == 0.5);
    CHECK(leaky.error_ulp(-5.0F, -13421773 * 0x1p-28F) == 0.5);
    CHECK(leaky.rounded(-5.0F) == -13421772 * 0x1p-28F);  // to even
    CHECK(leaky.exceeds_ulp(-5.0F, -13421773 * 0x1p-28F, 0.5) == false);
    CHECK(leaky.exceeds_ulp(-5.0F, -13421773 * 0x1p-28F, 0.4999999) == true);
}

TEST_CASE("ordered keys ascend and come back") {
    CHECK(ulpfront::ordered_key(-inf) < ulpfront::ordered_key(-1.0F));
    CHECK(ulpfront::ordered_key(-0.0F) + 1 == ulpfront::ordered_key(0.0F));
    CHECK(ulpfront::ordered_key(0.0F) + 1 == ulpfront::ordered_key(subnormal));
    for (const float x : {-inf, -1.0F, -0.0F, 0.0F, subnormal, 1.0F, largest, inf}) {
        const float back = ulpfront::from_ordered_key<float>(ulpfront::ordered_key(x));
        CHECK(ulpfront::same_result(back, x));
    }
}
