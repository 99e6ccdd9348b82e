// The join: conditions, floors, ratios, fronts, choices.
#include "reports/model.hpp"

#include <catch2/catch.hpp>

#include "reports/choice.hpp"
#include "reports/gradient.hpp"
#include "reports/tests/fixture.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

using fixture::find;
using fixture::index_of;
using fixture::joined;
using fixture::kernel_spec;
using fixture::usual;
using json = nlohmann::json;

const std::vector<kernel_spec> some{
    {.function = "copying", .kernel = "slow_copy", .method = "null", .times = {0.2}, .max_ulp = 0.0},
    {.function = "copying", .kernel = "copy", .method = "null", .times = {0.1}, .max_ulp = 0.0},
    {.function = "copying",
     .kernel = "copy",
     .isa = "scalar",
     .method = "null",
     .times = {0.5},
     .max_ulp = 0.0},
    {.function = "f", .kernel = "naive", .isa = "avx2", .method = "naive", .times = {7.0}, .max_ulp = 100.0},
    {.function = "f",
     .kernel = "naive",
     .isa = "scalar",
     .method = "naive",
     .times = {8.0},
     .max_ulp = 100.0},
    {.function = "f", .kernel = "fast", .times = {0.4}, .max_ulp = 3.0},
    {.function = "f", .kernel = "faithful", .times = {0.8}, .max_ulp = 0.9},
    {.function = "f", .kernel = "faithful", .isa = "avx512", .times = {0.3}, .max_ulp = 0.9},
    {.function = "f", .kernel = "beaten", .times = {0.9}, .max_ulp = 0.95},
};

TEST_CASE("the floor is the fastest copy of the same ISA, or of any where that has none") {
    const model all = joined(some);
    CHECK(find(all, "fast").timed(usual)->to_floor->value == Approx(4.0));
    CHECK(find(all, "naive", "scalar").timed(usual)->to_floor->value == Approx(16.0));
    CHECK(find(all, "faithful", "avx512").timed(usual)->to_floor->value == Approx(3.0));
    CHECK(all.find_function("copying")->is_floor);
    CHECK_FALSE(all.find_function("f")->is_floor);
}

TEST_CASE("a floor of another run is no floor") {
    const std::vector<kernel_spec> copies(some.begin(), some.begin() + 3);
    const std::vector<kernel_spec> others(some.begin() + 3, some.end());
    const model all =
        join(fixture::read({fixture::bench(copies), fixture::bench(others), fixture::accuracy(some)}));
    CHECK_FALSE(find(all, "fast").timed(usual)->to_floor);
    CHECK(find(all, "copy").timed(usual)->to_floor->value == Approx(1.0));
}

TEST_CASE("naive is the textbook formula of the plainest ISA") {
    const model all = joined(some);
    CHECK(find(all, "fast").timed(usual)->over_naive->value == Approx(20.0));
    CHECK(find(all, "naive", "avx2").timed(usual)->over_naive->value == Approx(8.0 / 7.0));
}

TEST_CASE("a foreign naive kernel does not take the place of the project's own") {
    std::vector<kernel_spec> specs = some;
    specs.push_back({.function = "f",
                     .kernel = "a",
                     .isa = "scalar",
                     .method = "naive",
                     .times = {99.0},
                     .library = "x"});
    CHECK(find(joined(specs), "fast").timed(usual)->over_naive->value == Approx(20.0));
}

TEST_CASE("the cheapest function is the one with the shortest formula among those that tie") {
    std::vector<kernel_spec> specs{{.function = "a", .kernel = "k", .times = {1.0, 1.2}},
                                   {.function = "b", .kernel = "k", .times = {1.1, 1.3}},
                                   {.function = "c", .kernel = "k", .times = {3.0, 3.1}}};
    json accuracy = fixture::accuracy(specs);
    accuracy["functions"][0]["formula"] = "a long formula";
    const model all = join(fixture::read({accuracy, fixture::bench(specs)}));
    CHECK(all.functions[all.cheapest.at({"f32", usual})].name == "b");
    for (const kernel& each : all.kernels) {
        if (each.label.key.function == "c")
            CHECK(each.timed(usual)->to_cheapest->value == Approx(3.05 / 1.2));
    }
}

