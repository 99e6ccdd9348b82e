// Samples to rows: statistics, floors, and JSON that stays JSON whatever was counted.
#include "bench/rows.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "bench/options.hpp"
#include "bench/output.hpp"

using namespace ulpfront;
using namespace ulpfront::bench;
using nlohmann::json;

namespace {

entry make_entry(std::uint32_t method, std::uint32_t isa, const std::vector<double>& ns_per_call,
                 std::size_t n) {
    entry made;
    made.what.kernel.function = "some";
    made.what.kernel.kernel = "kernel";
    made.what.kernel.library = "lib";
    made.what.kernel.path = "/lib.so";
    made.what.kernel.method = method;
    made.what.kernel.isa = isa;
    made.what.kernel.dtype = ULPFRONT_DTYPE_F32;
    made.what.shape = {ULPFRONT_DTYPE_F32, distribution::uniform, n, false};
    made.check = "ok";
    made.wanted = ns_per_call.size();
    for (const double ns : ns_per_call) {
        sample measured;
        measured.iterations = 10;
        measured.real_seconds = 2e-8 * ns;
        measured.cpu_seconds = 1e-8 * ns;
        made.samples.push_back(measured);
    }
    return made;
}

constexpr std::size_t cache = std::size_t{1} << 20;

}  // namespace

TEST_CASE("statistics of repetitions") {
    CHECK(median_of({3.0, 1.0, 2.0}) == 2.0);
    CHECK(median_of({4.0, 1.0, 2.0, 3.0}) == 2.5);
    CHECK(mean_of({1.0, 2.0, 6.0}) == 3.0);
    CHECK(deviation_of({2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) == Approx(2.13808994));
    CHECK(deviation_of({5.0}) == 0.0);
}

TEST_CASE("a row holds time per element and rates") {
    const entry each = make_entry(ULPFRONT_METHOD_SIMD, ULPFRONT_ISA_AVX2, {100.0, 300.0, 200.0}, 1000);
    const auto rows = repetition_rows(each, 0.05);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].cpu == Approx(100e-9));
    CHECK(rows[0].real == Approx(200e-9));
    CHECK(rows[0].counters.at("ns_per_element") == Approx(0.1));
    CHECK(rows[0].counters.at("to_floor") == Approx(2.0));
    CHECK(rows[0].counters.at("items_per_second") == Approx(1e10));
    CHECK(rows[0].counters.at("bytes_per_second") == Approx(8e10));
    const auto statistics = statistic_rows(rows);
    REQUIRE(statistics.size() == 4);
    CHECK(statistics[1].statistic == "median");
    CHECK(statistics[1].counters.at("ns_per_element") == Approx(0.2));
    CHECK(statistics[3].cpu == Approx(0.5));  // cv: 100 ns of 200
    CHECK(statistic_rows({rows[0]}).empty());
}

TEST_CASE("an error is a row of its own and takes the statistics") {
    entry each = make_entry(ULPFRONT_METHOD_SIMD, ULPFRONT_ISA_AVX2, {100.0, 200.0, 300.0}, 1000);
    each.error = "it broke";
    const auto rows = repetition_rows(each, {});
    REQUIRE(rows.size() == 4);
    CHECK(rows.back().error == "it broke");
    CHECK(statistic_rows(rows).empty());
    const json failed = row_to_json(rows.back(), each, 0);
    CHECK(failed["error_occurred"] == true);
    CHECK(failed["error_message"] == "it broke");
    CHECK(failed["run_type"] == "iteration");
    CHECK_FALSE(failed.contains("ns_per_element"));
}

TEST_CASE("the floor: null kernels of the same ISA in cache, memcpy beyond") {
    const std::size_t large = cache;
    std::vector<entry> entries = {
        make_entry(ULPFRONT_METHOD_NULL, ULPFRONT_ISA_AVX2, {50.0}, 1000),
        make_entry(ULPFRONT_METHOD_NULL, ULPFRONT_ISA_AVX2, {40.0}, 1000),
        make_entry(ULPFRONT_METHOD_NULL, ULPFRONT_ISA_SCALAR, {200.0}, 1000),
        make_entry(ULPFRONT_METHOD_NULL, ULPFRONT_ISA_AUTO, {10.0}, 1000),
        make_entry(ULPFRONT_METHOD_NULL, ULPFRONT_ISA_AUTO, {3e6}, large),
        make_entry(ULPFRONT_METHOD_NULL, ULPFRONT_ISA_AVX2, {1e6}, large),
    };
    entries[3].what.kernel.path.clear();  // memcpy
    entries[4].what.kernel.path.clear();
    const floors known(entries, cache);
    const auto floor_of = [&](std::uint32_t isa, std::size_t n) {
        return known.of(make_entry(ULPFRONT_METHOD_SIMD, isa, {1.0}, n));
    };
    CHECK(floor_of(ULPFRONT_ISA_AVX2, 1000).value() == Approx(0.040));
    CHECK(floor_of(ULPFRONT_ISA_SCALAR, 1000).value() == Approx(0.200));
    CHECK(floor_of(ULPFRONT_ISA_AUTO, 1000).value() == Approx(0.040));
    CHECK_FALSE(floor_of(ULPFRONT_ISA_AVX512, 1000).has_value());
    CHECK_FALSE(floor_of(ULPFRONT_ISA_AVX2, 999).has_value());
    CHECK(floor_of(ULPFRONT_ISA_AVX2, large).value() == Approx(3e6 / static_cast<double>(large)));
}

TEST_CASE("JSON stays valid whatever the counters hold") {
    std::vector<entry> entries = {make_entry(ULPFRONT_METHOD_SIMD, ULPFRONT_ISA_AVX2, {0.0, 0.0}, 1000)};
    entries[0].samples[0].counters["odd"] = std::numeric_limits<double>::quiet_NaN();
    entries[0].samples[1].counters["odd"] = -std::numeric_limits<double>::infinity();
    entries[0].what.kernel.library = "not UTF-8: \xff \"quoted\" \n";
    const floors known(entries, cache);
    const google_flags flags;
    CHECK(json::parse(make_json({}, {}, known, flags))["benchmarks"].empty());
    const json read = json::parse(make_json({{"complete", true}}, entries, known, flags));
    CHECK(read["context"]["complete"] == true);
    REQUIRE(read["benchmarks"].size() == 6);
    CHECK(read["benchmarks"][0]["odd"] == "nan");
    CHECK(read["benchmarks"][1]["odd"] == "-inf");
    CHECK(read["benchmarks"][0]["items_per_second"] == "inf");
    CHECK(read["benchmarks"][2]["aggregate_name"] == "mean");
    CHECK(read["benchmarks"][2]["odd"] == "nan");
}

TEST_CASE("report_aggregates_only leaves the repetitions out") {
    std::vector<entry> entries = {make_entry(ULPFRONT_METHOD_SIMD, ULPFRONT_ISA_AVX2, {1.0, 2.0}, 1000)};
    const floors known(entries, cache);
    google_flags flags;
    flags.report_aggregates_only = true;
    const json document = json::parse(make_json({}, entries, known, flags));
    REQUIRE(document["benchmarks"].size() == 4);
    CHECK(document["benchmarks"][1]["name"] == "some/f32/lib:kernel/avx2/uniform/1000_median");
}
