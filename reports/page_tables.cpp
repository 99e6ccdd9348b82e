// The tables of a function's section.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <tuple>

#include "reports/page_parts.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

using json = nlohmann::json;

/// Kernels as a ranking shows them: timed ones by time, then the others by error, then by name.
std::vector<std::size_t> ranked(const report& of, const kernel_group& group) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const auto order = [&](std::size_t k) {
        const kernel& each = of.all.kernels[k];
        const timing* time = group.usual ? each.timed(*group.usual) : nullptr;
        const double error = each.checked ? each.checked->max_ulp.value_or(infinity) : infinity;
        return std::tuple(time == nullptr ? infinity : time->ns.median, error, k);
    };
    std::vector<std::size_t> kernels = group.kernels;
    std::sort(kernels.begin(), kernels.end(), [&](auto a, auto b) { return order(a) < order(b); });
    return kernels;
}

json ratio_cell(const std::optional<ratio>& of) {
    if (!of) return {{"text", "–"}};
    return {{"text", ratio_text(of->value)},
            {"value", fmt::format("{}", of->value)},
            {"tip", fmt::format("{} to {}", ratio_text(of->low), ratio_text(of->high))}};
}

json number_cell(const std::optional<double>& value, const std::string& text) {
    json cell{{"text", text}};
    if (value && !std::isnan(*value))
        cell["value"] = std::isinf(*value) ? "1e999" : fmt::format("{}", *value);
    return cell;
}

void add_speed(const kernel& each, const kernel_group& group, json& row) {
    const timing* time = group.usual ? each.timed(*group.usual) : nullptr;
    if (time == nullptr) {
        const auto found = group.usual ? each.timings.find(*group.usual) : each.timings.end();
        row["untimed"] = found == each.timings.end() ? "not timed" : found->second.error;
        return;
    }
    row["time"] = {{"text", time_text(time->ns.median)},
                   {"value", fmt::format("{}", time->ns.median)},
                   {"low", time_text(time->ns.low)},
                   {"high", time_text(time->ns.high)}};
    row["to_floor"] = ratio_cell(time->to_floor);
    row["over_naive"] = ratio_cell(time->over_naive);
    row["to_cheapest"] = ratio_cell(time->to_cheapest);
}

void add_error(const kernel& each, json& row) {
    if (!each.checked) {
        row["unchecked"] = true;
        return;
    }
    const accuracy_row& checked = *each.checked;
    const std::optional<double> misrounded = checked.misrounded && checked.inputs_tried.value_or(0) > 0
                                                 ? std::optional(static_cast<double>(*checked.misrounded) /
                                                                 static_cast<double>(*checked.inputs_tried))
                                                 : std::nullopt;
    const std::string verdict = promise_verdict(checked);
    row["max_ulp"] = number_cell(checked.max_ulp, max_ulp_text(checked));
    row["mean_ulp"] = number_cell(checked.mean_ulp, checked.mean_ulp ? ulp_text(*checked.mean_ulp) : "–");
    row["misrounded"] = number_cell(misrounded, misrounded_text(checked));
    row["promise"] = promise_text(checked);
    row["verdict"] = verdict;
    row["kept"] = verdict == "kept";
    row["bad"] = checked.status != "ok" && checked.status != "skipped";
    row["reason"] = checked.reason;
}

/// The name for a cell of special values: "✓", or what came instead.
json special_cell(const special_case& of) {
    if (of.ok) return {{"text", "✓"}, {"ok", true}};
    const double expected = std::strtod(of.expected.c_str(), nullptr);
    const double computed = std::strtod(of.computed.c_str(), nullptr);
    // A rounding error is no fault of kind; a lost NaN, infinity or zero is.
    const bool same_kind =
        std::isnan(expected) == std::isnan(computed) && std::isinf(expected) == std::isinf(computed) &&
        (expected == 0.0) == (computed == 0.0) && std::signbit(expected) == std::signbit(computed);
    return {{"text", of.computed}, {"bad", !same_kind}};
}

