#include "reports/gate/accuracy.hpp"

#include <catch2/catch.hpp>

#include "impls/tool.hpp"

using namespace ulpfront;
using namespace ulpfront::gate;
using nlohmann::json;

namespace {

json row() {
    return {{"function", "f"},
            {"dtype", "f32"},
            {"shown", "k"},
            {"isa", "avx2"},
            {"status", "ok"},
            {"reason", ""},
            {"faults", json::array()},
            {"max_ulp", 1.5},
            {"max_ulp_normal", 1.5},
            {"worst_input", "0x1p+0"},
            {"worst_output", "0x1p+0"},
            {"worst_exact", "1"},
            {"max_abs_error", 1e-7},
            {"max_abs_input", "0x1p+1"},
            {"misrounded", 100},
            {"nan_mismatches", 0},
            {"inf_mismatches", 0},
            {"zero_sign_mismatches", 2},
            {"flushed_subnormals", 0},
            {"monotonicity_violations", 0},
            {"symmetry_violations", 0},
            {"range_violations", 0},
            {"specials",
             json::array({{{"input", "nan"}, {"expected", "nan"}, {"computed", "nan"}, {"ok", true}},
                          {{"input", "inf"}, {"expected", "0x0p+0"}, {"computed", "nan"}, {"ok", false}}})}};
}

json with(const char* member, const json& value) {
    json changed = row();
    changed[member] = value;
    return changed;
}

std::vector<std::string> what(const json& base, const json& candidate) {
    std::vector<std::string> names;
    for (const loss& each : accuracy_losses(base, candidate, "file")) names.push_back(each.what);
    return names;
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("the same figures are no loss, better ones neither") {
    CHECK(what(row(), row()).empty());
    CHECK(what(row(), with("max_ulp", 1.0)).empty());
    CHECK(what(row(), with("zero_sign_mismatches", 0)).empty());
}

TEST_CASE("each figure that grows is a loss, by however little") {
    for (const char* member : {"max_ulp", "max_ulp_normal", "max_abs_error"}) {
        const double before = row().at(member);
        CHECK(what(row(), with(member, before * (1.0 + 1e-15))) == names{member});
    }
    for (const char* member :
         {"misrounded", "nan_mismatches", "inf_mismatches", "zero_sign_mismatches", "flushed_subnormals",
          "monotonicity_violations", "symmetry_violations", "range_violations"}) {
        const int before = row().at(member);
        CHECK(what(row(), with(member, before + 1)) == names{member});
    }
    CHECK(what(row(), with("max_ulp", "inf")) == names{"max_ulp"});
    CHECK(what(row(), with("max_ulp", "nan")) == names{"max_ulp"});
    CHECK(what(with("max_ulp", "nan"), row()).size() ==
          1);  // a number where there was none is not known to be better
    CHECK(what(with("max_ulp", "nan"), with("max_ulp", "nan")).empty());
}

TEST_CASE("a loss has its witness, what was and what is") {
    const auto losses = accuracy_losses(row(), with("max_ulp", 2.25), "file");
    REQUIRE(losses.size() == 1);
    CHECK(losses[0].kernel == "f/f32/k/avx2");
    CHECK(losses[0].witness == "0x1p+0");
    CHECK(losses[0].amount == 2.25);
    CHECK(in_words(losses[0]) == "max_ulp 2.25 (was 1.5) at 0x1p+0");
}

TEST_CASE("a special value that was right must stay so; one that was wrong may stay wrong") {
    json candidate = row();
    candidate["specials"][0]["ok"] = false;
    candidate["specials"][0]["computed"] = "0x0p+0";
    CHECK(what(row(), candidate) == names{"special_value"});
    CHECK(in_words(accuracy_losses(row(), candidate, "file")[0]) == "special_value 0x0p+0 (was nan) at nan");
}

TEST_CASE("a candidate that breaks its promise, crashes or hangs is a loss, whatever the base did") {
    for (const char* status : {"broken", "crashed", "timeout"}) {
        CHECK(what(row(), with("status", status)) == names{status});
        CHECK(what(with("status", status), with("status", status)) == names{status});
        CHECK(what(nullptr, with("status", status)) == names{status});
        CHECK(what(with("status", status), row()).empty());
    }
    CHECK(what(nullptr, row()).empty());
}

TEST_CASE("what was not measured is not compared") {
    CHECK(what(with("max_ulp", nullptr), row()).empty());
    CHECK(what(row(), with("max_ulp", nullptr)).empty());
}

TEST_CASE("what a search found beyond a check counts: maxima, what is wrong at all, and its status") {
    const auto merged = [](const json& found) { return with_search(row(), found, "file"); };
    CHECK(with_search(row(), nullptr, "file") == row());
    CHECK(with_search(nullptr, row(), "file").is_null());
    json found = with("max_ulp", 2.5);
    found["worst_input"] = "0x1.8p+0";
    CHECK(merged(found).at("max_ulp") == 2.5);
    CHECK(merged(found).at("worst_input") == "0x1.8p+0");
    CHECK(merged(found).at("max_ulp_normal") == 1.5);
    found["max_ulp"] = 1.0;
    CHECK(merged(found) == row());
    CHECK(merged(with("max_ulp", nullptr)) == row());
    CHECK(with_search(with("max_ulp", nullptr), row(), "file").at("max_ulp") == 1.5);
    // The searches of two builds count over inputs of their own.
    CHECK(merged(with("misrounded", 1000)) == row());
    CHECK(merged(with("monotonicity_violations", 7)) == row());
    CHECK(merged(with("nan_mismatches", 7)).at("nan_mismatches") == 1);
    CHECK(merged(with("zero_sign_mismatches", 7)) == row());
    found = with("status", "broken");
    found["reason"] = "more than promised";
    CHECK(merged(found).at("reason") == "more than promised");
    CHECK(with_search(with("status", "crashed"), found, "file").at("status") == "crashed");
    CHECK(merged(with("status", "skipped")) == row());
}

TEST_CASE("a row that is none is refused with its file") {
    json candidate = row();
    candidate.erase("misrounded");
    CHECK_THROWS_WITH(accuracy_losses(row(), candidate, "x.json"),
                      Catch::Contains("x.json") && Catch::Contains("misrounded"));
}

TEST_CASE("a promise that got looser is a loss, a tighter one is not") {
    kernel_info base;
    base.promise_kind = ULPFRONT_PROMISE_ULP;
    base.promise_value = 4.0;
    base.promise_flags = ULPFRONT_FLAG_NAN | ULPFRONT_FLAG_INF;
    kernel_info candidate = base;
    CHECK(promise_losses(base, candidate).empty());
    candidate.promise_value = 5.0;
    CHECK(promise_losses(base, candidate).size() == 1);
    CHECK(in_words(promise_losses(base, candidate)[0]) == "promise 5 ULP, nan inf (was 4 ULP, nan inf)");
    candidate.promise_value = 3.0;
    CHECK(promise_losses(base, candidate).empty());
    candidate.promise_flags = ULPFRONT_FLAG_NAN;
    CHECK(promise_losses(base, candidate).size() == 1);
    candidate = base;
    candidate.promise_kind = ULPFRONT_PROMISE_NONE;
    CHECK(promise_losses(base, candidate).size() == 1);
    CHECK(promise_losses(candidate, base).empty());
    candidate.promise_kind = ULPFRONT_PROMISE_EXACT;
    CHECK(promise_losses(base, candidate).empty());
    CHECK(promise_losses(candidate, base).size() == 1);
    candidate = base;
    candidate.promise_kind = ULPFRONT_PROMISE_ABSOLUTE;
    CHECK(promise_losses(base, candidate).size() == 1);
    candidate = base;
    candidate.mode_flags = ULPFRONT_MODE_FLUSH_TO_ZERO;
    CHECK(promise_losses(base, candidate).size() == 1);
}
