// What shows across functions, kernels that err alike, and the charts of lines.
#include "reports/across.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "reports/charts/input_scale.hpp"
#include "reports/distinct.hpp"
#include "reports/tests/fixture.hpp"
#include "reports/tests/markup.hpp"

namespace ulpfront::reports {
namespace {

using fixture::kernel_spec;
using json = nlohmann::json;

report report_on(const std::vector<kernel_spec>& specs) {
    return make_report(fixture::read({fixture::accuracy(specs), fixture::bench(specs)}));
}

const kernel_group& only_group(const report& of) { return of.all.functions.front().dtypes.front(); }

TEST_CASE("of each ISA the fastest kernel within 4 ULP is compared") {
    const report of = report_on({{.kernel = "a", .isa = "scalar", .times = {8, 8}},
                                 {.kernel = "b", .isa = "avx2", .times = {1, 1}, .max_ulp = 100.0},
                                 {.kernel = "c", .isa = "avx2", .times = {2, 2}, .max_ulp = 4.0},
                                 {.kernel = "d", .isa = "avx512", .times = {1, 1}, .max_ulp = 5.0}});
    const auto lines = compare_isas(of);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].kernels ==
          std::vector<std::optional<std::size_t>>{fixture::index_of(of.all, "a", "scalar"),
                                                  fixture::index_of(of.all, "c", "avx2"), std::nullopt});
}

TEST_CASE("a peer stands beside the fastest of ours that errs no more") {
    const report of = report_on({{.kernel = "fast", .times = {1, 1}, .max_ulp = 3.0},
                                 {.kernel = "exact", .times = {2, 2}, .max_ulp = 0.5},
                                 {.kernel = "theirs", .times = {4, 4}, .max_ulp = 0.9, .library = "peer"},
                                 {.kernel = "slower", .times = {5, 5}, .max_ulp = 0.1, .library = "peer"},
                                 {.kernel = "best", .times = {9, 9}, .max_ulp = 0.01, .library = "third"}});
    const auto lines = compare_peers(of);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].theirs == fixture::index_of(of.all, "peer:theirs"));
    CHECK(lines[0].ours == fixture::index_of(of.all, "exact"));
    CHECK(lines[0].faster->value == Approx(2.0));
    CHECK_FALSE(lines[1].ours);
}

TEST_CASE(
    "ours errs no more by both measures, and a library without a sound kernel is shown for what it gets "
    "wrong") {
    const std::vector<kernel_spec> specs{
        {.kernel = "coarse", .times = {1, 1}, .max_ulp = 1e6},
        {.kernel = "fine", .times = {2, 2}, .max_ulp = 1e6},
        {.kernel = "theirs", .times = {4, 4}, .max_ulp = 1e7, .library = "peer"},
        {.kernel = "wrong", .times = {1, 1}, .library = "third"}};
    json accuracy = fixture::accuracy(specs);
    accuracy["rows"][0]["max_abs_error"] = 0.03;
    accuracy["rows"][1]["max_abs_error"] = 1e-7;
    accuracy["rows"][2]["max_abs_error"] = 1e-6;
    accuracy["rows"][3]["nan_mismatches"] = 7;
    const report of = make_report(fixture::read({accuracy, fixture::bench(specs)}));
    const auto lines = compare_peers(of);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].ours == fixture::index_of(of.all, "fine"));
    CHECK(lines[1].theirs == fixture::index_of(of.all, "third:wrong"));
    CHECK_FALSE(lines[1].ours);
    CHECK(page_html(of).find("✗ 7 NaN") != std::string::npos);
}

TEST_CASE("tables are kernels of one name with different numbers of entries") {
    const report of =
        report_on({{.kernel = "lut_linear_32", .method = "lut", .times = {1, 1}},
                   {.kernel = "lut_linear_4", .method = "lut", .times = {1, 1}},
                   {.kernel = "lut_linear_4", .isa = "avx512", .method = "lut", .times = {0.5, 0.5}},
                   {.kernel = "lut_cubic_8", .method = "lut", .times = {1, 1}},
                   {.kernel = "exp_2", .times = {1, 1}},
                   {.kernel = "exp_4", .times = {1, 1}}});
    const auto lines = compare_tables(of);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].family == "lut_linear");
    REQUIRE(lines[0].points.size() == 2);
    CHECK(lines[0].points[0].entries == 4);
    CHECK(lines[0].points[0].kernel == fixture::index_of(of.all, "lut_linear_4", "avx512"));
    CHECK(lines[0].points[1].entries == 32);
    CHECK(draw_tables(of, "f32"));
    CHECK_FALSE(draw_tables(of, "f64"));
}

