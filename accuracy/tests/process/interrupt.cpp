// Ctrl-C in the middle of a run.
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>

#include "accuracy/tests/process/run_binary.hpp"

TEST_CASE("an interrupted check leaves a whole file that says so") {
    const scratch_folder folder;
    const std::string file = folder.path("result.json");
    // All inputs of everything take minutes.
    const auto begun = std::chrono::steady_clock::now();
    const auto later = [&] {
        return std::chrono::steady_clock::now() - begun > std::chrono::milliseconds(1500);
    };
    const run_result result = run_binary({"check", "--inputs", "all", "--out", file}, {later});
    INFO(result.out << result.err);
    CHECK(result.code == 130);
    std::ifstream stream(file);
    const auto json = nlohmann::json::parse(stream);
    CHECK(json.at("complete") == false);
    REQUIRE_FALSE(json.at("rows").empty());
    for (const auto& row : json.at("rows")) {
        CHECK(row.at("status") == "skipped");
        CHECK(row.at("reason").get<std::string>().rfind("interrupted", 0) == 0);
        CHECK(row.at("max_ulp_kind") != "exhaustive");
    }
    CHECK(result.out.find("marked incomplete") != std::string::npos);
}
