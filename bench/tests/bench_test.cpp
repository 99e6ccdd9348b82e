// ulpfront-bench as its users run it, on a library of fake kernels.
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "impls/tool.hpp"

namespace fs = std::filesystem;
using nlohmann::json;
using ulpfront::read_whole;
using ulpfront::scratch_folder;

namespace {

struct run_result {
    int code;
    std::string out;
    std::string error;
};

/// Runs through the shell: words with blanks or stars must be quoted.
run_result run(const scratch_folder& folder, const std::string& arguments, const std::string& before = "",
               const std::string& out = "out") {
    const std::string command = "TMPDIR=" + (folder.path("")) + " " + before + " " ULPFRONT_BENCH " " +
                                arguments + " >" + (folder.path(out)) + " 2>" + (folder.path("error"));
    const int status = std::system(command.c_str());  // NOLINT(cert-env33-c): a shell is wanted
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            out == "out" ? read_whole(folder.path(out)) : "", read_whole(folder.path("error"))};
}

/// The fake kernels of these names, timed as briefly as may be and written to `file`.
std::string fake(const std::string& kernels, const std::string& file) {
    return "--kernels " ULPFRONT_FAKE_KERNELS " --kernel 'fake:(" + kernels +
           ")' --no-floor --benchmark_min_time=0.001 --benchmark_repetitions=3 --size 400 --benchmark_out=" +
           file + " ";
}

json result(const scratch_folder& folder) { return json::parse(read_whole(folder.path("r.json"))); }

std::vector<json> rows_of(const json& document, const std::string& kernel,
                          const std::string& type = "iteration") {
    std::vector<json> rows;
    for (const json& row : document["benchmarks"]) {
        if (row["kernel"] == kernel && row["run_type"] == type) rows.push_back(row);
    }
    return rows;
}

/// A program in the place of ulpfront-accuracy.
std::string make_checker(const scratch_folder& folder, const std::string& script) {
    std::string path = folder.path("checker");
    std::ofstream(path) << "#!/bin/sh\n" << script;
    fs::permissions(path, fs::perms::owner_all);
    return path;
}

/// Finds what follows --out and writes the rows there.
std::string writes_rows(const std::string& rows, int code) {
    return "echo \"$@\" >\"$0.args\"\nwhile [ \"$1\" != --out ]; do shift; done\necho '{\"rows\": [" + rows +
           "]}' >\"$2\"\nexit " + std::to_string(code) + "\n";
}

std::string checked_row(const std::string& function, const std::string& kernel, const std::string& status,
                        const std::string& reason) {
    return json{{"function", function}, {"dtype", "f32"},   {"library", "fake"}, {"kernel", kernel},
                {"isa", "scalar"},      {"status", status}, {"reason", reason}}
        .dump();
}

}  // namespace

TEST_CASE("a good kernel is timed, repetition by repetition") {
    const scratch_folder folder;
    const auto ran = run(folder, fake("good", folder.path("r.json")) + "--no-check");
    INFO(ran.error);
    REQUIRE(ran.code == 0);
    const json document = result(folder);
    CHECK(document["context"]["schema"] == "ulpfront-bench/1");
    CHECK(document["context"]["complete"] == true);
    for (const char* member :
         {"date", "host_name", "num_cpus", "caches", "load_avg", "cpu_model", "isas", "os", "governor",
          "virtualisation", "libc", "compiler", "flags", "commit", "version", "libraries", "floor_note"})
        CHECK(document["context"].contains(member));
    const auto rows = rows_of(document, "good");
    REQUIRE(rows.size() == 6);  // f32 and f64
    std::size_t single = 0;
    for (const json& row : rows) {
        if (row["dtype"] != "f32") continue;
        ++single;
        CHECK(row["name"] == "relu/f32/fake:good/scalar/uniform/400");
        CHECK(row["shown"] == "fake:good");
        CHECK(row["library"] == "fake");
        CHECK(row["method"] == "stable");
        CHECK(row["n"] == 400);
        CHECK(row["inplace"] == false);
        CHECK(row["time_unit"] == "ns");
        CHECK(row["ns_per_element"].get<double>() > 0.0);
        CHECK(row["ns_per_element"].get<double>() == Approx(row["cpu_time"].get<double>() / 400));
    }
    CHECK(single == 3);
    CHECK(rows_of(document, "good", "aggregate").size() == 8);
    CHECK(ran.out.find("relu/f32/fake:good/scalar/uniform/400_median") != std::string::npos);
    CHECK(ran.out.find("ns/element") != std::string::npos);
    CHECK(ran.error.find("DEBUG") == std::string::npos);
}

