// Shards: refused where they do not fit, going on after a kill, the same bytes in the end.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>

#include "accuracy/process/shard_file.hpp"
#include "accuracy/tests/process/run_binary.hpp"
#include "impls/tool.hpp"

namespace {

using ulpfront::read_shard;
using ulpfront::read_whole;
using ulpfront::shard;
using ulpfront::write_shard;

/// Four blocks of 2^20 inputs, a few kernels.
const std::vector<std::string> few{"--inputs",   "4194304",
                                   "--kernels",  library("wrong"),
                                   "--function", "relu|leaky_relu",
                                   "--kernel",   "stable|wrong:(half_an_ulp|lane_leaks|aborts)",
                                   "--dtype",    "f32"};

run_result check_shard(const std::string& number, const std::string& file,
                       std::vector<std::string> selection = few, const sent_signal& signal = {}) {
    std::vector<std::string> words{"check", "--shard", number, "--out", file};
    words.insert(words.end(), selection.begin(), selection.end());
    return run_binary(words, signal);
}

run_result merge(const std::string& to, const std::vector<std::string>& files) {
    std::vector<std::string> words{"merge", "-o", to};
    words.insert(words.end(), files.begin(), files.end());
    return run_binary(words);
}

void check_refusal(const run_result& result, int code, const std::string& what) {
    INFO(result.err);
    CHECK(result.code == code);
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    CHECK(result.err.find(what) != std::string::npos);
}

/// The shards i/N of the few kernels, or others.
std::vector<std::string> all_shards(const scratch_folder& folder, int of,
                                    const std::vector<std::string>& selection = few) {
    std::vector<std::string> files;
    for (int i = 0; i < of; ++i) {
        files.push_back(folder.path("shard." + std::to_string(i) + "-" + std::to_string(of)));
        const run_result result =
            check_shard(std::to_string(i) + "/" + std::to_string(of), files.back(), selection);
        INFO(result.out << result.err);
        REQUIRE((result.code == 0 || result.code == 2 || result.code == 3));
    }
    return files;
}

/// Copies of the three shards of the few kernels, which are made once: they take the time of these tests.
std::vector<std::string> three_shards(const scratch_folder& folder) {
    static const scratch_folder first;
    static const std::vector<std::string> made = all_shards(first, 3);
    std::vector<std::string> files;
    for (const std::string& each : made) {
        files.push_back(folder.path(std::filesystem::path(each).filename()));
        std::filesystem::copy_file(each, files.back());
    }
    return files;
}

/// The file with something else in it, and a checksum that fits.
void change(const std::string& path, const std::function<void(shard&)>& how) {
    shard whole = read_shard(path);
    how(whole);
    write_shard(path, whole);
}

}  // namespace

TEST_CASE("a kernel that dies at one input is merged to the same bytes from any number of shards") {
    const scratch_folder folder;
    const std::vector<std::string> dying{"--inputs",       "4194304",  "--kernels",
                                         library("wrong"), "--kernel", "wrong:crashes_at_one_input"};
    REQUIRE(merge(folder.path("one"), all_shards(folder, 1, dying)).code == 0);
    REQUIRE(merge(folder.path("four"), all_shards(folder, 4, dying)).code == 0);
    CHECK(read_whole(folder.path("one")) == read_whole(folder.path("four")));
    CHECK(read_whole(folder.path("one")).find("\"crashed\"") != std::string::npos);
}

TEST_CASE("right, wrong and dying kernels give the same bytes in one piece and in three") {
    const scratch_folder folder;
    std::vector<std::string> plain{"check", "--out", folder.path("plain")};
    plain.insert(plain.end(), few.begin(), few.end());
    CHECK(run_binary(plain).code == 3);
    const auto three = three_shards(folder);
    REQUIRE(merge(folder.path("three"), {three[2], three[0], three[1]}).code == 0);
    CHECK(read_whole(folder.path("three")) == read_whole(folder.path("plain")));
    REQUIRE(merge(folder.path("one"), all_shards(folder, 1)).code == 0);
    CHECK(read_whole(folder.path("one")) == read_whole(folder.path("plain")));
}

