// ulpfront-gate as its users run it, on libraries in which one thing has changed.
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

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
    json file;  ///< null if there is none

    [[nodiscard]] const json& kernel(const std::string& name) const {
        for (const json& each : file.at("kernels")) {
            const std::string id = each.at("id");
            if (id.ends_with("/test:" + name + "/scalar")) return each;
        }
        FAIL("no kernel " << name);
        return file;
    }
    [[nodiscard]] std::vector<std::string> losses(const std::string& name) const {
        std::vector<std::string> what;
        for (const json& each : kernel(name).at("losses")) what.push_back(each.at("what"));
        return what;
    }
};

std::string library(const std::string& change) { return TEST_LIBRARIES "/" + change + ".so"; }

/// Runs through the shell: words with blanks or stars must be quoted.
run_result run(const scratch_folder& folder, const std::string& arguments, const std::string& before = "") {
    fs::remove(folder.path("r.json"));
    const std::string command = "TMPDIR=" + (folder.path("")) + " " + before + " " TOOL " " + arguments +
                                " --out " + (folder.path("r.json")) + " >" + (folder.path("out")) + " 2>" +
                                (folder.path("error"));
    const int status = std::system(command.c_str());  // NOLINT(cert-env33-c): a shell is wanted
    run_result result{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
                      read_whole(folder.path("out")), read_whole(folder.path("error")), nullptr};
    if (fs::exists(folder.path("r.json"))) result.file = json::parse(read_whole(folder.path("r.json")));
    return result;
}

