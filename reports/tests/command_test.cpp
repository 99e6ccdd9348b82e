// The tool as people call it: exit codes, messages, what is on disk afterwards.
#include <fmt/format.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "impls/tool.hpp"
#include "reports/output.hpp"
#include "reports/tests/fixture.hpp"
#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

using fixture::kernel_spec;
namespace fs = std::filesystem;

struct outcome {
    int code;
    std::string output;
};

/// Runs ulpfront-report; standard error is part of the output.
outcome run(const std::vector<std::string>& arguments) {
    std::string command = shell_word(TOOL);
    for (const std::string& each : arguments) command += fmt::format(" {}", shell_word(each));
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");  // NOLINT(cert-env33-c): the words are quoted
    REQUIRE(pipe != nullptr);
    outcome result{};
    for (int c = 0; (c = fgetc(pipe)) != EOF;) result.output += static_cast<char>(c);
    const int status = pclose(pipe);
    REQUIRE(WIFEXITED(status));
    result.code = WEXITSTATUS(status);
    return result;
}

void expect(const outcome& found, int code, std::initializer_list<const char*> words) {
    CAPTURE(found.output);
    CHECK(found.code == code);
    for (const char* word : words) CHECK_THAT(found.output, Catch::Contains(word));
}

std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

const std::vector<kernel_spec> four_kernels{
    {.function = "sigmoid",
     .kernel = "naive",
     .isa = "scalar",
     .method = "naive",
     .times = {8.0, 8.1},
     .max_ulp = 1e6},
    {.function = "sigmoid", .kernel = "fast", .times = {0.4, 0.41}, .max_ulp = 3.1},
    {.function = "sigmoid", .kernel = "faithful", .times = {0.8, 0.81}, .max_ulp = 0.9},
    {.function = "tanh", .kernel = "only", .dtype = "f64"},
};

struct results {
    fixture::folder place;
    std::string accuracy = place.put("accuracy.json", fixture::accuracy(four_kernels));
    std::string bench = place.put("bench.json", fixture::bench(four_kernels));
};

TEST_CASE("build writes its files and can write them again") {
    const results in;
    const std::string out = in.place.path("out");
    for (int round = 0; round < 2; ++round) {
        expect(run({"build", in.accuracy, in.bench, "-o", out}), 0,
               {"sigmoid f32   faithful avx2, 0.805 ns, 10.0 x   fast avx2, 0.405 ns, 19.9 x   ≤ 1.0e+06 ULP",
                "tanh f64", "none"});
        for (const char* name :
             {"index.html", "summary.md", "results.json", "results.csv", "charts/curves.svg"}) {
            CHECK(fs::file_size(fs::path(out) / name) > 0);
        }
        CHECK(entries(out) == 5);
    }
}

TEST_CASE("build leaves other files of the folder alone") {
    const results in;
    expect(run({"build", in.bench, "-o", in.place.path("")}), 0, {});
    CHECK(fs::exists(in.accuracy));
    CHECK(fs::exists(in.place.path("index.html")));
}

TEST_CASE("build against an older set says what changed, and what other machines forbid") {
    const results in;
    const std::string out = in.place.path("out");
    std::vector<kernel_spec> slower = four_kernels;
    slower[1].times = {0.8, 0.81};
    const std::string before = in.place.put("before.json", fixture::bench(slower));
    expect(run({"build", in.accuracy, in.bench, "--against", before, "-o", out}), 0,
           {"against the older set: 1 timing faster"});
    CHECK(fs::file_size(fs::path(out) / "comparison.csv") > 0);
    nlohmann::json other = fixture::bench(slower);
    other["context"]["cpu_model"] = "Another CPU";
    const std::string elsewhere = in.place.put("elsewhere.json", other);
    expect(run({"build", in.bench, "--against", elsewhere, "-o", out}), 0,
           {"without a ratio", "another machine: cpu_model is \"Another CPU\" and \"Example CPU\""});
    expect(run({"build", in.bench, "--against", elsewhere, "--across-machines", "-o", out}), 0, {"faster"});
    expect(run({"build", in.bench, "--across-machines", "-o", out}), 64, {"--against"});
    expect(run({"build", in.bench, elsewhere, "-o", out}), 65, {"different machines", "--against"});
}

TEST_CASE("usage errors name the flag") {
    const results in;
    expect(run({}), 64, {"subcommand"});
    expect(run({"chose"}), 64, {"'chose'", "near: choose"});
    expect(run({"build"}), 64, {"RESULT"});
    expect(run({"build", in.bench}), 64, {"--out"});
    expect(run({"build", in.bench, "-o", "x", "--colour"}), 64, {"--colour"});
    expect(run({"choose", "--function", "sigmoid", in.bench}), 64, {"--max-ulp"});
    expect(run({"choose", "--function", "sigmoid", "--max-ulp", "few", in.bench}), 64, {"--max-ulp"});
    expect(run({"choose", "--function", "sigmoid", "--max-ulp", "-1", in.bench}), 64, {"--max-ulp"});
    expect(run({"choose", "--function", "sigmoid", "--max-ulp", "nan", in.bench}), 64, {"--max-ulp"});
}

