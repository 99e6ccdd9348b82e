#include "reports/gate/accuracy.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "impls/cpu.hpp"
#include "reports/json_node.hpp"

namespace ulpfront::gate {
namespace {

using nlohmann::json;
using reports::json_node;

/// What a search of the inputs where kernels are at their worst has to say of a figure.
enum class search_gives {
    maximum,   ///< over what either side's search found
    presence,  ///< whether it is not 0
    nothing,   ///< it is a share of inputs, or about neighbours: of inputs that were looked for it is neither
};

/// A figure of a row that must not grow, and the members that belong to it: an input, if any, comes first.
struct figure {
    const char* name;
    search_gives from_search;
    std::array<const char*, 3> members = {};

    [[nodiscard]] std::string witness(const json_node& row) const {
        return members[0] == nullptr ? "" : row.at(members[0]).text_or_null();
    }
};
constexpr figure figures[] = {
    {"max_ulp", search_gives::maximum, {"worst_input", "worst_output", "worst_exact"}},
    {"max_ulp_normal", search_gives::maximum},
    {"max_abs_error", search_gives::maximum, {"max_abs_input"}},
    {"misrounded", search_gives::nothing},
    {"nan_mismatches", search_gives::presence},
    {"inf_mismatches", search_gives::presence},
    {"zero_sign_mismatches", search_gives::presence},
    {"flushed_subnormals", search_gives::presence},
    {"monotonicity_violations", search_gives::nothing},
    {"symmetry_violations", search_gives::nothing},
    {"range_violations", search_gives::presence},
};

std::string shown(double value) {
    return value == std::floor(value) && std::fabs(value) < 1e15 ? fmt::format("{:.0f}", value)
                                                                 : fmt::format("{:.9g}", value);
}

std::string id_of(const json_node& row) {
    return fmt::format("{}/{}/{}/{}", row.at("function").text(), row.at("dtype").text(),
                       row.at("shown").text(), row.at("isa").text());
}

void compare_figures(const json_node& base, const json_node& candidate, std::vector<loss>& into) {
    for (const figure& each : figures) {
        const auto before = base.at(each.name).number_or_null();
        const auto after = candidate.at(each.name).number_or_null();
        if (!before || !after) continue;
        // Whatever is not clearly as small as before is worse, NaN included.
        if (*after <= *before || (std::isnan(*after) && std::isnan(*before))) continue;
        into.push_back({id_of(candidate), each.name, shown(*before), shown(*after), *after,
                        each.witness(candidate), ""});
    }
}

/// Puts what a search says of a figure into a row of a check.
void take_figure(const figure& which, const json_node& checked, const json_node& searched, json& into) {
    const auto before = checked.at(which.name).number_or_null();
    const auto after = searched.at(which.name).number_or_null();
    if (!after) return;
    if (which.from_search == search_gives::presence && *after > 0.0 && before.value_or(0.0) == 0.0)
        into[which.name] = 1;
    if (which.from_search != search_gives::maximum || (before && !(*after > *before))) return;
    into[which.name] = searched.at(which.name).raw();
    for (const char* member : which.members)
        if (member != nullptr) into[member] = searched.at(member).raw();
}

/// A special value that was right and no longer is.
void compare_specials(const json_node& base, const json_node& candidate, std::vector<loss>& into) {
    std::set<std::string> right;
    for (const json_node& each : base.at("specials").elements()) {
        if (each.at("ok").boolean()) right.insert(each.at("input").text());
    }
    for (const json_node& each : candidate.at("specials").elements()) {
        const std::string input = each.at("input").text();
        if (each.at("ok").boolean() || !right.contains(input)) continue;
        into.push_back({id_of(candidate), "special_value", each.at("expected").text(),
                        each.at("computed").text(), std::nullopt, input, ""});
    }
}

/// A candidate that is not in order: its own promise is broken, or its process died.
void judge_status(const json_node* base, const json_node& candidate, std::vector<loss>& into) {
    const std::string status = candidate.at("status").text();
    if (status == "ok" || status == "skipped") return;
    const std::string before = base == nullptr ? "new" : base->at("status").text();
    into.push_back({id_of(candidate), status, before, candidate.at("reason").text(), std::nullopt, "", ""});
}

constexpr std::array<std::pair<std::uint32_t, const char*>, 6> flags = {{
    {ULPFRONT_FLAG_NAN, "nan"},
    {ULPFRONT_FLAG_INF, "inf"},
    {ULPFRONT_FLAG_NEG_ZERO, "neg_zero"},
    {ULPFRONT_FLAG_SUBNORMALS, "subnormals"},
    {ULPFRONT_FLAG_MONOTONE, "monotone"},
    {ULPFRONT_FLAG_IN_PLACE, "in_place"},
}};

/// Whether everything the first promise allows was allowed by the second: exact results are within any bound
/// of ULP; bounds of different kinds are not compared, a change of kind is a loss.
bool is_as_tight(const kernel_info& now, const kernel_info& before) {
    if (before.promise_kind == ULPFRONT_PROMISE_NONE) return true;
    if (now.promise_kind == ULPFRONT_PROMISE_EXACT) return true;
    return now.promise_kind == before.promise_kind && now.promise_value <= before.promise_value;
}

}  // namespace

std::vector<loss> accuracy_losses(const json& base, const json& candidate, const std::string& file) {
    std::vector<loss> losses;
    const json_node after(candidate, file);
    if (base.is_null()) {
        judge_status(nullptr, after, losses);
        return losses;
    }
    const json_node before(base, file);
    judge_status(&before, after, losses);
    compare_figures(before, after, losses);
    compare_specials(before, after, losses);
    return losses;
}

json with_search(const json& checked, const json& searched, const std::string& file) {
    if (checked.is_null() || searched.is_null()) return checked;
    json merged = checked;
    const json_node before(checked, file);
    const json_node after(searched, file);
    for (const figure& each : figures) take_figure(each, before, after, merged);
    const std::string status = after.at("status").text();
    if (before.at("status").text() != "ok" || status == "skipped") return merged;
    for (const char* member : {"status", "reason", "faults"}) merged[member] = after.at(member).raw();
    return merged;
}

std::string promise_words(const kernel_info& kernel) {
    std::string words(promise_name(kernel.promise_kind));
    if (kernel.promise_kind == ULPFRONT_PROMISE_ULP) words = fmt::format("{:g} ULP", kernel.promise_value);
    if (kernel.promise_kind == ULPFRONT_PROMISE_ABSOLUTE)
        words = fmt::format("absolute {:g}", kernel.promise_value);
    const char* separator = ", ";
    for (const auto& [flag, name] : flags) {
        if ((kernel.promise_flags & flag) == 0) continue;
        words += separator;
        words += name;
        separator = " ";
    }
    if ((kernel.mode_flags & ULPFRONT_MODE_FLUSH_TO_ZERO) != 0) words += ", flush to zero";
    return words;
}

std::vector<loss> promise_losses(const kernel_info& base, const kernel_info& candidate) {
    const bool flags_kept = (base.promise_flags & ~candidate.promise_flags) == 0;
    const bool mode_kept = (candidate.mode_flags & ~base.mode_flags) == 0;
    if (is_as_tight(candidate, base) && flags_kept && mode_kept) return {};
    return {{candidate.id(), "promise", promise_words(base), promise_words(candidate), std::nullopt, "", ""}};
}

std::string in_words(const loss& found) {
    std::string words = found.what;
    if (found.what == "missing") return words + ": " + found.candidate;
    if (found.what == "broken" || found.what == "crashed" || found.what == "timeout") {
        words += fmt::format(" (was {}): {}", found.base, found.candidate);
    } else {
        words += fmt::format(" {} (was {})", found.candidate, found.base);
    }
    if (!found.witness.empty()) words += " at " + found.witness;
    return words;
}

}  // namespace ulpfront::gate