TEST_CASE("in place, several sizes and distributions, floors beside") {
    const scratch_folder folder;
    const auto ran =
        run(folder, "--kernels " ULPFRONT_FAKE_KERNELS
                    " --kernel fake:good --dtype f32 --no-check --benchmark_min_time=0.001 "
                    "--benchmark_repetitions=1 --inplace --size 2^9 --size 100 --distribution edge "
                    "--distribution linspace --benchmark_out=" +
                        (folder.path("r.json")));
    INFO(ran.error);
    REQUIRE(ran.code == 0);
    const json document = result(folder);
    CHECK(rows_of(document, "good").size() == 4);
    CHECK(rows_of(document, "good")[0]["name"] == "relu/f32/fake:good/scalar/edge/512/inplace");
    CHECK(rows_of(document, "memcpy").empty());
    CHECK(document["benchmarks"].size() > 4);  // scalar null kernels
    for (const json& row : rows_of(document, "good")) CHECK(row["to_floor"].get<double>() > 0.0);
}

TEST_CASE("a kernel that crashes while it is timed costs itself alone") {
    const scratch_folder folder;
    const auto ran = run(folder, fake("good|dies_when_large|throws|leaves", folder.path("r.json")) +
                                     "--size 2048 --dtype f32 --no-check");
    INFO(ran.error);
    CHECK(ran.code == 3);
    const json document = result(folder);
    CHECK(document["context"]["complete"] == true);
    CHECK(rows_of(document, "good").size() == 6);
    std::size_t small = 0;
    for (const json& row : rows_of(document, "dies_when_large")) {
        if (row["n"] == 400) {
            ++small;
            CHECK_FALSE(row.contains("error_occurred"));
        } else {
            CHECK(row["error_occurred"] == true);
            CHECK(row["error_message"].get<std::string>().find("SIGSEGV") != std::string::npos);
            CHECK(row["error_message"].get<std::string>().find(
                      "relu/f32/fake:dies_when_large/scalar/uniform/2048") != std::string::npos);
        }
    }
    CHECK(small == 3);
    CHECK(rows_of(document, "throws")[0]["error_message"].get<std::string>().find("SIGABRT") !=
          std::string::npos);
    CHECK(rows_of(document, "leaves")[0]["error_message"].get<std::string>().find("exit status 0") !=
          std::string::npos);
    CHECK(ran.out.find("ERROR OCCURRED") != std::string::npos);
}

TEST_CASE("a kernel that hangs is stopped, computing or waiting") {
    const scratch_folder folder;
    const auto ran = run(folder, fake("endless|good|waits", folder.path("r.json")) +
                                     "--dtype f32 --no-check --time-limit 0.3");
    INFO(ran.error);
    CHECK(ran.code == 3);
    const json document = result(folder);
    CHECK(rows_of(document, "good").size() == 3);
    for (const char* kernel : {"endless", "waits"}) {
        const auto rows = rows_of(document, kernel);
        REQUIRE(rows.size() == 1);
        CHECK(rows[0]["error_message"].get<std::string>().find("--time-limit") != std::string::npos);
    }
    CHECK(rows_of(document, "waits")[0]["error_message"].get<std::string>().find("waiting") !=
          std::string::npos);
}

TEST_CASE("a kernel that dies of another's doing gets a process of its own") {
    const scratch_folder folder;
    const auto ran = run(folder, fake("poisons|victim", folder.path("r.json")) + "--dtype f32 --no-check");
    INFO(ran.error);
    CHECK(ran.code == 0);
    CHECK(rows_of(result(folder), "victim").size() == 3);
}

TEST_CASE("a kernel without its context is an error, not a crash") {
    const scratch_folder folder;
    const auto ran = run(folder, fake("no_context|good", folder.path("r.json")) + "--dtype f32 --no-check");
    CHECK(ran.code == 3);
    const auto rows = rows_of(result(folder), "no_context");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0]["error_message"].get<std::string>().find("create() returned null") != std::string::npos);
}

