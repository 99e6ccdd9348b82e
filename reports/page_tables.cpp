// The tables of a function's section.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "reports/distinct.hpp"
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

/// Which budgets a kernel meets, as bits in their order.
int budget_bits(const kernel& of) {
    int bits = 0;
    for (std::size_t b = 0; b < budgets().size() && of.comparable(); ++b)
        bits |= (budgets()[b].met_by(of) ? 1 : 0) << b;
    return bits;
}

/// How far the ends of an interval lie from its median as it is shown, in 1/10000 of that: with the text
/// beside it all that the script needs to draw other fronts.
std::string figures(const interval& time) {
    const double shown = std::strtod(time_text(time.median).c_str(), nullptr);
    const auto parts = [&](double end) { return std::lround(1e4 * (end - shown) / shown); };
    return fmt::format("{} {}", parts(time.low), parts(time.high));
}

/// In the order of the page's switch: largest, mean and p99.9 under N(0,1), largest absolute; "-" where not
/// measured.
std::string error_figures(const accuracy_row& row) {
    const auto text = [](const std::optional<double>& value, int digits = 5) {
        return value ? fmt::format("{:.{}g}", *value, digits) : std::string("-");
    };
    const auto normal = [&](double weighted_error::*part) {
        return row.normal_1 ? text((*row.normal_1).*part) : std::string("-");
    };
    return fmt::format("{} {} {} {}", text(row.max_ulp, 7), normal(&weighted_error::mean_ulp),
                       normal(&weighted_error::p999_ulp), text(row.max_abs_error));
}

void add_speed(const kernel& each, const kernel_group& group, json& row) {
    const timing* time = group.usual ? each.timed(*group.usual) : nullptr;
    if (time == nullptr) {
        const auto found = group.usual ? each.timings.find(*group.usual) : each.timings.end();
        row["untimed"] = found == each.timings.end() ? "not timed" : found->second.error;
        return;
    }
    const auto text = [](const std::optional<ratio>& of) {
        return of ? ratio_text(of->value) : std::string("–");
    };
    row["time"] = {{"text", time_text(time->ns.median)},    {"figures", figures(time->ns)},
                   {"low", time_text(time->ns.low)},        {"high", time_text(time->ns.high)},
                   {"to_floor", text(time->to_floor)},      {"over_naive", text(time->over_naive)},
                   {"to_cheapest", text(time->to_cheapest)}};
}

/// A share is its own number to sort by; a count stands for so few that it gets its share, in per cent.
json misrounded_cell(const accuracy_row& row) {
    json cell{{"text", misrounded_text(row)}};
    if (row.misrounded && row.inputs_tried.value_or(0) > 0 && !cell["text"].get<std::string>().ends_with('%'))
        cell["value"] = fmt::format(
            "{:.3g}", 100.0 * static_cast<double>(*row.misrounded) / static_cast<double>(*row.inputs_tried));
    return cell;
}