TEST_CASE("each front is of one ISA, and there is one over all") {
    const model all = joined(some);
    CHECK(find(all, "faithful").timed(usual)->within_isa->on_front);
    const standing& over_all = *find(all, "faithful").timed(usual)->over_all;
    CHECK_FALSE(over_all.on_front);
    CHECK(over_all.dominator == index_of(all, "faithful", "avx512"));
    CHECK(find(all, "beaten").timed(usual)->within_isa->dominator == index_of(all, "faithful"));
    CHECK(standing_text(all, index_of(all, "beaten"), usual) ==
          "beaten by faithful: faster and more accurate");
    CHECK(standing_text(all, index_of(all, "faithful", "avx512"), usual) ==
          "on the front; also over all ISAs");
}

TEST_CASE("a kernel beaten in ULP alone is said to be on the front by absolute error") {
    const std::vector<kernel_spec> specs{{.kernel = "nearest", .times = {1.0}, .max_ulp = 100.0},
                                         {.kernel = "linear", .times = {2.0}, .max_ulp = 200.0}};
    json accuracy = fixture::accuracy(specs);
    accuracy["rows"][1]["max_abs_error"] = 1e-6;
    const model all = join(fixture::read({accuracy, fixture::bench(specs)}));
    CHECK(standing_text(all, index_of(all, "linear"), usual) ==
          "on the front by absolute error; in ULP beaten by nearest: faster and more accurate");
}

TEST_CASE("what is broken, crashed, hung, skipped or wrong about NaN is on no front and never chosen") {
    const struct {
        const char* member;
        json value;
        const char* reason;
    } defects[] = {{"status", "broken", "its promise is broken"},
                   {"status", "crashed", "it crashed"},
                   {"status", "timeout", "it ran out of time"},
                   {"status", "skipped", "it was not run"},
                   {"nan_mismatches", 2, "NaN is wrong for 2 inputs"}};
    for (const auto& defect : defects) {
        json accuracy = fixture::accuracy(some);
        for (json& row : accuracy["rows"]) {
            if (row["kernel"] == "fast") row[defect.member] = defect.value;
        }
        const model all = join(fixture::read({accuracy, fixture::bench(some)}));
        const kernel& fast = find(all, "fast");
        CHECK(fast.defect() == defect.reason);
        CHECK_FALSE(fast.timed(usual)->within_isa);
        CHECK_FALSE(fast.timed(usual)->over_all);
        const kernel_group& group = all.find_function("f")->dtypes[0];
        const auto chosen =
            choose(all, group, usual, "avx2", [](const kernel& k) { return within_ulp(k, 4.0); });
        REQUIRE(chosen);
        CHECK(all.kernels[chosen->kernel].label.shown == "faithful");
    }
}

TEST_CASE("a kernel with only a speed or only an error is kept, compared with nobody") {
    const std::vector<kernel_spec> timed{{.kernel = "timed", .times = {1.0}}};
    const std::vector<kernel_spec> checked{{.kernel = "checked", .max_ulp = 0.5}};
    const model all = join(fixture::read({fixture::accuracy(checked), fixture::bench(timed)}));
    CHECK(all.kernels.size() == 2);
    CHECK_FALSE(find(all, "timed").timed(usual)->within_isa);
    CHECK(find(all, "checked").timings.empty());
    CHECK(standing_text(all, index_of(all, "timed"), usual) == "not compared: no error measured");
    CHECK(standing_text(all, index_of(all, "checked"), usual) == "not timed");
}

TEST_CASE("a benchmark that failed once is not timed") {
    json bench = fixture::bench({{.kernel = "k", .times = {1.0, 1.0, 1.0}}});
    bench["benchmarks"][1]["error_occurred"] = true;
    bench["benchmarks"][1]["error_message"] = "broke its promise";
    const model all = join(fixture::read({bench}));
    CHECK(find(all, "k").timed(usual) == nullptr);
    CHECK(find(all, "k").timings.at(usual).error == "broke its promise");
}