TEST_CASE("a wrong kernel is not timed") {
    const scratch_folder folder;
    const std::string checker = make_checker(
        folder, writes_rows(checked_row("relu", "good", "ok", "") + "," +
                                checked_row("relu", "wrong", "broken", "promised 1 ULP, found 7") + "," +
                                checked_row("mystery", "plain", "skipped", "no reference"),
                            2));
    const auto ran =
        run(folder, fake("good|wrong|plain", folder.path("r.json")) + "--dtype f32 --checker " + checker);
    INFO(ran.error);
    CHECK(ran.code == 2);
    const json document = result(folder);
    const auto wrong = rows_of(document, "wrong");
    REQUIRE(wrong.size() == 1);
    CHECK(wrong[0]["error_message"] == "promised 1 ULP, found 7");
    CHECK(wrong[0]["check"] == "broken");
    CHECK(rows_of(document, "good").size() == 3);
    REQUIRE(rows_of(document, "plain").size() == 3);
    CHECK(rows_of(document, "plain")[0]["check"] == "skipped");
    CHECK(ran.out.find("not checked: no reference") != std::string::npos);
    const std::string asked = read_whole(checker + ".args");
    CHECK(asked.rfind("check --inputs quick --out ", 0) == 0);
    CHECK(asked.find("--kernels " ULPFRONT_FAKE_KERNELS) != std::string::npos);
    CHECK(asked.find("--kernel fake:good") != std::string::npos);
    CHECK(asked.find("--function mystery") != std::string::npos);
}

TEST_CASE("a quick check that cannot be made stops the run") {
    const scratch_folder folder;
    const auto try_checker = [&](const std::string& checker) {
        return run(folder, fake("good", folder.path("r.json")) + "--checker " + checker);
    };
    const auto absent = try_checker(folder.path("absent"));
    CHECK(absent.code == 64);
    CHECK(absent.error.find("--no-check") != std::string::npos);
    const auto failing = try_checker(make_checker(folder, "exit 70\n"));
    CHECK(failing.code == 70);
    CHECK(failing.error.find("exit status 70") != std::string::npos);
    const auto babbling =
        try_checker(make_checker(folder, "while [ \"$1\" != --out ]; do shift; done\necho no >\"$2\"\n"));
    CHECK(babbling.code == 70);
    CHECK(babbling.error.find("cannot be read") != std::string::npos);
    CHECK_FALSE(fs::exists(folder.path("r.json")));
}

TEST_CASE("an interrupt leaves a whole file, marked incomplete") {
    const scratch_folder folder;
    const auto ran =
        run(folder, fake("good", folder.path("r.json")) + "--no-check --benchmark_repetitions=50000",
            "timeout --preserve-status -s INT 8");
    INFO(ran.error);
    CHECK(ran.code == 130);
    const json document = result(folder);
    CHECK(document["context"]["complete"] == false);
    CHECK_FALSE(rows_of(document, "good").empty());
}

TEST_CASE("output that cannot be written is said at once, and nothing measured is lost") {
    const scratch_folder folder;
    const auto absent = run(folder, fake("good", folder.path("none/r.json")) + "--no-check");
    CHECK(absent.code == 73);
    CHECK(absent.out.empty());
    CHECK(absent.error.find("none") != std::string::npos);
    const auto full = run(folder, fake("good", "/dev/full") + "--no-check");
    CHECK(full.code == 73);
    const std::size_t at = full.error.find(folder.path("ulpfront-bench."));
    REQUIRE(at != std::string::npos);
    const std::string refuge = full.error.substr(at, full.error.find('\'', at) - at);
    CHECK(rows_of(json::parse(read_whole(refuge)), "good").size() == 6);
    fs::create_symlink("/dev/full", folder.path("full"));
    const auto no_stdout =
        run(folder, fake("good", folder.path("r.json")) + "--no-check --benchmark_format=json", "", "full");
    CHECK(no_stdout.code == 73);
}

TEST_CASE("JSON and CSV on standard output, console and CSV in a file") {
    const scratch_folder folder;
    const auto as_json = run(folder, fake("good", folder.path("r.txt")) +
                                         "--dtype f32 --no-check --benchmark_format=json "
                                         "--benchmark_out_format=console --benchmark_context=who=me");
    REQUIRE(as_json.code == 0);
    const json document = json::parse(as_json.out);
    CHECK(rows_of(document, "good").size() == 3);
    CHECK(document["context"]["who"] == "me");
    CHECK(read_whole(folder.path("r.txt")).find("fake:good/scalar/uniform/400_median") != std::string::npos);
    const auto as_csv =
        run(folder, fake("good|no_context", folder.path("r.csv")) +
                        "--dtype f32 --no-check --benchmark_format=csv --benchmark_out_format=csv");
    CHECK(as_csv.code == 3);
    CHECK(as_csv.out.rfind("name,iterations,real_time", 0) == 0);
    CHECK(as_csv.out.find("\"ns_per_element\"") != std::string::npos);
    CHECK(as_csv.out.find("true,\"its create() returned null\"") != std::string::npos);
    std::istringstream lines(read_whole(folder.path("r.csv")));
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line);) count += line.rfind("\"relu", 0) == 0 ? 1 : 0;
    CHECK(count == 3 + 4 + 1);
}

