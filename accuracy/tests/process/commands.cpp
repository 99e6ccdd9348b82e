// The command line: lists, single evaluations, bad libraries, bad flags, files that cannot be written.
#include "accuracy/process/commands.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "accuracy/tests/process/run_binary.hpp"
#include "impls/element.hpp"
#include "impls/tool.hpp"

namespace {

/// One clear line on standard error, naming `what`, and the code.
void check_refusal(const std::vector<std::string>& words, int code, const std::string& what) {
    const run_result result = run_binary(words);
    INFO(result.err);
    CHECK(result.code == code);
    CHECK(result.err.rfind("ulpfront-accuracy: ", 0) == 0);
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    CHECK(result.err.find(what) != std::string::npos);
    CHECK(result.out.empty());
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

}  // namespace

TEST_CASE("list shows every kernel of a library and why one does not run") {
    const auto text = run_binary({"list", "--kernels", library("right"), "--kernel", "right:.*"});
    CHECK(text.code == 0);
    CHECK(lines_of(text.out).size() == 10);
    CHECK(text.out.find("no: the CPU lacks avx512x") != std::string::npos);
    const auto json = run_binary({"list", "--json", "--kernels", library("right"), "--kernel", "right:.*"});
    const auto rows = nlohmann::json::parse(json.out);
    REQUIRE(rows.size() == 9);
    for (const auto& row : rows) {
        CHECK(row.at("library") == "right");
        CHECK(row.at("runs_here") == (row.at("kernel") != "elsewhere"));
        CHECK(row.at("runs_here") == row.at("why_not_here").get<std::string>().empty());
    }
}

TEST_CASE("the project's own kernels are found by themselves") {
    const auto rows = nlohmann::json::parse(run_binary({"list", "--json"}).out);
    CHECK(rows.size() >= 20);
    for (const auto& row : rows) CHECK(row.at("path").get<std::string>().empty());
}

TEST_CASE("eval prints exact, rounded and computed values and the error") {
    // half_an_ulp is a correct leaky_relu; nan_swallowed a relu that loses NaN.
    const auto leaky = run_binary({"eval", "--kernels", library("wrong"), "--kernel", "wrong:half_an_ulp",
                                   "1.5", "-0x1p+0", "0xbf800000", "-inf", "inf", "nan"});
    CHECK(leaky.err.empty());
    REQUIRE(leaky.code == 0);
    const auto lines = lines_of(leaky.out);
    REQUIRE(lines.size() == 6);
    CHECK(lines[0] ==
          "x = 0x1.8p+0 (1.5)  exact 1.5  rounded 0x1.8p+0  computed 0x1.8p+0 (1.5)  error 0 ULP");
    // 0.01 as a binary32 number is 0x1.47ae14p-7.
    CHECK(lines[1] ==
          "x = -0x1p+0 (-1)  exact -0.0099999997764825820923  rounded -0x1.47ae14p-7  computed "
          "-0x1.47ae14p-7 (-0.00999999978)  error 0 ULP");
    CHECK(lines[2] == lines[1]);
    CHECK(lines[3] == "x = -inf  exact -inf  rounded -inf  computed -inf  error 0 ULP");
    CHECK(lines[4] == "x = inf  exact inf  rounded inf  computed inf  error 0 ULP");
    CHECK(lines[5].rfind("x = nan  exact nan  rounded nan  computed nan", 0) == 0);
    const auto one =
        run_binary({"eval", "--kernels", library("wrong"), "--kernel", "wrong:one_ulp_off", "0x1.8666p+1"});
    CHECK(one.out ==
          "x = 0x1.8666p+1 (3.04998779)  exact 3.04998779296875  rounded 0x1.8666p+1  computed "
          "0x1.866602p+1 (3.04998803)  error 1 ULP\n");
}

TEST_CASE("inputs of eval") {
    const auto parse_input = [](const std::string& text, std::uint32_t dtype) {
        return ulpfront::number_of_bits(dtype, ulpfront::parse_input(text, dtype));
    };
    CHECK(parse_input("0x3f800000", ULPFRONT_DTYPE_F32) == 1.0F);
    CHECK(ulpfront::parse_input("0xff800001", ULPFRONT_DTYPE_F32) == 0xff800001U);
    CHECK(parse_input("0x1.8p+1", ULPFRONT_DTYPE_F32) == 3.0F);
    CHECK(parse_input("0x1p-149", ULPFRONT_DTYPE_F32) == 0x1p-149F);
    CHECK(parse_input("-1e-3", ULPFRONT_DTYPE_F32) == -1e-3F);
    CHECK(parse_input("0x3f80", ULPFRONT_DTYPE_F32) == 16256.0F);  // a hexfloat without a point
    CHECK(std::isinf(parse_input("-inf", ULPFRONT_DTYPE_F32)));
    CHECK(std::isnan(parse_input("nan", ULPFRONT_DTYPE_F32)));
    for (const char* text : {"", " 1", "1 ", "abc", "1e50", "0x", "1.5.2", "0x1.8p+1x"})
        CHECK_THROWS_AS(parse_input(text, ULPFRONT_DTYPE_F32), ulpfront::failure);
    CHECK(parse_input("0x3fb999999999999a", ULPFRONT_DTYPE_F64) == 0.1);
    CHECK(parse_input("0.1", ULPFRONT_DTYPE_F64) == 0.1);
    CHECK(parse_input("0x3f800000", ULPFRONT_DTYPE_F64) == 0x3f800000);
    CHECK(parse_input("1e50", ULPFRONT_DTYPE_F64) == 1e50);
    CHECK_THROWS_AS(parse_input("1e400", ULPFRONT_DTYPE_F64), ulpfront::failure);
    CHECK(parse_input(ulpfront::minus_infinity, ULPFRONT_DTYPE_F16) < -1e300);
}

TEST_CASE("a kernel that dies in eval is a failed command") {
    const auto result = run_binary({"eval", "--kernels", library("wrong"), "--kernel", "wrong:aborts", "1"});
    CHECK(result.code == 3);
    CHECK(result.err.find("SIGABRT") != std::string::npos);
}

TEST_CASE("bad libraries are named, and how they are bad") {
    const auto refused = [](const std::string& bad, const std::string& why) {
        check_refusal({"check", "--kernels", library("bad_" + bad)}, 64, why);
        check_refusal({"list", "--kernels", library("bad_" + bad)}, 64, "bad_" + bad + ".so");
    };
    refused("no_symbol", "ulpfront_kernels");
    refused("other_version", "ABI 2");
    refused("duplicate", "row 1 is a second null/f32/bad:copy/scalar");
    refused("null_eval", "row 0 (copy) has a null eval");
    refused("null_row", "row 1 is a null pointer");
    refused("null_table", "returned null");
    refused("unknown_dtype", "unknown dtype 99");
    refused("dies", "SIGSEGV");
    refused("dies_early", "SIGABRT");
    refused("exits", "exit(0)");
    check_refusal({"check", "--timeout", "0.2", "--kernels", library("bad_hangs")}, 64,
                  "was not loaded within 0.2 s");
}

TEST_CASE("what is no library at all is refused") {
    const scratch_folder folder;
    std::ofstream(folder.path("text.so")) << "not a library\n";
    check_refusal({"check", "--kernels", folder.path("text.so")}, 64, "not a loadable shared library");
    check_refusal({"check", "--kernels", folder.path("missing.so")}, 64, "no such file");
    std::filesystem::create_directory(folder.path("empty"));
    check_refusal({"list", "--kernels", folder.path("empty")}, 64, "no *.so file");
}

TEST_CASE("bad flags are named, with what is near") {
    check_refusal({"check", "--function", "sigmod"}, 64, "near: sigmoid");
    check_refusal({"check", "--kernel", "("}, 64, "not a regular expression");
    check_refusal({"check", "--inputs", "some"}, 64, "--inputs 'some'");
    check_refusal({"check", "--threads", "0"}, 64, "--threads");
    check_refusal({"check", "--timeout", "soon"}, 64, "--timeout");
    check_refusal({"check", "--input", "quick"}, 64, "near: --inputs");
    check_refusal({"chek"}, 64, "near: check");
    check_refusal({}, 64, "--help");
    check_refusal({"eval", "--function", "relu", "1"}, 64, "name one by");
    check_refusal(
        {"eval", "--function", "relu", "--kernel", "stable", "--isa", "scalar", "--dtype", "f32", "one"}, 64,
        "input 'one'");
    check_refusal({"worker"}, 64, "--help");
}

TEST_CASE("a result that cannot be written is refused before the work, or reported after it") {
    const scratch_folder folder;
    const std::vector<std::string> few{"--function", "relu", "--isa", "scalar", "--inputs", "1000"};
    auto with_out = [&](const std::string& path) {
        std::vector<std::string> words{"check", "--out", path};
        words.insert(words.end(), few.begin(), few.end());
        return words;
    };
    check_refusal(with_out(folder.path("no/such/folder.json")), 73, "does not exist");
    check_refusal(with_out(folder.path("")), 73, "cannot write");
    const auto full = run_binary(with_out("/dev/full"));
    CHECK(full.code == 73);
    CHECK(full.err.find("/dev/full") != std::string::npos);
    const auto whole = run_binary(with_out(folder.path("r.json")));
    CHECK(whole.code == 0);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path("")), {}) ==
          1);  // no temporary file stays
}