/// Accuracy of a change over few inputs.
run_result accuracy(const scratch_folder& folder, const std::string& change, const std::string& more = "") {
    return run(folder,
               library("nothing") + " " + library(change) + " --only accuracy --inputs quick " + more);
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("a library against itself passes, copied so that it is loaded twice") {
    const scratch_folder folder;
    const auto ran = accuracy(folder, "nothing");
    INFO(ran.out << ran.error);
    CHECK(ran.code == 0);
    CHECK(ran.file.at("complete") == true);
    CHECK(ran.kernel("changed").at("verdict") == "same bits");
    CHECK(ran.kernel("changed").at("bits").at("compared").get<std::uint64_t>() > 1000000);
    CHECK(ran.file.at("base").at("libraries")[0].at("path") !=
          ran.file.at("candidate").at("libraries")[0].at("path"));
}

TEST_CASE("each loss of accuracy is exit 2 and has a name") {
    const scratch_folder folder;
    const auto ran = accuracy(folder, "special");
    INFO(ran.out << ran.error);
    CHECK(ran.code == 2);
    CHECK(ran.losses("good").empty());
    const auto losses = ran.losses("changed");
    CHECK(std::find(losses.begin(), losses.end(), "special_value") != losses.end());
    CHECK(std::find(losses.begin(), losses.end(), "promise") != losses.end());
    CHECK(ran.kernel("changed").at("verdict") == "less exact");

    const auto worse = accuracy(folder, "worse");
    CHECK(worse.code == 2);
    const auto more = worse.losses("changed");
    CHECK(std::find(more.begin(), more.end(), "max_ulp") != more.end());
    CHECK(worse.kernel("changed").at("bits").at("changed").get<std::uint64_t>() > 1000);
    CHECK(worse.out.find("results changed their bits, first at 0x1") != std::string::npos);
}

TEST_CASE("a promise that got looser fails although no bit changed") {
    const scratch_folder folder;
    const auto ran = accuracy(folder, "looser");
    CHECK(ran.code == 2);
    CHECK(ran.losses("changed") == names{"promise"});
    CHECK(ran.out.find("promise 8 ULP, nan inf (was 4 ULP, nan inf)") != std::string::npos);
}

TEST_CASE("a kernel that is gone fails, one that is new must keep its promise") {
    const scratch_folder folder;
    const auto ran = accuracy(folder, "renamed");
    CHECK(ran.code == 2);
    CHECK(ran.kernel("changed").at("verdict") == "missing");
    CHECK(ran.kernel("renamed").at("verdict") == "new");
    CHECK(ran.losses("renamed").empty());
}

TEST_CASE("a loss is accepted by a line with a reason, and only that") {
    const scratch_folder folder;
    std::ofstream(folder.path("accepted"))
        << "relu/f32/test:changed/scalar missing - it has another name now\n";
    const auto ran = accuracy(folder, "renamed", "--accept " + (folder.path("accepted")));
    INFO(ran.out << ran.error);
    CHECK(ran.code == 0);
    CHECK(ran.out.find("[accepted: it has another name now]") != std::string::npos);
    CHECK(read_whole(folder.path("accepted")).find('\n') == read_whole(folder.path("accepted")).size() - 1);
    std::ofstream(folder.path("accepted")) << "relu/f32/test:changed/scalar missing -\n";
    CHECK(accuracy(folder, "renamed", "--accept " + (folder.path("accepted"))).code == 65);
}

TEST_CASE("a kernel that crashes or hangs in the candidate alone is a named loss") {
    const scratch_folder folder;
    const auto died = accuracy(folder, "dies");
    INFO(died.out << died.error);
    CHECK(died.code == 2);
    CHECK(died.losses("changed") == names{"crashed"});
    CHECK(died.kernel("changed").at("note").get<std::string>().find(
              "base lived, candidate died of SIGSEGV") != std::string::npos);
    CHECK(died.kernel("good").at("verdict") == "same bits");
    const auto hung = accuracy(folder, "hangs", "--time-limit 0.5 --kernel .*changed");
    INFO(hung.out << hung.error);
    CHECK(hung.code == 2);
    CHECK(hung.losses("changed") == names{"timeout"});
}

TEST_CASE("a kernel that crashed in the base alone is no loss") {
    const scratch_folder folder;
    const auto ran =
        run(folder, library("dies") + " " + library("nothing") + " --only accuracy --inputs quick");
    INFO(ran.out << ran.error);
    CHECK(ran.code == 0);
    CHECK(ran.kernel("changed").at("note").get<std::string>().find("the base crashed") != std::string::npos);
}

TEST_CASE("kernels of f64 are compared where a search finds either of them at its worst") {
    const scratch_folder folder;
    const auto compare = [&](const std::string& base, const std::string& candidate) {
        return run(folder, library(base) + " " + library(candidate) + " --only accuracy --inputs quick");
    };
    SECTION("an identical pair passes") {
        const auto ran = compare("hill", "hill");
        INFO(ran.out << ran.error);
        CHECK(ran.code == 0);
        const json& kernel = ran.kernel("searched");
        CHECK(kernel.at("verdict") == "same bits");
        CHECK(kernel.at("base").at("max_ulp") == kernel.at("candidate").at("max_ulp"));
    }
    SECTION("what only the search of the base comes upon is the candidate's loss") {
        const auto ran = compare("hill", "hole");
        INFO(ran.out << ran.error);
        CHECK(ran.code == 2);
        const json& kernel = ran.kernel("searched");
        CHECK(kernel.at("base").at("max_ulp") < 100.0);
        CHECK(kernel.at("candidate").at("max_ulp") > 200.0);
        CHECK(ran.losses("searched") == names{"max_ulp", "max_ulp_normal", "max_abs_error"});
        const double witness =
            std::strtod(kernel.at("candidate").at("worst_input").get<std::string>().c_str(), nullptr);
        CHECK(std::abs(witness - 0.7123) < 0x1p-30);
        // Alone, its search sees nothing.
        const auto alone = compare("hole", "hole");
        CHECK(alone.code == 0);
        CHECK(alone.kernel("searched").at("candidate").at("max_ulp") < 5.0);
    }
    SECTION("what only the search of the candidate comes upon is no loss where the base is as bad") {
        const auto ran = compare("hole", "hill");
        INFO(ran.out << ran.error);
        CHECK(ran.code == 0);
        CHECK(ran.kernel("searched").at("verdict") == "no worse");
        CHECK(ran.kernel("searched").at("base").at("max_ulp") > 200.0);
    }
    SECTION("so is what has no error to speak of") {
        const auto ran = compare("hill", "gap");
        INFO(ran.out << ran.error);
        CHECK(ran.code == 2);
        CHECK(ran.losses("searched") == names{"nan_mismatches"});
    }
}

TEST_CASE("builds that cannot be compared are exit 3, with the reason in every file") {
    const scratch_folder folder;
    const auto refused = [&](const std::string& arguments, const std::string& reason) {
        const auto ran = run(folder, arguments + " --only accuracy --junit " + (folder.path("j.xml")) +
                                         " --markdown " + (folder.path("m.md")));
        INFO(ran.out << ran.error);
        CHECK(ran.code == 3);
        CHECK(ran.out.find(reason) != std::string::npos);
        CHECK(ran.file.at("incomparable").get<std::string>().find(reason) != std::string::npos);
        CHECK(read_whole(folder.path("j.xml")).find("<failure") != std::string::npos);
        CHECK(read_whole(folder.path("m.md")).find("incomparable") != std::string::npos);
    };
    refused(library("unique") + " " + library("nothing"), "unique symbols, such as shared_state");
    refused(library("nothing") + " " + library("unique"), "the candidate's library");
    refused(library("other_abi") + " " + library("nothing"), "was built for kernel ABI 2");
    refused(library("other_isa") + " " + library("nothing"), "no kernel is in both builds");
    refused(library("nothing") + " " + library("nothing") + " --incomparable 'it does not build'",
            "it does not build");
}

TEST_CASE("wrong usage is exit 64 and names what is wrong") {
    const scratch_folder folder;
    const auto refused = [&](const std::string& arguments, const std::string& reason) {
        const auto ran = run(folder, arguments);
        CHECK(ran.code == 64);
        CHECK(ran.error.find(reason) != std::string::npos);
        CHECK(std::count(ran.error.begin(), ran.error.end(), '\n') == 1);
    };
    refused("", "BASE");
    refused("/nowhere " + library("nothing"), "'/nowhere': no such file");
    refused(library("nothing"), "CANDIDATE");
    const std::string both = library("nothing") + " " + library("nothing");
    refused(both + " " + library("nothing"), "one too many");
    refused(both + " --onyl speed", "--only");
    refused(both + " --only time", "'time'");
    refused(both + " --fail-on slow", "'slow'");
    refused(both + " --inputs some", "'some'");
    refused(both + " --size 2^40", "2^40");
    refused(both + " --kernel nothing_like_it", "matches nothing");
    refused(both + " --only speed --fail-on instructions", "instructions");
    CHECK(run(folder, both + " --junit /nowhere/x.xml").code == 73);
}

TEST_CASE("help shows examples and exit codes") {
    const scratch_folder folder;
    const auto ran = run(folder, "--help");
    CHECK(ran.code == 0);
    CHECK(ran.out.find("Examples") != std::string::npos);
    CHECK(ran.out.find("Exit codes") != std::string::npos);
}

TEST_CASE("a slow-down at one size is not seen at another") {
    const scratch_folder folder;
    const auto ran =
        run(folder, library("nothing") + " " + library("slow") +
                        " --only speed --kernel .*changed --size 2^11 --size 2^16 --distribution uniform "
                        "--budget 20");
    INFO(ran.out << ran.error);
    REQUIRE(ran.file.at("speed").size() == 2);
    for (const json& each : ran.file.at("speed")) {
        const bool is_slow = each.at("name").get<std::string>().ends_with("65536");
        // On a machine that is busy enough, nothing may be known; but never the wrong thing.
        CHECK(each.at("verdict") != (is_slow ? "same" : "slower"));
        // The two builds' code differs, and with it its place: that may gain a little, but nothing like the
        // loss.
        if (each.at("verdict") == "faster") CHECK((!is_slow && each.at("change") > -0.2));
        if (is_slow && each.at("verdict") == "slower") CHECK(each.at("change") > 0.5);
    }
    CHECK(ran.file.at("machine").at("cpus").get<int>() >= 1);
}

TEST_CASE("a crash that shows only while timing is the candidate's loss") {
    const scratch_folder folder;
    const auto ran =
        run(folder, library("nothing") + " " + library("dies_large") +
                        " --only speed --size 2^11 --size 2^16 --distribution uniform --budget 5");
    INFO(ran.out << ran.error);
    CHECK(ran.code == 2);
    CHECK(ran.losses("changed") == names{"crashed"});
    CHECK(ran.losses("good").empty());
    for (const json& each : ran.file.at("speed")) {
        const std::string name = each.at("name");
        CHECK((each.at("verdict") == "incomparable") ==
              (name.find("changed") != std::string::npos && name.ends_with("65536")));
    }
}

TEST_CASE("an interrupted run keeps what it has and says so") {
    const scratch_folder folder;
    const auto ran = run(
        folder,
        library("nothing") + " " + library("slow") + " --only speed --budget 100 --see 0.001 --margin 0.0001",
        "timeout -s INT 3");
    INFO(ran.out << ran.error);
    CHECK(ran.code == 124);  // timeout's own; the tool's is 130
    CHECK(ran.file.at("complete") == false);
    CHECK(ran.out.find("interrupted") != std::string::npos);
}

TEST_CASE("instructions are counted where Valgrind is, and said not to be where it is not") {
    const scratch_folder folder;
    const auto ran = run(folder, library("nothing") + " " + library("slow") + " --only instructions");
    INFO(ran.out << ran.error);
    const json& counted = ran.kernel("changed").at("instructions");
    if (counted.at("why_not").get<std::string>().empty()) {
        CHECK(counted.at("base").get<double>() > 0.5);
        CHECK(counted.at("base") == ran.kernel("good").at("instructions").at("base"));
    }
    const auto without =
        run(folder, library("nothing") + " " + library("slow") + " --only instructions", "PATH=/nowhere");
    CHECK(without.code == 0);
    CHECK(without.kernel("changed").at("instructions").at("why_not") == "Valgrind is not installed");
}

TEST_CASE("one bit in one of 2^32 results", "[.][slow]") {
    const scratch_folder folder;
    const auto ran = run(folder, library("nothing") + " " + library("one_bit") +
                                     " --only accuracy --inputs all --kernel .*changed");
    INFO(ran.out << ran.error);
    CHECK(ran.code == 2);
    const json& bits = ran.kernel("changed").at("bits");
    CHECK(bits.at("compared") == 4294967296);
    CHECK(bits.at("changed") == 1);
    CHECK(bits.at("input_bits") == "0x40490fdb");
    CHECK(bits.at("input") == "0x1.921fb6p+1");
    CHECK(bits.at("candidate") == "0x1.921fb8p+1");
    const auto losses = ran.losses("changed");
    CHECK(std::find(losses.begin(), losses.end(), "misrounded") != losses.end());
}
