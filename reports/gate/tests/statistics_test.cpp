#include "reports/gate/statistics.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "bench/inputs.hpp"

using namespace ulpfront;
using namespace ulpfront::gate;

TEST_CASE("the sign test counts tails of a fair coin") {
    CHECK(upper_tail(5, 5) == Approx(1.0 / 32));
    CHECK(upper_tail(5, 4) == Approx(6.0 / 32));
    CHECK(upper_tail(5, 0) == 1.0);
    CHECK(upper_tail(0, 0) == 1.0);
    CHECK(p_above({1, 2, 3, 4, 5}, 0.5) == Approx(1.0 / 32));
    CHECK(p_above({1, 2, 3, 4, 5}, 1.0) == Approx(6.0 / 32));
    CHECK(p_below({1, 2, 3, 4, 5}, 5.5) == Approx(1.0 / 32));
    CHECK(p_above({}, 0.0) == 1.0);
    // Far out in the tail, where a plain product would underflow.
    CHECK(upper_tail(2000, 1200) > 0.0);
    CHECK(upper_tail(2000, 1200) < 1e-15);
}

TEST_CASE("an upper bound of the median is an order statistic") {
    CHECK(std::isinf(upper_bound({1, 2, 3, 4}, 0.05)));  // 1/16 is more than 0.05
    CHECK(upper_bound({3, 1, 2, 5, 4}, 0.05) == 5.0);
    CHECK(upper_bound({3, 1, 2, 5, 4, 8, 7, 6}, 0.05) == 7.0);  // P(Bin(8) >= 7) = 9/256
}

TEST_CASE("an upper bound holds as often as it says") {
    bench::random_bits random(7);
    int too_low = 0;
    constexpr int trials = 4000;
    for (int t = 0; t < trials; ++t) {
        std::vector<double> values;
        for (int i = 0; i < 25; ++i) values.push_back(bench::normal_deviate(random));
        if (upper_bound(values, 0.05) < 0.0) ++too_low;
    }
    CHECK(too_low < 0.05 * trials + 3.0 * std::sqrt(0.05 * trials));
    CHECK(too_low > 0);
}

TEST_CASE("the power that is claimed is the power there is") {
    bench::random_bits random(11);
    constexpr double limit = 0.01;
    constexpr double alpha = 0.001;
    constexpr double spread = 0.02;
    constexpr int n = 200;
    const auto draw = [&](double median) {
        std::vector<double> values;
        for (int i = 0; i < n; ++i) values.push_back(median + spread * bench::normal_deviate(random));
        return values;
    };
    double claimed = 0.0;
    for (int t = 0; t < 50; ++t) claimed += noticed_shift(draw(0.0), limit, alpha, 0.95) / 50;
    CHECK(claimed > limit);
    CHECK(claimed < limit + spread);
    int noticed = 0;
    for (int t = 0; t < 1000; ++t) noticed += p_above(draw(claimed), limit) <= alpha ? 1 : 0;
    CHECK(noticed > 900);
    CHECK(noticed < 990);
    CHECK(std::isinf(noticed_shift({0.0, 0.0, 0.0}, limit, alpha, 0.95)));
}

TEST_CASE("Benjamini and Hochberg step up") {
    CHECK(rejected({0.01, 0.02, 0.03, 0.9}, 0.05) == std::vector<bool>{true, true, true, false});
    // 0.04 alone would do at 0.05; among four it does not.
    CHECK(rejected({0.04, 0.5, 0.6, 0.9}, 0.05) == std::vector<bool>{false, false, false, false});
    // The second carries the first, although 0.03 > 0.05 / 2.
    CHECK(rejected({0.03, 0.04}, 0.05) == std::vector<bool>{true, true});
    CHECK(rejected({}, 0.05).empty());
}
