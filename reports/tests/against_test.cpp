// Two sets of results: what is called a change, and what is not.
#include "reports/against.hpp"

#include <catch2/catch.hpp>

#include "reports/report.hpp"
#include "reports/tests/fixture.hpp"

namespace ulpfront::reports {
namespace {

using fixture::kernel_spec;
using json = nlohmann::json;
using speed = speed_change::verdict;
using error = error_change::verdict;

/// Kernels with object code of their own, so that no two sets share any.
json accuracy_of(const std::vector<kernel_spec>& specs, const std::string& code) {
    json document = fixture::accuracy(specs);
    for (json& row : document["rows"]) row["code_id"] = code;
    return document;
}

comparison compare(const std::vector<json>& now, const std::vector<json>& before, bool across = false) {
    return *make_report(fixture::read(now), fixture::read(before), across).against;
}

TEST_CASE("a timing is slower or faster only where the intervals lie apart") {
    const std::vector<kernel_spec> before{{.kernel = "same", .times = {1.0, 1.1, 1.2}},
                                          {.kernel = "slow", .times = {1.0, 1.1, 1.2}},
                                          {.kernel = "fast", .times = {1.0, 1.1, 1.2}}};
    const std::vector<kernel_spec> now{{.kernel = "same", .times = {1.15, 1.2, 1.3}},
                                       {.kernel = "slow", .times = {2.0, 2.2, 2.4}},
                                       {.kernel = "fast", .times = {0.5, 0.55, 0.6}}};
    const comparison found = compare({fixture::bench(now)}, {fixture::bench(before)});
    REQUIRE(found.speeds.size() == 3);
    CHECK(found.speeds.front().is == speed::slower);
    CHECK(found.speeds.front().times->value == Approx(2.0));
    CHECK(found.speeds.front().times->low == Approx(2.0 / 1.2));
    CHECK(found.speeds.front().times->high == Approx(2.4));
    CHECK(found.speeds.back().is == speed::faster);
    CHECK(found.count(speed::same) == 1);
    CHECK(found.machines.empty());
    CHECK_FALSE(found.noise);
}

TEST_CASE("kernels of the same object code are not faster or slower, and say how much noise there is") {
    const std::vector<kernel_spec> before{{.kernel = "a", .times = {1.0, 1.0}},
                                          {.kernel = "b", .times = {1.0, 1.0}}};
    const std::vector<kernel_spec> now{{.kernel = "a", .times = {1.3, 1.3}},
                                       {.kernel = "b", .times = {0.8, 0.8}}};
    const comparison found = compare({accuracy_of(now, "00000000000000aa"), fixture::bench(now)},
                                     {accuracy_of(before, "00000000000000aa"), fixture::bench(before)});
    CHECK(found.count(speed::identical) == 2);
    REQUIRE(found.noise);
    CHECK(found.noise->low == Approx(0.8));
    CHECK(found.noise->high == Approx(1.3));
    CHECK(found.same_errors == 2);
}

TEST_CASE("times of different machines get no ratio unless it is asked for") {
    const std::vector<kernel_spec> some{{.kernel = "a", .times = {1.0, 1.0}}};
    json elsewhere = fixture::bench(some);
    elsewhere["context"]["cpu_model"] = "Another CPU";
    const comparison found = compare({fixture::bench(some)}, {elsewhere});
    REQUIRE(found.machines.size() == 1);
    CHECK(found.speeds.front().is == speed::unknown);
    CHECK_FALSE(found.speeds.front().times);
    CHECK(compare({fixture::bench(some)}, {elsewhere}, true).speeds.front().times);
}

TEST_CASE("errors are compared exactly, and the gravest difference decides") {
    const std::vector<kernel_spec> before{{.kernel = "better", .max_ulp = 2.0},
                                          {.kernel = "nan", .max_ulp = 2.0},
                                          {.kernel = "other"},
                                          {.kernel = "same"},
                                          {.kernel = "worse", .max_ulp = 2.0}};
    std::vector<kernel_spec> after = before;
    after[0].max_ulp = 1.0;
    after[4].max_ulp = 2.000001;
    json now = fixture::accuracy(after);
    now["rows"][0]["misrounded"] = 5000;
    now["rows"][1]["max_ulp"] = 1.0;
    now["rows"][1]["nan_mismatches"] = 1;
    now["rows"][2]["max_ulp"] = 3.0;
    now["rows"][2]["inputs_tried"] = 100;
    const comparison found = compare({now}, {fixture::accuracy(before)});
    CHECK(found.same_errors == 1);
    REQUIRE(found.errors.size() == 4);
    CHECK(found.count(error::worse) == 2);
    CHECK(found.count(error::better) == 1);
    CHECK(found.errors[0].why == "NaN: worse");
    CHECK(found.errors[1].why == "the largest error: worse");
    CHECK(found.errors[3].why == "2³² inputs were tried before, 100 now");
}

TEST_CASE("kernels that came and went are named, and so is what else differs") {
    json now = fixture::accuracy({{.kernel = "new"}});
    now["environment"]["compiler"] = "GNU 13";
    const comparison found = compare({now}, {fixture::accuracy({{.kernel = "old"}})});
    CHECK(found.appeared == std::vector<std::string>{"f/f32/new/avx2"});
    CHECK(found.vanished == std::vector<std::string>{"f/f32/old/avx2"});
    REQUIRE(found.facts.size() == 1);
    CHECK(found.facts[0].what == "Compiler");
    CHECK(found.facts[0].before.empty());
    CHECK(found.facts[0].after == "GNU 13");
}

}  // namespace
}  // namespace ulpfront::reports