TEST_CASE("the usual condition is the one most kernels were timed under, else the default one") {
    std::vector<kernel_spec> specs{{.kernel = "a", .times = {1.0}, .distribution = "edge", .n = 400},
                                   {.kernel = "b", .times = {1.0}, .distribution = "edge", .n = 400},
                                   {.kernel = "a", .times = {1.0}}};
    const model most = join(fixture::read({fixture::bench(specs)}));
    CHECK(most.functions[0].dtypes[0].usual->distribution == "edge");
    specs.push_back({.kernel = "b", .times = {1.0}});
    const model equal = join(fixture::read({fixture::bench(specs)}));
    CHECK(equal.functions[0].dtypes[0].usual == usual);
}

TEST_CASE("a choice is the fastest within the budget; of those that tie the most accurate") {
    const std::vector<kernel_spec> specs{{.kernel = "quick", .times = {1.00, 1.02, 1.04}, .max_ulp = 3.5},
                                         {.kernel = "careful", .times = {1.03, 1.05, 1.07}, .max_ulp = 0.8},
                                         {.kernel = "slow", .times = {2.0, 2.1, 2.2}, .max_ulp = 0.5},
                                         {.kernel = "rough", .times = {0.1, 0.1, 0.1}, .max_ulp = 9.0}};
    const model all = joined(specs);
    const kernel_group& group = all.functions[0].dtypes[0];
    const auto name = [&](double bound) -> std::string {
        const auto chosen =
            choose(all, group, usual, "", [&](const kernel& k) { return within_ulp(k, bound); });
        return chosen ? all.kernels[chosen->kernel].label.shown : "none";
    };
    CHECK(name(100.0) == "rough");
    CHECK(name(4.0) == "careful");
    CHECK(name(0.7) == "slow");
    CHECK(name(0.5) == "slow");
    CHECK(name(0.4) == "none");
    const auto chosen = choose(all, group, usual, "", [](const kernel& k) { return within_ulp(k, 4.0); });
    CHECK(chosen->candidates == 3);
    CHECK(all.kernels[*chosen->faster].label.shown == "quick");
    CHECK(all.kernels[*chosen->runner_up].label.shown == "slow");
    CHECK_FALSE(choose(all, group, usual, "sse2", [](const kernel&) { return true; }));
}

kernel with_error(const char* dtype, double max_ulp, double absolute, const char* promise, double promised) {
    json row = fixture::accuracy_row({.kernel = "k", .max_ulp = max_ulp, .dtype = dtype});
    row["max_abs_error"] = absolute;
    row["promise_kind"] = promise;
    row["promise_value"] = promised;
    json document = fixture::accuracy({});
    document["rows"].push_back(row);
    return join(fixture::read({document})).kernels.at(0);
}

TEST_CASE("tiers are decided as DESIGN 1 words them") {
    const auto tiers = [](const kernel& of) {
        std::string text;
        for (const budget& each : budgets()) text += each.met_by(of) ? '1' : '0';
        return text;
    };
    CHECK(tiers(with_error("f32", 0.5, 1e-8, "none", 0)) == "1111");
    CHECK(tiers(with_error("f32", 0.999, 1e-8, "none", 0)) == "0111");
    CHECK(tiers(with_error("f32", 1.0, 1e-8, "none", 0)) == "0011");
    CHECK(tiers(with_error("f32", 4.0, 1.0, "none", 0)) == "0011");
    CHECK(tiers(with_error("f32", 4.1, 0x1p-10, "none", 0)) == "0001");
    CHECK(tiers(with_error("f32", 0x1p13, 1.0, "none", 0)) == "0001");
    CHECK(tiers(with_error("f32", 0x1.1p13, 0x1.1p-10, "none", 0)) == "0000");
    CHECK(tiers(with_error("f32", 1e9, 5.0, "absolute", 0x1p-10)) == "0001");
    CHECK(tiers(with_error("f32", 1e9, 5.0, "absolute", 0x1.1p-10)) == "0000");
    CHECK(tiers(with_error("bf16", 0.9, 1.0, "none", 0)) == "0111");
    CHECK(tiers(with_error("bf16", 3.0, 1.0, "none", 0)) == "0010");
}

