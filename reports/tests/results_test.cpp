// Reading result files: what is refused, and in which words.
#include "reports/results.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "impls/tool.hpp"
#include "reports/tests/fixture.hpp"

namespace ulpfront::reports {
namespace {

using fixture::kernel_spec;
using json = nlohmann::json;

const kernel_spec one{.kernel = "k", .times = {1.0, 1.1}};

/// The refusal of a set of documents ("0.json", "1.json", ...); "" if they are accepted.
std::string refusal(const std::vector<json>& documents) {
    try {
        fixture::read(documents);
    } catch (const failure& error) {
        CHECK(error.code() == exit_bad_input);
        std::string message = error.what();
        CHECK(message.find('\n') == std::string::npos);
        return message;
    }
    return "";
}

bool says(const std::string& message, std::initializer_list<const char*> words) {
    CAPTURE(message);
    for (const char* word : words) {
        CHECK(message.find(word) != std::string::npos);
        if (message.find(word) == std::string::npos) return false;
    }
    return true;
}

TEST_CASE("whole results of both kinds are read") {
    const result_set set = fixture::read({fixture::bench({one}), fixture::accuracy({one})});
    REQUIRE(set.accuracy.size() == 1);
    REQUIRE(set.bench.size() == 1);
    CHECK(set.accuracy[0].rows.at(0).max_ulp == 1.0);
    CHECK(set.accuracy[0].rows[0].exhaustive);
    CHECK(set.accuracy[0].functions.at(0).range_high == std::numeric_limits<double>::infinity());
    CHECK(set.bench[0].rows.size() == 2);
    CHECK(set.bench[0].rows[1].ns_per_element == 1.1);
}

TEST_CASE("aggregates of the benchmark are left aside") {
    json bench = fixture::bench({one});
    bench["benchmarks"][1] = {{"run_type", "aggregate"}, {"aggregate_name", "mean"}};
    CHECK(fixture::read({bench}).bench[0].rows.size() == 1);
}

TEST_CASE("every member that the report needs is missed by name") {
    const json whole = fixture::accuracy({one});
    const json row = whole["rows"][0];
    std::size_t tried = 0;
    for (const auto& [member, value] : row.items()) {
        const std::set<std::string> optional{"seams",    "max_abs_input", "judge_calls", "bias_ulp",
                                             "normal_1", "histogram",     "binades"};
        if (optional.count(member) != 0) continue;
        json broken = whole;
        broken["rows"][0].erase(member);
        CAPTURE(member);
        CHECK(says(refusal({broken}), {"'", "0.json'", ("rows[0]." + member + " is missing").c_str()}));
        ++tried;
    }
    CHECK(tried > 30);
    for (const char* member : {"complete", "environment", "inputs", "libraries", "functions", "rows"}) {
        json broken = whole;
        broken.erase(member);
        CHECK(says(refusal({broken}), {member, "is missing"}));
    }
    for (const auto& [member, value] : whole["functions"][0].items()) {
        if (member == "monotone" || member == "timed") continue;
        json broken = whole;
        broken["functions"][0].erase(member);
        CHECK(says(refusal({broken}), {("functions[0]." + member + " is missing").c_str()}));
    }
}

TEST_CASE("optional members are read where they are, and refused where they make no sense") {
    json whole = fixture::accuracy({one});
    const accuracy_row row = fixture::read({whole}).accuracy[0].rows[0];
    CHECK(row.histogram.size() == 3);
    // Of the NaN's binade there is nothing to show; the others ascend.
    REQUIRE(row.binades.size() == 3);
    CHECK(row.binades[0].from == -0x1.fp+3);
    CHECK(row.normal_1->p999_ulp == 0.9);
    CHECK(row.seams == std::vector<double>{1.5, -2.5});
    const auto refused = [&](const char* member, const json& value,
                             std::initializer_list<const char*> words) {
        json broken = whole;
        broken["rows"][0][member] = value;
        CHECK(says(refusal({broken}), words));
    };
    refused("histogram", json::array({json::array({1.0, 5}), json::array({0.5, 5})}),
            {"rows[0].histogram[1]", "out of order"});
    refused("histogram", json::array({json::array({1.0, 5, 5})}),
            {"rows[0].histogram[0]", "where a bin begins"});
    refused("histogram", json::array({json::array({1.0, -5})}), {"rows[0].histogram[0]", "whole number"});
    refused("binades", json::array({json::array({"0x1p0", 1.0})}),
            {"rows[0].binades[0]", "largest and a mean"});
    refused("normal_1", {{"mean_ulp", 1.0}}, {"rows[0].normal_1.rms_ulp", "missing"});
    refused("seams", json::array({"here"}), {"rows[0].seams[0]", "number"});
}

TEST_CASE("every member of a timing is missed by name") {
    const json whole = fixture::bench({one});
    for (const auto& [member, value] : whole["benchmarks"][0].items()) {
        if (member == "name") continue;
        json broken = whole;
        broken["benchmarks"][1].erase(member);
        CHECK(says(refusal({broken}), {("benchmarks[1]." + member + " is missing").c_str()}));
    }
    json broken = whole;
    broken.erase("benchmarks");
    CHECK(says(refusal({broken}), {"benchmarks is missing"}));
}

TEST_CASE("values out of their range are refused with what is expected") {
    const auto with = [](const char* member, const json& value) {
        json document = fixture::accuracy({one});
        document["rows"][0][member] = value;
        return refusal({document});
    };
    CHECK(says(with("max_ulp", "much"), {"rows[0].max_ulp is string", "number"}));
    CHECK(says(with("max_ulp", -1.0), {"rows[0].max_ulp", "not below 0"}));
    CHECK(says(with("max_ulp", "nan"), {"rows[0].max_ulp", "not below 0"}));
    CHECK(says(with("misrounded", -3), {"rows[0].misrounded", "whole number"}));
    CHECK(says(with("misrounded", 1.5), {"rows[0].misrounded", "whole number"}));
    CHECK(says(with("status", "fine"), {"rows[0].status is 'fine'", "ok, broken"}));
    CHECK(says(with("promise_kind", "vow"), {"rows[0].promise_kind is 'vow'", "absolute"}));
    CHECK(says(with("kernel", 5), {"rows[0].kernel is number", "string"}));
    CHECK(says(with("specials", "all"), {"rows[0].specials is string", "array"}));
    CHECK(with("max_ulp", "inf") == "");
    CHECK(with("max_ulp", nullptr) == "");
}

TEST_CASE("times must be times") {
    for (const json& time : {json(0.0), json(-1.0), json("inf"), json("nan")}) {
        json document = fixture::bench({one});
        document["benchmarks"][0]["ns_per_element"] = time;
        CHECK(says(refusal({document}), {"benchmarks[0].ns_per_element", "above 0"}));
    }
}

TEST_CASE("curves must be curves") {
    json document = fixture::accuracy({one});
    document["functions"][0]["curve"]["y"] = {1.0};
    CHECK(says(refusal({document}), {"functions[0].curve.y has 1 numbers, but curve.x has 3"}));
    document = fixture::accuracy({one});
    document["functions"][0]["curve"]["x"] = {3.0, 2.0, 1.0};
    CHECK(says(refusal({document}), {"functions[0].curve.x", "ascending"}));
    document = fixture::accuracy({one});
    document["functions"][0]["range"] = {1.0};
    CHECK(says(refusal({document}), {"functions[0].range has 1 numbers"}));
}

TEST_CASE("foreign JSON and other versions are named as such") {
    CHECK(says(refusal({json::object()}), {"0.json' is not a result of ulpfront"}));
    CHECK(says(refusal({json::array()}), {"is not a result of ulpfront"}));
    CHECK(says(refusal({json(5)}), {"is not a result of ulpfront"}));
    CHECK(says(refusal({{{"context", {{"date", "now"}}}, {"benchmarks", json::array()}}}),
               {"is not a result"}));
    json newer = fixture::accuracy({one});
    newer["schema"] = "ulpfront-accuracy/2";
    CHECK(says(refusal({fixture::bench({one}), newer}),
               {"1.json' has schema \"ulpfront-accuracy/2\"", "ulpfront-accuracy/1"}));
    json older = fixture::bench({one});
    older["context"]["schema"] = "ulpfront-bench/0";
    CHECK(says(refusal({older}), {"\"ulpfront-bench/0\"", "ulpfront-bench/1"}));
}

TEST_CASE("truncation is found at its byte, wherever the file was cut") {
    const fixture::folder place;
    const std::string whole = fixture::accuracy({one}).dump(1);
    for (std::size_t length = 0; length < whole.size(); length += 97) {
        const std::string file = place.put("cut.json", whole.substr(0, length));
        try {
            read_results({file});
            FAIL("a file of " << length << " bytes was accepted");
        } catch (const failure& error) {
            CHECK(error.code() == exit_bad_input);
            CHECK(says(error.what(), {"cut.json' is not whole JSON", "at byte"}));
        }
    }
}

TEST_CASE("what nests without end is no result") {
    const fixture::folder place;
    constexpr std::size_t depth = 100000;
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += "{\"schema\":";
    text += "1" + std::string(depth, '}');
    try {
        read_results({place.put("deep.json", text)});
        FAIL("it was accepted");
    } catch (const failure& error) {
        CHECK(error.code() == exit_bad_input);
        CHECK(says(error.what(), {"deep.json' is not a result of ulpfront", "nests more than"}));
    }
}

TEST_CASE("a kernel measured twice is refused, in one file and in two") {
    json twice = fixture::accuracy({one});
    twice["rows"].push_back(twice["rows"][0]);
    CHECK(says(refusal({twice}), {"rows[0] and rows[1] are both f/f32/k/avx2"}));
    CHECK(says(refusal({fixture::accuracy({one}), fixture::accuracy({one})}),
               {"0.json' and '", "1.json' both measure the error of f/f32/k/avx2"}));
    CHECK(says(refusal({fixture::bench({one}), fixture::bench({one})}),
               {"both measure the speed of f/f32/k/avx2/uniform/2048"}));
    kernel_spec elsewhere = one;
    elsewhere.n = 400;
    CHECK(refusal({fixture::bench({one}), fixture::bench({elsewhere})}) == "");
}

TEST_CASE("the same file twice is a slip of the command line") {
    const fixture::folder place;
    const std::string file = place.put("a.json", fixture::bench({one}));
    try {
        read_results({file, file});
        FAIL("accepted");
    } catch (const failure& error) {
        CHECK(error.code() == exit_usage);
        CHECK(says(error.what(), {"is given twice"}));
    }
}

TEST_CASE("times of two machines are refused with what differs") {
    kernel_spec other = one;
    other.kernel = "other";
    for (const char* member : {"cpu_model", "host_name", "num_cpus"}) {
        json elsewhere = fixture::bench({other});
        elsewhere["context"][member] = "something else";
        CHECK(says(refusal({fixture::bench({one}), elsewhere}),
                   {"different machines", member, "something else"}));
    }
    CHECK(refusal({fixture::bench({one}), fixture::bench({other})}) == "");
}

TEST_CASE("two definitions of one function are refused") {
    kernel_spec other = one;
    other.kernel = "other";
    json elsewhere = fixture::accuracy({other});
    CHECK(refusal({fixture::accuracy({one}), elsewhere}) == "");
    elsewhere["functions"][0]["curve"]["y"][0] = 3.0;
    CHECK(says(refusal({fixture::accuracy({one}), elsewhere}), {"define f differently"}));
}

TEST_CASE("a missing file and a folder are refused") {
    CHECK_THROWS_WITH(read_results({"/nonexistent/a.json"}),
                      Catch::Contains("cannot read '/nonexistent/a.json'"));
    CHECK_THROWS_AS(read_results({"/"}), failure);
}

}  // namespace
}  // namespace ulpfront::reports