TEST_CASE("bad input names the file and leaves no folder behind") {
    const results in;
    const std::string out = in.place.path("out");
    const std::string cut = in.place.put("cut.json", read_whole(in.accuracy).substr(0, 1000));
    expect(run({"build", cut, "-o", out}), 65, {"cut.json", "at byte 1000"});
    expect(run({"build", in.place.path("none.json"), "-o", out}), 65, {"none.json", "No such file"});
    expect(run({"build", in.place.put("f.json", std::string("{}")), "-o", out}), 65,
           {"f.json", "not a result"});
    CHECK_FALSE(fs::exists(out));
}

TEST_CASE("an output that cannot be written is named, and nothing is changed") {
    const results in;
    expect(run({"build", in.bench, "-o", in.place.path("no/such/out")}), 73,
           {"no/such/out", "nothing there was changed"});
    expect(run({"build", in.bench, "-o", in.bench}), 73, {"bench.json", "not a folder"});
    const std::string blocked = in.place.path("blocked");
    fs::create_directories(blocked + "/summary.md");
    expect(run({"build", in.bench, "-o", blocked}), 73, {"summary.md"});
    CHECK(entries(blocked) == 1);
}

/// Limits the size of files that this process and its children may write, while it lives.
struct full_disk {
    full_disk() {
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit small{2000, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        handler = signal(SIGXFSZ, SIG_IGN);
    }
    full_disk(const full_disk&) = delete;
    full_disk& operator=(const full_disk&) = delete;
    ~full_disk() {
        setrlimit(RLIMIT_FSIZE, &before);
        signal(SIGXFSZ, handler);
    }
    rlimit before{};
    void (*handler)(int) = nullptr;
};

TEST_CASE("a disk that fills up leaves the folder as it was") {
    const results in;
    const std::string out = in.place.path("out");
    expect(run({"build", in.bench, "-o", out}), 0, {});
    const std::string before = read_whole(out + "/index.html");
    const std::size_t count = entries(out);
    const std::string fresh = in.place.path("fresh");
    {
        const full_disk limit;
        expect(run({"build", in.accuracy, in.bench, "-o", out}), 73, {"cannot write"});
        expect(run({"build", in.accuracy, in.bench, "-o", fresh}), 73, {"cannot write"});
    }
    CHECK(read_whole(out + "/index.html") == before);
    CHECK(entries(out) == count);
    CHECK_FALSE(fs::exists(fresh));
}

TEST_CASE("choose names the kernel and why") {
    const results in;
    expect(run({"choose", "--function", "sigmoid", "--max-ulp", "1", in.accuracy, in.bench}), 0,
           {"sigmoid f32: use faithful on avx2", "0.805 ns", "10.0 x naive", "≤ 0.9 ULP (every input tried)",
            "≤ 4 ULP: kept", "the only kernel within the budget"});
    expect(run({"choose", "--function", "sigmoid", "--max-ulp", "4", in.accuracy, in.bench}), 0,
           {"use fast on avx2", "the fastest of 2 kernels", "next: faithful (avx2)"});
    expect(run({"choose", "--function", "sigmoid", "--max-ulp", "1e7", "--isa", "scalar", in.accuracy,
                in.bench}),
           0, {"use naive on scalar"});
}

TEST_CASE("choose says what is nearest where nothing fits") {
    const results in;
    expect(run({"choose", "--function", "sigmoid", "--max-ulp", "0.5", in.accuracy, in.bench}), 1,
           {"none is within 0.5 ULP; the nearest is faithful (avx2) with ≤ 0.9 ULP"});
    expect(run({"choose", "--function", "sigmoid", "--max-ulp", "4", in.bench}), 1,
           {"both timed and checked"});
    expect(run({"choose", "--function", "tanh", "--max-ulp", "4", in.accuracy, in.bench}), 1,
           {"tanh f64: none"});
}

TEST_CASE("choose knows words that are nearly right") {
    const results in;
    expect(run({"choose", "--function", "sigmiod", "--max-ulp", "4", in.accuracy, in.bench}), 64,
           {"--function 'sigmiod'", "near: sigmoid"});
    expect(run({"choose", "--function", "sigmoid", "--max-ulp", "4", "--isa", "avx", in.accuracy, in.bench}),
           64, {"--isa 'avx'", "near: avx2"});
    expect(
        run({"choose", "--function", "sigmoid", "--max-ulp", "4", "--dtype", "f64", in.accuracy, in.bench}),
        64, {"--dtype 'f64'", "f32"});
    expect(run({"choose", "--function", "sigmoid", "--max-ulp", "4", "--n", "7", in.accuracy, in.bench}), 64,
           {"uniform, n = 7", "there is: uniform, n = 2048"});
}

TEST_CASE("help has examples and exit codes, and the version is told") {
    for (const auto& arguments :
         std::vector<std::vector<std::string>>{{"--help"}, {"build", "--help"}, {"choose", "--help"}}) {
        expect(run(arguments), 0, {"Example", "ulpfront-report", "Exit codes", "65"});
    }
    expect(run({"--version"}), 0, {"ulpfront-report "});
}

}  // namespace
}  // namespace ulpfront::reports