TEST_CASE("shards that do not make a whole are refused") {
    const scratch_folder folder;
    const auto three = three_shards(folder);
    REQUIRE(merge(folder.path("whole"), three).code == 0);

    SECTION("gaps and overlaps are named") {
        check_refusal(merge(folder.path("no"), {three[0], three[2]}), 65, "leave gaps");
        check_refusal(merge(folder.path("no"), {three[0], three[1], three[0]}), 65, "overlaps");
        check_refusal(merge(folder.path("no"), {three[0], folder.path("absent")}), 65, "absent");
        CHECK_FALSE(std::filesystem::exists(folder.path("no")));
    }
    SECTION("a shard that was cut short or edited is refused") {
        std::string text = read_whole(three[1]);
        std::ofstream(three[1]) << text.substr(0, text.size() / 2);
        check_refusal(merge(folder.path("no"), three), 65, "cut short or edited");
        check_refusal(check_shard("1/3", three[1]), 65, "cut short or edited");
        const auto digit = text.find("\"inputs\"");
        text[text.find_first_of("0123456789", digit)] ^= 1;
        std::ofstream(three[1]) << text;
        check_refusal(merge(folder.path("no"), three), 65, "cut short or edited");
        std::ofstream(three[1]) << "{}\n";
        check_refusal(merge(folder.path("no"), three), 65, "is no shard");
    }
    SECTION("so is one of another build, machine or selection") {
        const shard good = read_shard(three[1]);
        change(three[1], [](shard& of) { of.run["build"]["tool"] = "0123456789abcdef"; });
        check_refusal(merge(folder.path("no"), three), 65, "another build");
        write_shard(three[1], good);
        change(three[1], [](shard& of) { of.run["machine"]["cpu"] = "An abacus"; });
        check_refusal(merge(folder.path("no"), three), 65,
                      "another machine (machine/cpu: \"An abacus\", not");
        check_refusal(check_shard("1/3", three[1]), 65, "another machine");
        write_shard(three[1], good);
        change(three[1], [](shard& of) { of.complete = false; });
        check_refusal(merge(folder.path("no"), three), 65, "unfinished");
        write_shard(three[1], good);
        auto others = few;
        others[1] = "4194305";
        check_refusal(check_shard("1/3", three[1], others), 65, "other inputs");
        check_refusal(check_shard("2/3", three[1]), 65, "is shard 1/3, not 2/3");
    }
}

TEST_CASE("numbers of shards that cannot be are refused") {
    const scratch_folder folder;
    check_refusal(check_shard("3/3", folder.path("s")), 64, "the last one is 2/3");
    check_refusal(check_shard("0/0", folder.path("s")), 64, "N is at least 1");
    check_refusal(check_shard("-1/3", folder.path("s")), 64, "say i/N");
    check_refusal(check_shard("1", folder.path("s")), 64, "say i/N");
    check_refusal(check_shard("0/1000000", folder.path("s")), 64, "more shards than blocks");
    check_refusal(run_binary({"check", "--shard", "0/1", "--function", "relu"}), 64, "--out");
    check_refusal(check_shard("0/1", folder.path("no/such/folder")), 73, "does not exist");
    check_refusal(check_shard("0/1", "/dev/full"), 73, "/dev/full");
}

TEST_CASE("a shard that is killed goes on, and ends with the bytes of one that was not", "[.][slow]") {
    const scratch_folder folder;
    // Work for so long that the file is written several times before it is whole.
    const std::vector<std::string> slow{"--inputs", "400000000", "--function",   "mish",    "--isa",
                                        "scalar",   "--kernel",  "naive|stable", "--dtype", "f32"};
    const std::string file = folder.path("shard");
    const auto written = [&] { return std::filesystem::exists(file); };
    CHECK(check_shard("0/1", file, slow, {written, SIGKILL}).code == -SIGKILL);
    const shard begun = read_shard(file);
    CHECK_FALSE(begun.complete);
    CHECK_FALSE(begun.done.at(0).empty());
    CHECK(check_shard("0/1", file, slow).code == 0);
    const std::string resumed = read_whole(file);
    std::filesystem::remove(file);
    CHECK(check_shard("0/1", file, slow).code == 0);
    CHECK(read_whole(file) == resumed);
}