TEST_CASE("kernels of one name that err alike are one, and what is on the front stands out") {
    const report of =
        report_on({{.kernel = "a", .isa = "avx512", .times = {1, 1}, .max_ulp = 2.0},
                   {.kernel = "a", .isa = "avx2", .times = {3, 3}, .max_ulp = 2.0},
                   {.kernel = "a", .isa = "scalar", .times = {4, 4}, .max_ulp = 2.5},
                   {.kernel = "b", .times = {9, 9}, .max_ulp = 9.0},
                   {.kernel = "n", .isa = "scalar", .method = "naive", .times = {9, 9}, .max_ulp = 99.0}});
    const auto all = group_alike(of, only_group(of));
    REQUIRE(all.size() == 4);
    CHECK(alike_name(of, all[0].kernels) == "a (avx2, avx512)");
    CHECK(all[0].style == 0U);
    CHECK_FALSE(all[1].style);
    CHECK_FALSE(all[2].style);
    CHECK(all[3].style == 1U);
}

TEST_CASE("the scale of inputs ascends, is symmetric, and holds every magnitude") {
    for (const dtype_facts& dtype : known_dtypes) {
        CAPTURE(dtype.name);
        const input_scale scale(dtype, 100, 700);
        double before = 400;
        for (int e = dtype.least_exponent; e < dtype.greatest_exponent; ++e) {
            const double x = scale(std::ldexp(1.0, e));
            CHECK(x >= before);
            CHECK(scale(-std::ldexp(1.0, e)) == Approx(800 - x));
            before = x;
        }
        CHECK(before <= 700);
        CHECK(scale(0.0) == 400);
        CHECK(scale(std::ldexp(1.0, dtype.least_exponent)) == Approx(400));
        CHECK(scale.ticks().size() >= 5);
    }
}

TEST_CASE("errors by input, their spread and sizes are drawn where they were measured") {
    std::vector<kernel_spec> specs{{.kernel = "a", .times = {1, 1}, .max_ulp = 2.0},
                                   {.kernel = "b", .isa = "scalar", .times = {2, 2}, .max_ulp = 9.0},
                                   {.kernel = "beaten", .times = {2, 2}, .max_ulp = 9.0}};
    const report one_size = report_on(specs);
    const function_group& function = one_size.all.functions.front();
    const auto envelope = draw_envelope(one_size, function, only_group(one_size));
    REQUIRE(envelope);
    // The front's in colour with ticks at its seams, that of another ISA in grey, the beaten one not at all.
    CHECK(markup::defect(in_page(*envelope)) == "");
    CHECK(markup::count(envelope->body, "data-k=") == 2);
    CHECK(markup::count(envelope->body, "class=\"line beaten\" data-k") == 1);
    CHECK(markup::count(envelope->body, "v-7") == 2);
    const auto histogram = draw_histogram(one_size, function, only_group(one_size));
    REQUIRE(histogram);
    CHECK(markup::count(histogram->body, "data-k=") == 2);
    CHECK(markup::count(histogram->body, "&gt; 99.9 % correctly rounded") == 1);
    CHECK_FALSE(draw_sizes(one_size, function, only_group(one_size)));

    specs.push_back({.kernel = "a", .times = {3, 3}, .n = 65536});
    json bench = fixture::bench(specs);
    bench["context"]["caches"] = {{{"type", "Data"}, {"level", 1}, {"size", 32768}},
                                  {{"type", "Unified"}, {"level", 2}, {"size", 1e9}}};
    specs.pop_back();
    const report sizes = make_report(fixture::read({fixture::accuracy(specs), bench}));
    const auto drawn = draw_sizes(sizes, sizes.all.functions.front(), only_group(sizes));
    REQUIRE(drawn);
    CHECK(markup::count(drawn->body, "L1 full") == 1);
    CHECK(markup::count(drawn->body, "L2 full") == 0);
    CHECK(markup::count(drawn->body, "data-k=") == 1);
}

TEST_CASE("results that lack what is optional are drawn without it") {
    json accuracy = fixture::accuracy({{.kernel = "a", .times = {1}}});
    for (const char* member : {"histogram", "binades", "normal_1", "seams", "bias_ulp"})
        accuracy["rows"][0].erase(member);
    const report of = make_report(fixture::read({accuracy}));
    const function_group& function = of.all.functions.front();
    CHECK_FALSE(draw_envelope(of, function, only_group(of)));
    CHECK_FALSE(draw_histogram(of, function, only_group(of)));
    CHECK(markup::defect(page_html(of)) == "");
}

}  // namespace
}  // namespace ulpfront::reports