std::string isas_text(const report& of, std::vector<std::size_t> kernels) {
    std::sort(kernels.begin(), kernels.end(), [&](auto a, auto b) {
        return of.all.isa_rank(of.all.kernels[a].label.key.isa) <
               of.all.isa_rank(of.all.kernels[b].label.key.isa);
    });
    std::string text;
    for (const std::size_t k : kernels) text += (text.empty() ? "" : ", ") + of.all.kernels[k].label.key.isa;
    return text;
}

/// "exp_div (sse2, avx2)" for each name among the kernels.
std::string names_text(const report& of, const std::vector<std::size_t>& kernels) {
    std::map<std::string, std::vector<std::size_t>> by_name;
    for (const std::size_t k : kernels) by_name[of.all.kernels[k].label.shown].push_back(k);
    std::string text;
    for (const auto& [name, members] : by_name) {
        text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", name, isas_text(of, members));
    }
    return text;
}

std::string flags_text(const accuracy_row& row) {
    static const std::map<std::string, std::string> words{
        {"nan", "NaN"},           {"inf", "infinities"},   {"neg_zero", "−0"}, {"subnormals", "subnormals"},
        {"monotone", "monotone"}, {"in_place", "in place"}};
    std::string text;
    for (const std::string& flag : row.promise_flags) {
        const auto word = words.find(flag);
        text += (text.empty() ? "" : ", ") + (word == words.end() ? flag : word->second);
    }
    if (row.flush_to_zero) text += std::string(text.empty() ? "" : "; ") + "flushes subnormals to zero";
    return text;
}

}  // namespace

json ranking_view(const report& of, const kernel_group& group) {
    json rows = json::array();
    std::string reference;
    for (const std::size_t k : ranked(of, group)) {
        const kernel& each = of.all.kernels[k];
        const timing* time = group.usual ? each.timed(*group.usual) : nullptr;
        const bool on_front = time != nullptr && time->within_isa && time->within_isa->on_front;
        json row{{"id", fmt::format("k{}", k)},
                 {"index", std::to_string(k)},
                 {"kernel", each.label.shown},
                 {"isa", each.label.key.isa},
                 {"method", each.label.method},
                 {"front", on_front},
                 {"front_all", on_front && time->over_all->on_front},
                 {"standing", group.usual ? standing_text(of.all, k, *group.usual) : "not timed"}};
        add_speed(each, group, row);
        add_error(each, row);
        rows.push_back(std::move(row));
    }
    if (group.usual) {
        const auto cheapest = of.all.cheapest.find({group.dtype, *group.usual});
        if (cheapest != of.all.cheapest.end()) reference = of.all.functions[cheapest->second].title;
    }
    return {
        {"rows", rows}, {"any", !rows.empty()}, {"reference", reference.empty() ? "cheapest" : reference}};
}

json specials_view(const report& of, const kernel_group& group) {
    std::vector<std::string> inputs;
    std::map<std::string, std::string> expected;
    // Kernels whose results are the same everywhere share a row.
    std::map<std::vector<std::tuple<std::string, std::string, bool>>, std::vector<std::size_t>> patterns;
    for (const std::size_t k : group.kernels) {
        const auto& checked = of.all.kernels[k].checked;
        if (!checked || checked->specials.empty()) continue;
        std::vector<std::tuple<std::string, std::string, bool>> pattern;
        for (const special_case& each : checked->specials) {
            if (expected.emplace(each.input, each.expected).second) inputs.push_back(each.input);
            pattern.emplace_back(each.input, each.ok ? "" : each.computed, each.ok);
        }
        patterns[pattern].push_back(k);
    }
    if (patterns.empty()) return nullptr;
    json rows = json::array();
    for (const auto& [pattern, kernels] : patterns) {
        json cells = json::array();
        std::size_t wrong = 0;
        for (const std::string& input : inputs) {
            const auto found = std::find_if(pattern.begin(), pattern.end(),
                                            [&](const auto& each) { return std::get<0>(each) == input; });
            if (found == pattern.end()) {
                cells.push_back({{"text", "–"}});
                continue;
            }
            cells.push_back(special_cell({input, expected[input], std::get<1>(*found), std::get<2>(*found)}));
            wrong += std::get<2>(*found) ? 0 : 1;
        }
        rows.push_back({{"kernels", names_text(of, kernels)}, {"cells", cells}, {"wrong", wrong}});
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const json& a, const json& b) { return a["wrong"] < b["wrong"]; });
    json heads = json::array();
    for (const std::string& input : inputs)
        heads.push_back({{"input", input}, {"expected", expected[input]}});
    return {{"heads", heads}, {"rows", rows}};
}

