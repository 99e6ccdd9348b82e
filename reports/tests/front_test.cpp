#include "reports/front.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

namespace ulpfront::reports {
namespace {

contender make(double low, double median, double high, double error) {
    return {.time = {.median = median, .low = low, .high = high, .coverage = 0.95, .count = 9},
            .error = error};
}

/// Sets with many ties: few distinct times, errors and widths.
std::vector<contender> random_set(std::mt19937& random) {
    std::uniform_int_distribution<int> count(0, 24);
    std::uniform_int_distribution<int> small(0, 6);
    std::vector<contender> all;
    for (int i = count(random); i > 0; --i) {
        const double median = 1.0 + small(random);
        all.push_back(
            make(median - 0.3 * small(random), median, median + 0.3 * small(random), small(random)));
    }
    return all;
}

/// DESIGN 1 word for word, written without the code under test: no worse in both, better in one, where a
/// shared value of the intervals means equal speed.
bool beats(const contender& a, const contender& b) {
    const bool tie = std::max(a.time.low, b.time.low) <= std::min(a.time.high, b.time.high);
    const bool faster = !tie && a.time.median < b.time.median;
    const bool slower = !tie && a.time.median > b.time.median;
    const bool no_worse = !slower && !(a.error > b.error);
    const bool better = faster || a.error < b.error;
    return no_worse && better;
}

TEST_CASE("the front is what brute force finds, on random sets with ties") {
    std::mt19937 random(20240101);
    std::size_t beaten = 0;
    std::size_t tied = 0;
    for (int round = 0; round < 3000; ++round) {
        const std::vector<contender> all = random_set(random);
        const std::vector<standing> found = find_front(all);
        REQUIRE(found.size() == all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            const bool is_beaten = std::any_of(all.begin(), all.end(),
                                               [&](const contender& other) { return beats(other, all[i]); });
            REQUIRE(found[i].on_front == !is_beaten);
            REQUIRE(found[i].dominator.has_value() == is_beaten);
            if (is_beaten) REQUIRE(beats(all[*found[i].dominator], all[i]));
            for (const std::size_t tie : found[i].ties) {
                REQUIRE(tie != i);
                REQUIRE_FALSE(beats(all[tie], all[i]));
                REQUIRE_FALSE(beats(all[i], all[tie]));
            }
            beaten += is_beaten ? 1 : 0;
            tied += found[i].ties.size();
        }
        const bool any_on_front =
            std::any_of(found.begin(), found.end(), [](const standing& each) { return each.on_front; });
        REQUIRE((all.empty() || any_on_front));
    }
    CHECK(beaten > 1000);
    CHECK(tied > 1000);
}

TEST_CASE("the order of the contenders does not change who is on the front") {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        std::vector<contender> all = random_set(random);
        std::vector<bool> before;
        for (const standing& each : find_front(all)) before.push_back(each.on_front);
        std::reverse(all.begin(), all.end());
        std::vector<bool> after;
        for (const standing& each : find_front(all)) after.push_back(each.on_front);
        std::reverse(after.begin(), after.end());
        REQUIRE(before == after);
    }
}

TEST_CASE("a tie in speed is decided by the error, a tie in both by nobody") {
    const contender exact = make(0.9, 1.0, 1.1, 0.5);
    const contender rough = make(0.8, 0.95, 1.05, 3.0);
    const contender twin = make(1.0, 1.05, 1.2, 0.5);
    const auto found = find_front({exact, rough, twin});
    CHECK(found[0].on_front);
    CHECK_FALSE(found[1].on_front);
    CHECK(found[1].dominator == 0U);
    CHECK(found[2].on_front);
    CHECK(found[0].ties == std::vector<std::size_t>{2});
}

TEST_CASE("a dominator on the front is named before a faster one that is beaten itself") {
    const contender beaten = make(1.0, 1.0, 1.0, 2.0);
    const contender slow_best = make(0.95, 1.1, 1.2, 0.5);
    const contender fast_middle = make(0.9, 0.97, 0.99, 1.0);
    const auto found = find_front({beaten, slow_best, fast_middle});
    CHECK(found[1].on_front);
    CHECK_FALSE(found[2].on_front);
    CHECK(found[0].dominator == 1U);
}

TEST_CASE("infinite errors and zero errors compare") {
    const double infinity = std::numeric_limits<double>::infinity();
    const auto found = find_front({make(1, 1, 1, infinity), make(2, 2, 2, 0.0), make(3, 3, 3, infinity)});
    CHECK(found[0].on_front);
    CHECK(found[1].on_front);
    CHECK_FALSE(found[2].on_front);
    CHECK(found[2].dominator == 0U);
}

}  // namespace
}  // namespace ulpfront::reports
