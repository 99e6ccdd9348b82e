// The checker is checked: every wrong kernel turns red for its own reason, every right one stays green.
#include <catch2/catch.hpp>
#include <string>

#include "accuracy/tests/process/run_binary.hpp"

namespace {

constexpr expected_fault expectations[] = {
#define WRONG(kernel, function, promise, value, flags, code) {#kernel, code},
#include "accuracy/tests/process/libraries/wrong_kernels.inc"
#undef WRONG
};

/// What becomes of a kernel, given what it is guilty of.
std::string status_of(const std::string& code) {
    if (code == "timeout") return "timeout";
    const bool died = code == "crash" || code == "exit" || code == "past_end" || code == "input_written" ||
                      code == "descriptors";
    return died ? "crashed" : "broken";
}

std::string name(const std::string& kernel) { return "wrong:" + kernel; }

}  // namespace

TEST_CASE("every wrong kernel is found guilty of its own fault") {
    std::vector<std::string> words{"--inputs", "100000", "--kernels", library("wrong")};
    for (const expected_fault& each : expectations)
        words.insert(words.end(), {"--kernel", name(each.kernel)});
    const check_result result = run_check(words);
    CHECK(result.run.code == 3);
    CHECK(result.file.at("complete") == true);
    for (const expected_fault& each : expectations) {
        INFO(each.kernel << ": " << result.row(each.kernel).at("faults").dump());
        const auto codes = result.codes(each.kernel);
        REQUIRE_FALSE(codes.empty());
        CHECK(codes.front() == each.code);
        // What dies later is crashed in the end.
        CHECK((result.row(each.kernel).at("status") == status_of(each.code) || codes.size() > 1));
        CHECK_FALSE(result.row(each.kernel).at("reason").get<std::string>().empty());
        CHECK(result.run.out.find(name(each.kernel)) != std::string::npos);
        CHECK(result.run.out.find(
                  result.row(each.kernel).at("faults").at(0).at("message").get<std::string>()) !=
              std::string::npos);
    }
}

TEST_CASE("a broken promise alone gives exit code 2") {
    const auto result =
        run_check({"--inputs", "100000", "--kernels", library("wrong"), "--kernel", name("half_an_ulp")});
    CHECK(result.run.code == 2);
    CHECK(result.row("half_an_ulp").at("max_ulp") == Approx(0.5).epsilon(1e-6));
    CHECK(result.row("half_an_ulp").at("status") == "broken");
}

TEST_CASE("endless loops and sleeps are ended") {
    const auto result = run_check({"--inputs", "100000", "--timeout", "0.3", "--kernels", library("wrong"),
                                   "--kernel", "wrong:(never_returns|sleeps_for_ever|destroy_hangs)"});
    CHECK(result.run.code == 3);
    for (const char* kernel : {"never_returns", "sleeps_for_ever", "destroy_hangs"}) {
        CHECK(result.row(kernel).at("status") == "timeout");
        CHECK(result.codes(kernel) == std::vector<std::string>{"timeout"});
    }
    CHECK(result.row("never_returns").at("inputs_tried").is_null());
}

TEST_CASE("what was measured before a hang is kept") {
    const auto result = run_check({"--inputs", "20000000", "--timeout", "1", "--threads", "2", "--kernels",
                                   library("wrong"), "--kernel", "wrong:(hangs|crashes)_at_one_input"});
    CHECK(result.row("hangs_at_one_input").at("status") == "timeout");
    CHECK(result.row("crashes_at_one_input").at("status") == "crashed");
    for (const char* kernel : {"hangs_at_one_input", "crashes_at_one_input"}) {
        CHECK(result.row(kernel).at("inputs_tried") > 1000000);
        CHECK(result.row(kernel).at("inputs_tried") < 20000000);
        CHECK(result.row(kernel).at("max_ulp_kind") == "found");
    }
}

TEST_CASE("preparation that fails or dies is a failed row") {
    const auto result = run_check({"--inputs", "100000", "--kernels", library("wrong"), "--kernel",
                                   "wrong:(create_gives_null|create_dies|destroy_dies)"});
    CHECK(result.run.code == 3);
    for (const char* kernel : {"create_gives_null", "create_dies", "destroy_dies"}) {
        INFO(result.row(kernel).dump());
        CHECK(result.row(kernel).at("status") == "crashed");
        CHECK(result.codes(kernel) == std::vector<std::string>{"crash"});
    }
    CHECK(result.row("create_gives_null").at("reason").get<std::string>().find("returned null") !=
          std::string::npos);
}

TEST_CASE("right kernels stay green, and what cannot be judged says why") {
    const auto result = run_check({"--kernels", library("right"), "--kernel", "right:.*"});
    CHECK(result.run.code == 0);
    for (const char* kernel : {"relu", "leaky_relu", "sigmoid", "tanh", "flushed", "scratch"}) {
        INFO(result.row(kernel).dump());
        CHECK(result.row(kernel).at("status") == "ok");
        CHECK(result.row(kernel).at("reason").get<std::string>().empty());
        CHECK(result.codes(kernel).empty());
        CHECK(result.row(kernel).at("inputs_tried") > 500000);
        CHECK(result.row(kernel).at("undecided") == 0);
    }
    CHECK(result.row("sigmoid").at("max_ulp") >= 0.49);
    const auto skipped = [&](const char* kernel) -> std::string {
        CHECK(result.row(kernel).at("status") == "skipped");
        CHECK(result.row(kernel).at("max_ulp").is_null());
        return result.row(kernel).at("reason");
    };
    CHECK(skipped("cube") == "no reference: the catalogue has no function 'cube'");
    CHECK(skipped("in_int8") == "no reference for i8 yet");
    CHECK(skipped("elsewhere").find("the CPU lacks") == 0);
}

TEST_CASE("the project's own kernels keep their promises, and nothing about them stays undecided") {
    const auto result = run_check({"--method", "naive|stable|simd|lut|exact|null"});
    CHECK(result.run.code == 0);
    // Of each function that is built, be they few, there are several methods and ISAs.
    const std::size_t functions = result.file.at("functions").size();
    CHECK(result.file.at("rows").size() >= 8 * functions);
    for (const auto& row : result.file.at("rows")) {
        INFO(row.at("function") << " " << row.at("shown") << " " << row.at("isa") << ": "
                                << row.at("reason"));
        CHECK((row.at("status") == "ok" || row.at("status") == "skipped"));
        CHECK((row.at("status") == "skipped" || row.at("undecided") == 0));
    }
}

TEST_CASE("a kernel of an unknown function is still judged by how it treats arrays") {
    const auto result = run_check({"--kernels", library("wrong"), "--kernel", name("unknown_and_wrong")});
    CHECK(result.run.code == 2);
    CHECK(result.codes("unknown_and_wrong") == std::vector<std::string>{"lane"});
    CHECK(result.row("unknown_and_wrong").at("status") == "broken");
}

TEST_CASE("one wrong result in 2^32 is found", "[.][slow]") {
    const auto result =
        run_check({"--inputs", "all", "--kernels", library("wrong"), "--kernel", name("one_input")});
    CHECK(result.run.code == 2);
    const auto& row = result.row("one_input");
    CHECK(result.codes("one_input") == std::vector<std::string>{"promise"});
    CHECK(row.at("misrounded") == 1);
    CHECK(row.at("max_ulp") == 1.0);
    CHECK(row.at("max_ulp_kind") == "certified");
    CHECK(row.at("worst_input") == "0x1.2345p+13");
    CHECK(row.at("inputs_tried") == 4294967296U);
}
