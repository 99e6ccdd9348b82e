// Worst inputs of results, kept for later checks.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "accuracy/process/commands.hpp"
#include "accuracy/tests/process/run_binary.hpp"
#include "impls/tool.hpp"

using ulpfront::read_whole;

namespace {

nlohmann::json result_with(const std::string& worst, const std::string& absolute) {
    return {{"schema", "ulpfront-accuracy/1"},
            {"environment", {{"commit", "abc"}}},
            {"rows",
             {{{"function", "relu"},
               {"dtype", "f32"},
               {"shown", "mine:fast"},
               {"isa", "avx2"},
               {"max_ulp_kind", "found"},
               {"worst_input", worst},
               {"max_abs_input", absolute}}}}};
}

run_result keep(const std::string& folder, const std::string& file) {
    return run_binary({"witnesses", "-o", folder, file});
}

}  // namespace

TEST_CASE("witnesses adds inputs, and leaves those that are there") {
    const scratch_folder folder;
    const std::string result = folder.path("result.json");
    const std::string list = folder.path("relu.f32.txt");
    std::ofstream(result) << result_with("0x1.8p+1", "-0x1p-130");
    CHECK(keep(folder.path(""), result).out.rfind("2 new inputs", 0) == 0);
    const std::string first = read_whole(list);
    CHECK(first.find("\n-0x1p-130 mine:fast/avx2 found at abc\n0x1.8p+1 mine:fast/avx2 found at abc\n") !=
          std::string::npos);
    CHECK(keep(folder.path(""), result).out.rfind("0 new inputs", 0) == 0);
    CHECK(read_whole(list) == first);
    std::ofstream(list) << "0x1p+0 by hand\n";
    std::ofstream(result) << result_with("inf", "0x1p+0");
    CHECK(keep(folder.path(""), result).out.rfind("0 new inputs", 0) == 0);
    CHECK(read_whole(list) == "0x1p+0 by hand\n");
}

TEST_CASE("what is no result, no list or no folder is named") {
    const scratch_folder folder;
    const std::string result = folder.path("result.json");
    const auto refused = [&](const std::string& where, int code, const std::string& what) {
        const run_result run = keep(where, result);
        INFO(run.err);
        CHECK(run.code == code);
        CHECK(run.err.find(what) != std::string::npos);
    };
    std::ofstream(result) << "{}";
    refused(folder.path(""), 65, "result.json");
    std::ofstream(result) << result_with("0x1p+0", "0x1p+0");
    refused(folder.path("absent"), 73, "absent");
    std::ofstream(folder.path("relu.f32.txt")) << "# fine\nnonsense\n";
    refused(folder.path(""), 65, "relu.f32.txt:2");
}
