// Kernels of f16 and bf16 are tried on all 65,536 inputs and judged by the correctly rounded result.
#include <catch2/catch.hpp>
#include <string>

#include "accuracy/tests/process/run_binary.hpp"

namespace {

constexpr expected_fault faults_of_narrow[] = {
    {"one_wrong", "promise"},        {"nan_swallowed", "nan"},   {"subnormals_flushed", "subnormals"},
    {"overflows_early", "infinity"}, {"tail_differs", "length"}, {"company_counts", "lane"},
    {"one_past_the_end", "past_end"}};

}  // namespace

TEST_CASE("right kernels of 16-bit types stay green, over all inputs") {
    const auto result = run_check({"--kernels", library("narrow"), "--kernel", "narrow:right_.*"});
    CHECK(result.run.code == 0);
    REQUIRE(result.file.at("rows").size() == 4);
    for (const auto& row : result.file.at("rows")) {
        INFO(row.dump());
        CHECK(row.at("status") == "ok");
        CHECK(row.at("inputs_tried") == 65536);
        CHECK(row.at("max_ulp_kind") == "exhaustive");
        CHECK(row.at("undecided") == 0);
        const bool is_relu = row.at("kernel") == "right_relu";
        if (is_relu) CHECK(row.at("misrounded") == 0);
        CHECK(row.at("max_ulp") <= (is_relu ? 0.0 : 0.501));
        CHECK(row.at("max_ulp") >= (is_relu ? 0.0 : 0.49));
        CHECK(row.at("max_rounding_steps") <= 1);
        for (const auto& special : row.at("specials")) CHECK(special.at("ok") == true);
    }
}

TEST_CASE("wrong kernels of 16-bit types are found guilty of their own faults") {
    for (const expected_fault& each : faults_of_narrow) {
        const auto result =
            run_check({"--kernels", library("narrow"), "--kernel", std::string("narrow:") + each.kernel});
        CHECK(result.run.code != 0);
        REQUIRE(result.file.at("rows").size() == 2);
        for (const auto& row : result.file.at("rows")) {
            INFO(row.dump());
            REQUIRE_FALSE(row.at("faults").empty());
            CHECK(row.at("faults").front().at("code") == each.code);
        }
    }
}

TEST_CASE("one wrong result in 65,536 has its witness, and eval shows it") {
    const auto result = run_check({"--kernels", library("narrow"), "--kernel", "narrow:one_wrong"});
    for (const auto& row : result.file.at("rows")) {
        CHECK(row.at("misrounded") == 1);
        CHECK(row.at("max_ulp") == 1.0);
        CHECK(row.at("worst_input") == "0x1.8p+0");
        CHECK(row.at("max_rounding_steps") == 1);
    }
    const auto shown = run_binary({"eval", "--kernels", library("narrow"), "--kernel", "narrow:one_wrong",
                                   "--dtype", "bf16", "0x3fc0", "1.5", "1.501"});
    CHECK(shown.code == 0);
    CHECK(shown.out.find("rounded 0x1.8p+0  computed 0x1.82p+0 (1.5078125)  error 1 ULP") !=
          std::string::npos);
    CHECK(run_binary({"eval", "--kernels", library("narrow"), "--kernel", "narrow:one_wrong", "--dtype",
                      "f16", "65520"})
              .code == 64);
}