json worst_view(const report& of, const kernel_group& group) {
    std::map<std::tuple<std::string, std::string, std::string>, std::vector<std::size_t>> same;
    for (const std::size_t k : group.kernels) {
        const auto& checked = of.all.kernels[k].checked;
        if (!checked || checked->worst_input.empty()) continue;
        same[{of.all.kernels[k].label.shown, checked->worst_input, checked->worst_output}].push_back(k);
    }
    json rows = json::array();
    for (const auto& [key, kernels] : same) {
        const accuracy_row& row = *of.all.kernels[kernels.front()].checked;
        rows.push_back({{"kernel", row.label.shown},
                        {"isas", isas_text(of, kernels)},
                        {"error", number_cell(row.max_ulp, max_ulp_text(row))},
                        {"input", row.worst_input},
                        {"output", row.worst_output},
                        {"exact", row.worst_exact},
                        {"command", reproduce_command(row)}});
    }
    return {{"rows", rows}, {"any", !rows.empty()}};
}

json conditions_view(const report& of, const kernel_group& group) {
    if (group.conditions.size() < 2) return nullptr;
    json heads = json::array();
    for (const condition& under : group.conditions) heads.push_back(condition_text(under));
    json rows = json::array();
    for (const std::size_t k : ranked(of, group)) {
        const kernel& each = of.all.kernels[k];
        if (each.timings.empty()) continue;
        json cells = json::array();
        for (const condition& under : group.conditions) {
            const timing* time = each.timed(under);
            if (time == nullptr) {
                cells.push_back({{"text", "–"}});
                continue;
            }
            cells.push_back({{"text", time_text(time->ns.median)},
                             {"value", fmt::format("{}", time->ns.median)},
                             {"front", time->within_isa && time->within_isa->on_front}});
        }
        rows.push_back({{"kernel", each.label.shown}, {"isa", each.label.key.isa}, {"cells", cells}});
    }
    return {{"heads", heads}, {"rows", rows}};
}

json kernels_view(const report& of, const kernel_group& group) {
    std::map<std::tuple<std::string, std::string, std::string, std::string>, std::vector<std::size_t>> same;
    for (const std::size_t k : group.kernels) {
        const kernel& each = of.all.kernels[k];
        if (!each.checked) continue;
        const std::string promise = promise_text(*each.checked) + "|" + flags_text(*each.checked);
        same[{each.label.shown, each.label.method, promise, each.checked->note}].push_back(k);
    }
    json rows = json::array();
    for (const auto& [key, kernels] : same) {
        const accuracy_row& row = *of.all.kernels[kernels.front()].checked;
        rows.push_back({{"kernel", row.label.shown},
                        {"method", row.label.method},
                        {"isas", isas_text(of, kernels)},
                        {"promise", promise_text(row)},
                        {"flags", flags_text(row)},
                        {"note", row.note}});
    }
    return {{"rows", rows}, {"any", !rows.empty()}};
}

}  // namespace ulpfront::reports
