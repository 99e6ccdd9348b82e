// The search for the worst inputs.
#include "accuracy/beam_search.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <set>

#include "accuracy/ulp.hpp"

using namespace ulpfront;

namespace {

using error_function = std::function<double(double)>;

struct finding {
    std::vector<search_hit> worst;
    std::uint64_t evaluations = 0;
    bool in_order = true;
    std::set<std::uint64_t> binades;  // sign and exponent
};

finding search(const search_settings& settings, const error_function& error) {
    finding result;
    beam_search of(settings);
    while (true) {
        const auto keys = of.next();
        if (keys.empty()) break;
        std::vector<double> errors;
        result.in_order = result.in_order && keys.size() <= beam_search::batch_size;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            result.in_order = result.in_order && (i == 0 || keys[i - 1] < keys[i]);
            const auto x = from_ordered_key<double>(keys[i]);
            result.in_order = result.in_order && std::isfinite(x);
            result.binades.insert(keys[i] >> 52U);
            errors.push_back(error(x));
        }
        result.evaluations += keys.size();
        of.tell(errors);
    }
    result.worst = of.worst();
    return result;
}

/// Noise below 1, and a hill around a place, narrow beside its binade.
double hill(double x) {
    int exponent = 0;
    const double noise = std::fmod(std::abs(std::frexp(x * 1.2345, &exponent)) * 1e9, 1.0);
    return 0.5 * noise + 2.0 * std::exp(-std::abs(x - 0.7123) * 3e2);
}

}  // namespace

TEST_CASE("a search spends its budget, no more and no less, on finite inputs of every binade") {
    for (const std::uint64_t budget : {0ULL, 1ULL, 17ULL, 1000ULL, 30000ULL}) {
        INFO(budget);
        const finding found = search({budget, 3, {0.0, 1.0, INFINITY, NAN}}, hill);
        CHECK(found.evaluations == budget);
        CHECK(found.in_order);
        CHECK(found.worst.size() <= beam_search::kept);
        CHECK(std::is_sorted(found.worst.begin(), found.worst.end(),
                             [](const auto& a, const auto& b) { return a.error > b.error; }));
        if (budget == 30000) CHECK(found.binades.size() == std::size_t{2} * 2047);
    }
}

TEST_CASE("a search is the same each time, and another with another seed") {
    const auto keys = [](const finding& of) {
        std::vector<std::uint64_t> list;
        for (const search_hit& each : of.worst) list.push_back(each.key);
        return list;
    };
    const finding once = search({20000, 5, {2.0}}, hill);
    CHECK(keys(once) == keys(search({20000, 5, {2.0}}, hill)));
    CHECK(keys(once) != keys(search({20000, 6, {2.0}}, hill)));
}

TEST_CASE("a search climbs the hill that it sees, and a mark shows it a needle") {
    CHECK(search({100000, 1, {}}, hill).worst.front().error > 1.9);
    const auto needle = [](double x) { return x == 1.0 + 0x1p-50 ? 3.0 : 0.0; };
    CHECK(search({100000, 1, {}}, needle).worst.empty());
    const finding marked = search({100000, 1, {1.0}}, needle);
    REQUIRE(marked.worst.size() == 1);
    CHECK(from_ordered_key<double>(marked.worst.front().key) == 1.0 + 0x1p-50);
}
