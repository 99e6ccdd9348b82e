#include <catch2/catch.hpp>

#include "reports/gate/model.hpp"
#include "reports/gate/words.hpp"
#include "reports/tests/markup.hpp"

using namespace ulpfront;
using namespace ulpfront::gate;
namespace markup = ulpfront::reports::markup;

namespace {

kernel_result kernel(const std::string& id, accuracy_verdict verdict) {
    kernel_result result;
    result.id = id;
    result.accuracy = verdict;
    return result;
}

speed_result timed(const std::string& name, speed_verdict verdict, double ratio) {
    speed_result result;
    result.name = name;
    result.verdict = verdict;
    result.ratios = std::vector<double>(24, ratio);
    if (verdict == speed_verdict::slower) result.confirmed = result.ratios;
    result.suspect = verdict == speed_verdict::slower;
    result.base_ns = {1.0};
    result.candidate_ns = {1.05};
    result.seen = 0.02;
    return result;
}

/// One of everything.
gate_result everything() {
    gate_result result;
    result.inputs = "all";
    result.base.path = "old";
    result.candidate.path = "new";
    result.notes = {"avx2: flags '-O3' (was '-O2')"};
    result.kernels = {kernel("f/f32/a/avx2", accuracy_verdict::identical),
                      kernel("f/f32/b/avx2", accuracy_verdict::same_bits),
                      kernel("f/f32/c/avx2", accuracy_verdict::less_exact),
                      kernel("f/f32/d/avx2", accuracy_verdict::missing),
                      kernel("f/f32/e/avx2", accuracy_verdict::not_here)};
    result.kernels[2].bits = bit_changes{4294967296, 7, "0x1p+0", "0x1p+1", "0x1.8p+1", "0x3f800000"};
    result.kernels[2].losses = {{"f/f32/c/avx2", "max_ulp", "1", "2<&\"", 2.0, "0x1p+0", ""}};
    result.kernels[3].losses = {
        {"f/f32/d/avx2", "missing", "there", "gone", std::nullopt, "", "it was | useless"}};
    result.kernels[1].counted = instructions{10.0, 10.5, ""};
    result.speeds = {timed("f/f32/c/avx2/uniform/400", speed_verdict::slower, 0.05),
                     timed("f/f32/b/avx2/uniform/400", speed_verdict::same, 0.0),
                     timed("f/f32/b/avx2/uniform/2048", speed_verdict::inconclusive, 0.0)};
    result.slower = {{"f/f32/c/avx2/uniform/400", "slower", "1 ns", "1.05 ns", 1.05, "", ""}};
    return result;
}

}  // namespace

TEST_CASE("exit codes: the worst first, accepted losses not at all") {
    gate_result result = everything();
    CHECK(verdict_code(result) == exit_less_exact);
    result.kernels[2].losses[0].accepted = "because";
    CHECK(verdict_code(result) == exit_slower);
    result.slower[0].accepted = "because";
    CHECK(verdict_code(result) == 0);
    result.fail_on_inconclusive = true;
    CHECK(verdict_code(result) == exit_inconclusive);
    result.kernels[0].accuracy = accuracy_verdict::incomparable;
    CHECK(verdict_code(result) == exit_incomparable);
    result.incomparable = "no base";
    result.kernels.clear();
    CHECK(verdict_code(result) == exit_incomparable);
}

TEST_CASE("the summary counts") {
    CHECK(summary(everything()) ==
          "fail: 5 kernels, 1 identical, 1 less exact, 1 missing; 3 benchmarks, 1 slower, 1 same, 1 "
          "inconclusive; 2 losses, 1 accepted");
    gate_result result = everything();
    result.complete = false;
    CHECK(summary(result).rfind("interrupted", 0) == 0);
}

TEST_CASE("the text names each loss, witness and power") {
    const std::string text = as_text(everything(), false);
    INFO(text);
    CHECK(text.find("7 of 4294967296 results changed their bits, first at 0x1p+0: 0x1p+1 -> 0x1.8p+1") !=
          std::string::npos);
    CHECK(text.find("max_ulp 2<&\" (was 1) at 0x1p+0") != std::string::npos);
    CHECK(text.find("[accepted: it was | useless]") != std::string::npos);
    CHECK(text.find("+5.1 % (+5.1 % to +5.1 %), 1 -> 1.05 ns; measured again and confirmed") !=
          std::string::npos);
    CHECK(text.find("would have seen 2.0 % with 95 %") != std::string::npos);
    CHECK(text.find("10.00 -> 10.50 instructions per element (+5.0 %)") != std::string::npos);
    CHECK(text.find("f/f32/a/avx2") == std::string::npos);
    CHECK(as_text(everything(), true).find("f/f32/a/avx2") != std::string::npos);
}

TEST_CASE("Markdown keeps its tables whole") {
    const std::string text = as_markdown(everything());
    INFO(text);
    CHECK(text.rfind("## Kernels: fail", 0) == 0);
    CHECK(text.find("it was \\| useless") != std::string::npos);
    CHECK(text.find("would have seen 2.0 % with 95 %") != std::string::npos);
    CHECK(text.find("- avx2: flags") != std::string::npos);
}

TEST_CASE("JUnit is well formed: failures fail, inconclusive is skipped, accepted passes") {
    const std::string text = as_junit(everything());
    INFO(text);
    CHECK(markup::defect(text.substr(text.find("<testsuites"))).empty());
    CHECK(text.find("<testsuite name=\"accuracy\" tests=\"5\" failures=\"1\" skipped=\"1\">") !=
          std::string::npos);
    CHECK(text.find("<testsuite name=\"speed\" tests=\"3\" failures=\"1\" skipped=\"1\">") !=
          std::string::npos);
    CHECK(text.find("max_ulp 2&lt;&amp;&quot;") != std::string::npos);
    gate_result nothing;
    nothing.incomparable = "the base does not build";
    CHECK(as_junit(nothing).find("<failure message=\"the base does not build\"/>") != std::string::npos);
}

TEST_CASE("JSON holds everything, and numbers that are none as strings") {
    gate_result result = everything();
    result.speeds[2].seen = INFINITY;
    const auto document = as_json(result, {});
    CHECK(document.at("schema") == "ulpfront-gate/1");
    CHECK(document.at("exit_code") == exit_less_exact);
    CHECK(document.at("kernels").size() == 5);
    CHECK(document.at("kernels")[2].at("bits").at("input_bits") == "0x3f800000");
    CHECK(document.at("speed")[0].at("log_ratios").size() == 24);
    CHECK(document.at("speed")[2].at("seen") == "inf");
    CHECK(document.dump().find("null,null") == std::string::npos);
}