TEST_CASE("the display: medians, statistics, everything") {
    const scratch_folder folder;
    const auto lines_with = [&](const std::string& flag) {
        const auto ran = run(folder, fake("good", folder.path("r.json")) + "--dtype f32 --no-check " + flag);
        std::istringstream lines(ran.out);
        std::size_t count = 0;
        for (std::string line; std::getline(lines, line);) count += line.rfind("relu", 0) == 0 ? 1 : 0;
        return count;
    };
    CHECK(lines_with("") == 1);
    CHECK(lines_with("--benchmark_display_aggregates_only") == 4);
    CHECK(lines_with("--benchmark_display_aggregates_only=false") == 7);
    CHECK(lines_with("--benchmark_report_aggregates_only") == 4);
}

TEST_CASE("names are listed, filters keep what they say") {
    const scratch_folder folder;
    const std::string select = "--kernels " ULPFRONT_FAKE_KERNELS " --kernel 'fake:good' --no-floor ";
    const auto listed = run(folder, select + "--full-matrix --benchmark_list_tests");
    REQUIRE(listed.code == 0);
    CHECK(std::count(listed.out.begin(), listed.out.end(), '\n') ==
          100);  // dtypes, distributions, sizes, placements
    CHECK(listed.out.find("relu/f64/fake:good/scalar/normal/16777216/inplace\n") != std::string::npos);
    const auto filtered = run(folder, select + "--benchmark_list_tests --benchmark_filter=f64");
    CHECK(filtered.out == "relu/f64/fake:good/scalar/uniform/2048\n");
    const auto unmatched = run(folder, select + "--benchmark_filter=rleu");
    CHECK(unmatched.code == 64);
    CHECK(unmatched.error.find("near: relu") != std::string::npos);
}

TEST_CASE("bad flags: one line that names the flag, exit 64") {
    const scratch_folder folder;
    const auto refused = [&](const std::string& arguments, const std::string& said) {
        const auto ran = run(folder, arguments);
        INFO(arguments << ": " << ran.error);
        CHECK(ran.code == 64);
        CHECK(ran.out.empty());
        CHECK(ran.error.find(said) != std::string::npos);
        CHECK(std::count(ran.error.begin(), ran.error.end(), '\n') == 1);
    };
    refused("--benchmark_repetitions=2 --benchmark_repetitions=x", "--benchmark_repetitions 'x'");
    refused("--benchmark_fliter=x", "near: --benchmark_filter");
    refused("--functoin relu", "near: --function");
    refused("relu", "'relu' is not a flag");
    refused("--function rleu", "near: ");
    refused("--benchmark_min_time=0.01s", "--benchmark_min_time '0.01s'");
    refused("--benchmark_min_time=0", "--benchmark_min_time '0'");
    refused("--benchmark_repetitions=0", "--benchmark_repetitions '0'");
    refused("--benchmark_format=jsn", "near: json");
    refused("--benchmark_context=x", "--benchmark_context 'x'");
    refused("--benchmark_context=commit=1", "'commit' has a meaning already");
    refused("--benchmark_time_unit=h", "--benchmark_time_unit 'h'");
    refused("--size 0", "--size '0'");
    refused("--size 2^31", "--size '2^31'");
    refused("--distribution unifrom", "near: uniform");
    refused("--time-limit never", "--time-limit 'never'");
    refused("--kernels /nowhere.so", "/nowhere.so");
    refused("--kernels " ULPFRONT_FAKE_LOADER, "SIGILL");
    refused("--kernels /etc/hostname", "not a loadable shared library");
}

TEST_CASE("kernels of a dtype without inputs are left out, and said") {
    const scratch_folder folder;
    const auto ran = run(folder, "--kernels " ULPFRONT_FAKE_KERNELS " --kernel fake:quantised");
    CHECK(ran.code == 64);
    CHECK(ran.error.find("no inputs of this dtype") != std::string::npos);
}

TEST_CASE("help and version") {
    const scratch_folder folder;
    const auto help = run(folder, "--help");
    CHECK(help.code == 0);
    CHECK(help.out.find("Examples:") != std::string::npos);
    CHECK(help.out.find("Exit codes:") != std::string::npos);
    CHECK(help.out.find("--benchmark_enable_random_interleaving") != std::string::npos);
    CHECK(help.out.find("--checker") == std::string::npos);
    const auto version = run(folder, "--version");
    CHECK(version.out.rfind("ulpfront-bench ", 0) == 0);
}