TEST_CASE("a full standard output takes no result away") {
    const scratch_folder folder;
    const auto result = run_binary({"check", "--function", "relu", "--isa", "scalar", "--inputs", "1000",
                                    "--out", folder.path("r.json")},
                                   {}, "/dev/full");
    CHECK(result.code == 73);
    CHECK(result.err == "ulpfront-accuracy: standard output could not be written: No space left on device\n");
    std::ifstream file(folder.path("r.json"));
    CHECK(nlohmann::json::parse(file).at("complete") == true);
}

TEST_CASE("a result file is the same each time, and has what reports need") {
    const auto once = run_check({"--function", "relu|sigmoid", "--inputs", "1000"});
    const auto twice = run_check({"--function", "relu|sigmoid", "--inputs", "1000", "--threads", "1"});
    CHECK(once.file == twice.file);
    CHECK(once.file.at("schema") == "ulpfront-accuracy/1");
    CHECK(once.file.at("inputs") == nlohmann::json({{"mode", "stride"}, {"requested", "1000"}}));
    CHECK(once.file.at("functions").size() == 2);
    for (const char* member : {"cpu", "architecture", "os", "libc", "compiler", "version", "commit", "isas"})
        CHECK(once.file.at("environment").contains(member));
    for (const char* member : {"function",
                               "dtype",
                               "kernel",
                               "shown",
                               "isa",
                               "method",
                               "library",
                               "library_version",
                               "note",
                               "code_id",
                               "path",
                               "promise_kind",
                               "promise_value",
                               "promise_flags",
                               "flush_to_zero",
                               "seams",
                               "status",
                               "reason",
                               "faults",
                               "inputs_tried",
                               "max_ulp",
                               "max_ulp_normal",
                               "max_ulp_kind",
                               "worst_input",
                               "worst_output",
                               "worst_exact",
                               "mean_ulp",
                               "rms_ulp",
                               "misrounded",
                               "undecided",
                               "max_abs_error",
                               "max_abs_input",
                               "nan_mismatches",
                               "inf_mismatches",
                               "zero_sign_mismatches",
                               "flushed_subnormals",
                               "monotonicity_violations",
                               "symmetry_violations",
                               "range_violations",
                               "judge_calls",
                               "specials"}) {
        INFO(member);
        for (const auto& row : once.file.at("rows")) CHECK(row.contains(member));
    }
    const auto& specials = once.row("stable").at("specials");
    CHECK(specials.size() == 13);
    for (const auto& each : specials) CHECK(each.at("ok") == true);
    bool saw_lost_nan = false;
    for (const auto& row : once.file.at("rows")) {
        if (row.at("function") == "relu" && row.at("kernel") == "naive")
            saw_lost_nan =
                saw_lost_nan || (row.at("nan_mismatches") > 0 && row.at("specials").at(0).at("ok") == false);
    }
    CHECK(saw_lost_nan);
}

TEST_CASE("help has examples, and the version is told") {
    for (const char* command : {"list", "check", "eval"}) {
        const auto help = run_binary({command, "--help"});
        CHECK(help.code == 0);
        CHECK(help.out.find("Examples:") != std::string::npos);
    }
    const auto version = run_binary({"--version"});
    CHECK(version.code == 0);
    CHECK(version.out.rfind("ulpfront-accuracy ", 0) == 0);
}
