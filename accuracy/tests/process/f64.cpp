// Kernels of f64 are tried on chosen inputs and judged by the exact value.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "accuracy/tests/process/run_binary.hpp"
#include "impls/tool.hpp"

namespace {

constexpr expected_fault faults_of_f64[] = {
    {"one_wrong", "promise"},         {"a_hair_more", "promise"},           {"nan_swallowed", "nan"},
    {"nan_at_minus_infinity", "nan"}, {"finite_at_infinity", "infinity"},   {"overflows_early", "infinity"},
    {"plus_zero", "zero_sign"},       {"subnormals_flushed", "subnormals"}, {"dip", "monotone"},
    {"absolute", "promise"},          {"nothing_at_zero", "promise"},       {"in_single", "promise"},
    {"clamped_as_single", "promise"}, {"tail_differs", "length"},           {"lane_leaks", "lane"},
    {"one_past_the_end", "past_end"}};

check_result check_doubles(const std::string& kernels, const std::string& inputs = "quick") {
    return run_check(
        {"--kernels", library("double"), "--kernel", "double:(" + kernels + ")", "--inputs", inputs});
}

const std::vector<std::string> small{"--budget", "60000"};

check_result search(const std::string& kernels, const std::vector<std::string>& more = small) {
    const scratch_folder folder;
    std::vector<std::string> words{
        "search", "--kernels",          library("double"), "--kernel", "double:(" + kernels + ")",
        "--out",  folder.path("r.json")};
    words.insert(words.end(), more.begin(), more.end());
    check_result result{run_binary(words), {}};
    result.file = nlohmann::json::parse(ulpfront::read_whole(folder.path("r.json")));
    return result;
}

}  // namespace

TEST_CASE("right kernels of f64 stay green") {
    const auto result = check_doubles("right_.*|one_ulp_off");
    CHECK(result.run.code == 0);
    REQUIRE(result.file.at("rows").size() == 5);
    for (const auto& row : result.file.at("rows")) {
        INFO(row.dump());
        CHECK(row.at("status") == "ok");
        CHECK(row.at("dtype") == "f64");
        CHECK(row.at("inputs_tried") > 30000);
        CHECK(row.at("max_ulp_kind") == "found");
        CHECK(row.at("undecided") == 0);
        CHECK(row.at("symmetry_violations") == 0);
        CHECK(row.at("range_violations") == 0);
        // At the smallest number silu is a tie but for what long double does not see.
        if (row.at("kernel") == "right_silu") continue;
        for (const auto& special : row.at("specials")) CHECK(special.at("ok") == true);
    }
    CHECK(result.row("right_relu").at("misrounded") == 0);
    CHECK(result.row("right_relu").at("max_ulp") == 0.0);
    CHECK(result.row("one_ulp_off").at("max_ulp") == 1.0);
    for (const char* kernel : {"right_sigmoid", "right_tanh", "right_silu"}) {
        CHECK(result.row(kernel).at("max_ulp") >= 0.49);
        CHECK(result.row(kernel).at("max_ulp") <= 0.502);
        CHECK(result.row(kernel).at("mean_ulp") < 0.26);
        CHECK(result.row(kernel).at("normal_1").at("mean_ulp") > 0.2);
    }
}

TEST_CASE("wrong kernels of f64 are found guilty of their own faults") {
    for (const expected_fault& each : faults_of_f64) {
        const auto result = check_doubles(each.kernel);
        INFO(each.kernel << result.run.out);
        CHECK(result.run.code != 0);
        REQUIRE(result.file.at("rows").size() == 1);
        const auto& row = result.file.at("rows").front();
        REQUIRE_FALSE(row.at("faults").empty());
        CHECK(row.at("faults").front().at("code") == each.code);
    }
}

TEST_CASE("what nobody promised is counted all the same") {
    const auto result = check_doubles("lopsided|beyond_one|overflows_early");
    CHECK(result.row("lopsided").at("symmetry_violations") > 0);
    CHECK(result.row("beyond_one").at("range_violations") > 0);
    // 2^1024 counts for infinity: from the inputs above 2^1023 that is up to 2^52 ulp.
    CHECK(result.row("overflows_early").at("max_ulp") > 0x1p51);
    CHECK(result.row("overflows_early").at("max_ulp") <= 0x1p52);
}

TEST_CASE("one wrong result of f64 has its witness, and eval shows it") {
    const auto result = check_doubles("one_wrong");
    const auto& row = result.file.at("rows").front();
    CHECK(row.at("misrounded") == 1);
    CHECK(row.at("max_ulp") == 1.0);
    CHECK(row.at("worst_input") == "0x1.0000000000002p+0");
    CHECK(row.at("worst_output") == "0x1.0000000000003p+0");
    const auto shown = run_binary({"eval", "--kernels", library("double"), "--kernel", "double:one_wrong",
                                   "0x3ff0000000000002", "-inf", "0.1"});
    CHECK(shown.code == 0);
    CHECK(shown.out ==
          "x = 0x1.0000000000002p+0 (1.0000000000000004)  exact 1.0000000000000004441  rounded "
          "0x1.0000000000002p+0  computed 0x1.0000000000003p+0 (1.0000000000000007)  error 1 ULP\n"
          "x = -inf  exact 0  rounded 0x0p+0  computed 0x0p+0 (0)  error 0 ULP\n"
          "x = 0x1.999999999999ap-4 (0.10000000000000001)  exact 0.10000000000000000555  "
          "rounded 0x1.999999999999ap-4  computed 0x1.999999999999ap-4 (0.10000000000000001)  error 0 ULP\n");
}