void add_error(const kernel& each, json& row) {
    if (!each.checked) {
        row["unchecked"] = true;
        return;
    }
    const accuracy_row& checked = *each.checked;
    const std::string verdict = promise_verdict(checked);
    const auto text = [](const std::optional<double>& value) {
        return value ? ulp_text(*value) : std::string("–");
    };
    const auto& normal = checked.normal_1;
    row["figures"] = error_figures(checked);
    row["max_ulp"] = max_ulp_text(checked);
    if (checked.max_ulp.value_or(0.0) > 0.0 && is_number(checked.worst_input))
        row["worst"] = plain_number(std::strtod(checked.worst_input.c_str(), nullptr));
    row["mean_ulp"] = text(normal ? std::optional(normal->mean_ulp) : std::nullopt);
    row["p999_ulp"] = text(normal ? std::optional(normal->p999_ulp) : std::nullopt);
    row["absolute"] = checked.max_abs_error ? absolute_text(*checked.max_abs_error) : "–";
    row["misrounded"] = misrounded_cell(checked);
    row["promise"] = promise_text(checked);
    row["verdict"] = verdict;
    row["kept"] = verdict == "kept";
    row["bad"] = checked.status != "ok" && checked.status != "skipped";
    row["reason"] = checked.reason;
    row["grave"] = grave_text(checked);
    row["outside"] = outside_text(checked);
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

/// "2³² inputs", or the fewest and the most.
std::string tried_text(const report& of, const kernel_group& group) {
    std::set<std::uint64_t> tried;
    for (const std::size_t k : group.kernels) {
        const auto& row = of.all.kernels[k].checked;
        if (row && row->max_ulp) tried.insert(row->inputs_tried.value_or(0));
    }
    if (tried.empty()) return "";
    const std::string fewest = tried.size() > 1 ? count_text(*tried.begin()) + " to " : "";
    return fewest + count_of(*tried.rbegin(), "input");
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
        json row{
            {"id", row_id(k)},
            {"kernel", each.label.shown},
            {"isa", each.label.key.isa},
            {"method", each.label.method},
            {"front", on_front},
            {"budgets", budget_bits(each)},
            {"unsound", !each.comparable()},
            {"naive", group.naive == k},
            {"front_absolute", !on_front && time != nullptr && time->absolute && time->absolute->on_front},
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
    json rows = json::array();
    for (const alike& each : group_alike(of, group)) {
        const accuracy_row& row = *of.all.kernels[each.kernels.front()].checked;
        rows.push_back({{"kernels", fmt::format("{}", fmt::join(each.kernels, " "))},
                        {"kernel", row.label.shown},
                        {"isas", isas_text(of, each.kernels)},
                        {"error", max_ulp_text(row)},
                        {"input", row.worst_input},
                        {"output", row.worst_output},
                        {"exact", row.worst_exact},
                        {"faults", mismatches_text(row)},
                        {"command", reproduce_command(row)}});
    }
    return {{"rows", rows}, {"any", !rows.empty()}, {"tried", tried_text(of, group)}};
}

namespace {

std::string column_name(const condition& under, const condition& usual) {
    std::string name =
        under.n != usual.n || under == usual ? fmt::format("n = {}", under.n) : under.distribution;
    if (under.in_place != usual.in_place) name = under.in_place ? "in place" : "out of place";
    return name;
}

/// One cell for each condition; the row's figures are collected for the script.
json condition_cells(const kernel& of, const std::vector<condition>& conditions, std::string& all_figures) {
    json cells = json::array();
    for (const condition& under : conditions) {
        const timing* time = of.timed(under);
        all_figures += all_figures.empty() ? "" : ",";
        if (time == nullptr) {
            cells.push_back({{"text", "–"}});
            continue;
        }
        all_figures += figures(time->ns);
        const bool front = time->within_isa && time->within_isa->on_front;
        cells.push_back({{"text", time_text(time->ns.median)}, {"front", front}});
    }
    return cells;
}

/// The slowest time over the fastest, among conditions of one size.
std::string spread_of(const kernel& of, const condition& usual, const std::vector<condition>& conditions) {
    double least = std::numeric_limits<double>::infinity();
    double largest = 0.0;
    for (const condition& under : conditions) {
        const timing* time = under.n == usual.n ? of.timed(under) : nullptr;
        if (time == nullptr) continue;
        least = std::min(least, time->ns.median);
        largest = std::max(largest, time->ns.median);
    }
    return largest > 0.0 ? ratio_text(largest / least) : "–";
}

}  // namespace

std::vector<condition> shown_conditions(const kernel_group& group) {
    std::vector<condition> sizes;
    std::vector<condition> others;
    for (const condition& under : group.conditions) {
        const int differences = (under.distribution != group.usual->distribution) +
                                (under.n != group.usual->n) + (under.in_place != group.usual->in_place);
        if (differences > 1) continue;
        (differences == 0 || under.n != group.usual->n ? sizes : others).push_back(under);
    }
    sizes.insert(sizes.end(), others.begin(), others.end());
    return sizes;
}

json conditions_view(const report& of, const kernel_group& group) {
    const std::vector<condition> conditions =
        group.usual ? shown_conditions(group) : std::vector<condition>{};
    if (conditions.size() < 2) return nullptr;
    json heads = json::array();
    for (const condition& under : conditions)
        heads.push_back({{"name", column_name(under, *group.usual)}, {"condition", condition_text(under)}});
    json rows = json::array();
    for (const std::size_t k : ranked(of, group)) {
        const kernel& each = of.all.kernels[k];
        if (each.timings.empty()) continue;
        std::string all_figures;
        json cells = condition_cells(each, conditions, all_figures);
        rows.push_back({{"id", k},
                        {"kernel", each.label.shown},
                        {"isa", each.label.key.isa},
                        {"cells", cells},
                        {"figures", all_figures},
                        {"spread", spread_of(each, *group.usual, conditions)}});
    }
    return {{"heads", heads}, {"rows", rows}, {"usual", condition_text(*group.usual)}};
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
