#include "reports/statistics.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <numeric>

namespace ulpfront::reports {
namespace {

std::vector<double> ranks(std::size_t n) {
    std::vector<double> values(n);
    std::iota(values.rbegin(), values.rend(), 1.0);
    return values;
}

TEST_CASE("medians lie in the middle, whatever the order") {
    CHECK(median_interval({7.0}).median == 7.0);
    CHECK(median_interval({9.0, 1.0, 5.0}).median == 5.0);
    CHECK(median_interval({9.0, 1.0, 5.0, 6.0}).median == 5.5);
}

TEST_CASE("intervals are the tabulated order statistics") {
    // Sign-test tables: the ranks of the narrowest symmetric interval with at least 95 % coverage.
    const struct {
        std::size_t n;
        double low;
        double high;
        double coverage;
    } known[] = {{6, 1, 6, 0.96875},
                 {8, 1, 8, 0.9921875},
                 {9, 2, 8, 0.9609375},
                 {12, 3, 10, 0.96142578125},
                 {20, 6, 15, 0.95861053466796875}};
    for (const auto& each : known) {
        const interval found = median_interval(ranks(each.n));
        CAPTURE(each.n);
        CHECK(found.low == each.low);
        CHECK(found.high == each.high);
        CHECK(found.coverage == Approx(each.coverage).margin(1e-12));
        CHECK(found.count == each.n);
    }
}

TEST_CASE("too few values say so in their coverage") {
    CHECK(median_interval(ranks(1)).coverage == 0.0);
    const interval five = median_interval(ranks(5));
    CHECK(five.low == 1.0);
    CHECK(five.high == 5.0);
    CHECK(five.coverage == Approx(0.9375));
}

TEST_CASE("many values neither overflow nor lose coverage") {
    const interval found = median_interval(ranks(100000));
    CHECK(found.coverage >= wanted_coverage);
    CHECK(found.coverage < 0.951);
    CHECK(found.high - found.low == Approx(1.96 * 316.2).epsilon(0.01));
}

TEST_CASE("ratios hold the extremes of their parts") {
    const ratio found =
        divide({.median = 6.0, .low = 4.0, .high = 8.0}, {.median = 2.0, .low = 1.0, .high = 4.0});
    CHECK(found.value == 3.0);
    CHECK(found.low == 1.0);
    CHECK(found.high == 8.0);
}

TEST_CASE("intervals that touch overlap") {
    CHECK(overlap({.low = 1.0, .high = 2.0}, {.low = 2.0, .high = 3.0}));
    CHECK_FALSE(overlap({.low = 1.0, .high = 2.0}, {.low = 2.1, .high = 3.0}));
    CHECK(overlap({.low = 1.0, .high = 9.0}, {.low = 2.0, .high = 3.0}));
}

TEST_CASE("as fast is what ties and is next to the fastest: overlapping is not enough") {
    const interval fastest{.median = 0.37, .low = 0.345, .high = 0.435};
    CHECK(as_fast(fastest, fastest));
    CHECK(as_fast({.median = 0.40, .low = 0.36, .high = 0.45}, fastest));
    CHECK_FALSE(as_fast({.median = 0.509, .low = 0.43, .high = 0.54}, fastest));
    CHECK_FALSE(as_fast({.median = 0.509, .low = 0.2, .high = 0.9}, fastest));
    CHECK_FALSE(as_fast({.median = 0.38, .low = 0.375, .high = 0.385},
                        {.median = 0.37, .low = 0.365, .high = 0.372}));
}

}  // namespace
}  // namespace ulpfront::reports