TEST_CASE(
    "all inputs of f64 are chosen ones, and it says so; results are the same each time, also in shards") {
    const auto all = check_doubles("right_relu", "all");
    CHECK(all.run.out.find("f64: in place of all 2^64 inputs 1048576 chosen ones of each function\n") !=
          std::string::npos);
    CHECK(all.row("right_relu").at("inputs_tried") > 1000000);
    CHECK(all.row("right_relu").at("max_ulp_kind") == "found");
    const scratch_folder folder;
    std::vector<std::string> merge{"merge", "-o", folder.path("merged.json")};
    for (const char* part : {"0", "1"}) {
        const std::string file = folder.path(std::string("shard.") + part);
        CHECK(run_binary({"check", "--kernels", library("double"), "--kernel", "double:right_sigmoid",
                          "--shard", std::string(part) + "/2", "--out", file})
                  .code == 0);
        merge.push_back(file);
    }
    CHECK(run_binary(merge).code == 0);
    const auto whole = check_doubles("right_sigmoid");
    CHECK(nlohmann::json::parse(ulpfront::read_whole(folder.path("merged.json"))) == whole.file);
}

TEST_CASE("search finds what a check does not, and the same whatever the number of threads") {
    const auto one = search("right_sigmoid|narrow_hill", {"--budget", "60000", "--threads", "1"});
    const auto two = search("right_sigmoid|narrow_hill", {"--budget", "60000", "--threads", "2"});
    CHECK(one.run.code == 2);
    CHECK(one.file == two.file);
    CHECK(one.file.at("inputs").at("mode") == "search");
    const auto& right = one.row("right_sigmoid");
    CHECK(right.at("status") == "ok");
    CHECK(right.at("max_ulp_kind") == "found");
    CHECK(search("right_sigmoid").row("right_sigmoid").at("inputs_tried") == 60000);
    CHECK(right.at("undecided") == 0);
    CHECK(right.at("mean_ulp").is_null());
    CHECK(right.at("specials").size() == 13);
    for (const auto& special : right.at("specials")) CHECK(special.at("ok") == true);
    CHECK(right.at("max_ulp") >= 0.4999);
    const auto& hill = one.row("narrow_hill");
    CHECK(hill.at("status") == "broken");
    CHECK(hill.at("faults").front().at("code") == "promise");
    CHECK(hill.at("max_ulp") > 50.0);
    CHECK(check_doubles("narrow_hill").row("narrow_hill").at("max_ulp") < hill.at("max_ulp"));
    CHECK(search("right_sigmoid", {"--budget", "60000", "--seed", "2"})
              .row("right_sigmoid")
              .at("worst_input") != right.at("worst_input"));
    const auto dying = search("dies_at_one");
    CHECK(dying.run.code == 3);
    CHECK(dying.row("dies_at_one").at("status") == "crashed");
}

TEST_CASE("where one kernel is at its worst, all others of the function are tried") {
    for (const char* kernel : {"hole_in_the_hill", "nan_in_the_hill"}) {
        const auto alone = search(kernel).row(kernel);
        CHECK(alone.at("max_ulp") < 0.6);
        CHECK(alone.at("nan_mismatches") == 0);
        CHECK(alone.at("status") == "ok");
    }
    const auto together = search("narrow_hill|.*_in_the_hill|right_relu");
    const auto& hole = together.row("hole_in_the_hill");
    CHECK(hole.at("max_ulp") > 60.0);
    CHECK(hole.at("status") == "broken");
    CHECK(together.row("nan_in_the_hill").at("nan_mismatches") > 0);
    // Nobody's worst inputs come from another function, or are tried twice.
    CHECK(together.row("right_relu").at("inputs_tried") == 60000);
    CHECK(together.row("narrow_hill").at("max_ulp") ==
          search("narrow_hill").row("narrow_hill").at("max_ulp"));
}

TEST_CASE("a search of nothing is refused") {
    const auto refused = [](const std::vector<std::string>& words, const std::string& why) {
        const auto result = run_binary(words);
        INFO(result.err);
        CHECK(result.code == 64);
        CHECK(result.err.find(why) != std::string::npos);
        CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    };
    refused({"search", "--kernels", library("double"), "--budget", "0"}, "--budget");
    refused({"search", "--kernels", library("double"), "--budget", "-3"}, "--budget");
    refused({"search", "--kernels", library("narrow"), "--kernel", "narrow:.*"}, "no kernel of f64");
}