TEST_CASE("the mixed error is the least bound known of |error| / max(1, |f|)") {
    accuracy_row row = *joined({{.kernel = "a", .times = {1}, .max_ulp = 8.0}}).kernels.front().checked;
    row.max_abs_error = 1e31;
    CHECK(mixed_error(row) == std::ldexp(8.0, -23));
    CHECK(bound_text(row) == "≤ 9.5e-07 · max(1, |f|)");
    row.max_ulp = 1e9;
    row.promise_kind = "absolute";
    row.promise_value = 0.001;
    CHECK(mixed_error(row) == 0.001);
    row.status = "broken";
    CHECK(mixed_error(row) == std::ldexp(1e9, -23));
    row.max_abs_error = 0.5;
    CHECK(mixed_error(row) == 0.5);
    CHECK(bound_text(row) == "≤ 5.0e-01 absolute");
    row.max_ulp.reset();
    row.max_abs_error.reset();
    CHECK_FALSE(mixed_error(row));
}

TEST_CASE("inference wants f(0) exact where it is zero") {
    json row = fixture::accuracy_row({.kernel = "k", .max_ulp = 1e6});
    row["promise_kind"] = "none";
    row["max_abs_error"] = 1e-5;
    row["specials"] = {
        {{"input", "-0x0p+0"}, {"expected", "0x0p+0"}, {"computed", "0x1p-20"}, {"ok", false}}};
    json document = fixture::accuracy({});
    document["rows"].push_back(row);
    CHECK_FALSE(budgets()[3].met_by(join(fixture::read({document})).kernels.at(0)));
    document["rows"][0]["specials"][0]["computed"] = "-0x0p+0";
    CHECK(budgets()[3].met_by(join(fixture::read({document})).kernels.at(0)));
}

TEST_CASE("a correctly rounded kernel is one without misrounded and undecided results") {
    for (const char* member : {"misrounded", "undecided"}) {
        json document = fixture::accuracy({{.kernel = "k", .max_ulp = 0.5}});
        document["rows"][0][member] = 1;
        CHECK_FALSE(budgets()[0].met_by(join(fixture::read({document})).kernels.at(0)));
    }
}

TEST_CASE("by some of the inputs a kernel is correctly rounded only if it promises to be") {
    json document = fixture::accuracy({{.kernel = "k", .max_ulp = 0.5}});
    const auto rounded = [&] { return budgets()[0].met_by(join(fixture::read({document})).kernels.at(0)); };
    document["rows"][0]["misrounded"] = 0;
    CHECK(rounded());
    document["rows"][0]["max_ulp_kind"] = "found";
    CHECK_FALSE(rounded());
    document["rows"][0]["promise_kind"] = "exact";
    CHECK(rounded());
    document["rows"][0]["misrounded"] = 1;
    CHECK_FALSE(rounded());
}

TEST_CASE("gradients are read off the curve") {
    function_entry entry;
    entry.x = {-10, -5, 0, 5, 10};
    entry.slope = {0.0, 0.0009, 0.5, 0x1p-10, -0.0001};
    const gradient_facts facts = read_gradient(entry);
    CHECK(facts.zero_share == 0.2);
    CHECK(vanishing_text(facts) == "x ≤ −5.00 and x ≥ 10.00");
    entry.slope = {1, 1, 0, 1, 1};
    CHECK(vanishing_text(read_gradient(entry)) == "near x = 0.00");
    entry.slope = {1, 1, 1, 1, 1};
    CHECK(vanishing_text(read_gradient(entry)) == "nowhere");
    entry.slope = {0, 0, 0, 0, 0};
    CHECK(vanishing_text(read_gradient(entry)) == "everywhere");
}

TEST_CASE("a worst input can be computed again by pasting its command") {
    accuracy_row row;
    row.label = {{"f", "f32", "lib", "k.2", "avx2"}, "lib:k.2", "peer"};
    row.worst_input = "-0x1.8p+1";
    row.path = "/opt/my kernels/lib.so";
    CHECK(reproduce_command(row) ==
          "build/release/bin/ulpfront-accuracy eval --function f --dtype f32 --kernel 'lib:k\\.2' --isa avx2 "
          "--kernels "
          "'/opt/my kernels/lib.so' -- -0x1.8p+1");
    row.worst_input = "0x1p+0";
    row.path.clear();
    row.label.shown.assign(1, 'k');
    CHECK(reproduce_command(row) ==
          "build/release/bin/ulpfront-accuracy eval --function f --dtype f32 --kernel k --isa avx2 0x1p+0");
    row.worst_input.clear();
    CHECK(reproduce_command(row).empty());
}

}  // namespace
}  // namespace ulpfront::reports
