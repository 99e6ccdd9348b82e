#include "reports/page_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "reports/charts/charts.hpp"
#include "reports/gradient.hpp"
#include "reports/mathml.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

using json = nlohmann::json;

std::string row_id(std::size_t k) { return fmt::format("k{}", k); }

std::string section_id(const std::string& function) { return "f-" + slug(function); }

/// A value to sort by: the number itself, so that "≤ 0.775" and "2³²" need no parsing.
std::string sort_value(double value) { return fmt::format("{}", value); }

json choice_cell(const report& of, const std::optional<choice>& chosen) {
    if (!chosen) return {{"none", true}, {"span", 1}};
    const kernel& each = of.all.kernels[chosen->kernel];
    const timing& time = *each.timed(chosen->under);
    json cell{{"span", 1},
              {"kernel", each.label.shown},
              {"isa", each.label.key.isa},
              {"row", row_id(chosen->kernel)},
              {"time", time_text(time.ns.median)},
              {"error", bound_text(*each.checked)}};
    if (time.over_naive) {
        cell["speedup"] = ratio_text(time.over_naive->value);
        cell["speedup_low"] = ratio_text(time.over_naive->low);
        cell["speedup_high"] = ratio_text(time.over_naive->high);
    }
    return cell;
}

/// One cell for each run of budgets that the same kernel serves.
json choice_cells(const report& of, const choice_line& line) {
    json cells = json::array();
    for (std::size_t b = 0; b < line.per_budget.size(); ++b) {
        const auto& chosen = line.per_budget[b];
        const bool same = b > 0 && chosen.has_value() == line.per_budget[b - 1].has_value() &&
                          (!chosen || chosen->kernel == line.per_budget[b - 1]->kernel);
        if (same) {
            cells.back()["span"] = cells.back()["span"].get<int>() + 1;
            cells.back()["for"] = cells.back()["for"].get<std::string>() + ", " + budgets()[b].name;
        } else {
            cells.push_back(choice_cell(of, chosen));
            cells.back()["for"] = budgets()[b].name;
        }
    }
    return cells;
}

std::string range_text(const function_entry& entry) {
    return fmt::format("{}{}, {}{}", std::isinf(entry.range_low) ? "(" : "[", plain_number(entry.range_low),
                       plain_number(entry.range_high), std::isinf(entry.range_high) ? ")" : "]");
}

std::string symmetry_text(const std::string& symmetry) {
    if (symmetry == "odd") return "odd: f(−x) = −f(x)";
    if (symmetry == "even") return "even: f(−x) = f(x)";
    if (symmetry == "complement") return "f(x) + f(−x) = 1";
    return "none";
}

json facts_view(const function_entry& entry) {
    const gradient_facts gradient = read_gradient(entry);
    json facts = json::array();
    const auto add = [&](const char* name, const std::string& value) {
        facts.push_back({{"name", name}, {"value", value}});
    };
    add("Range", range_text(entry));
    add("Limits", fmt::format("{} at −∞, {} at ∞", plain_number(entry.at_minus_infinity),
                              plain_number(entry.at_plus_infinity)));
    add("Symmetry", symmetry_text(entry.symmetry));
    add("Zero slope (dead)", fmt::format("{} of the inputs drawn", share_text(gradient.zero_share)));
    add("|slope| < 2⁻¹⁰ (vanishing)", vanishing_text(gradient));
    return facts;
}

json cost_cell(const report& of, const std::optional<std::size_t>& k, const condition& under,
               double largest) {
    if (!k) return nullptr;
    const kernel& each = of.all.kernels[*k];
    const timing& time = *each.timed(under);
    json cell{{"kernel", each.label.shown},
              {"isa", each.label.key.isa},
              {"row", row_id(*k)},
              {"time", time_text(time.ns.median)},
              {"value", sort_value(time.ns.median)},
              {"bar", draw_bar(time.ns.median, largest)}};
    return cell;
}

/// A cost relative to the cheapest function's best kernel, whatever the ISA.
std::string cost_ratio(const report& of, const std::optional<std::size_t>& k,
                       const std::optional<std::size_t>& cheapest, const condition& under) {
    if (!k || !cheapest) return "";
    const auto ns = [&](std::size_t kernel) { return of.all.kernels[kernel].timed(under)->ns; };
    return ratio_text(divide(ns(*k), ns(*cheapest)).value) + " ×";
}

const kernel_group& group_with(const function_group& function, const std::string& dtype) {
    return *std::find_if(function.dtypes.begin(), function.dtypes.end(),
                         [&](const kernel_group& each) { return each.dtype == dtype; });
}

/// The cheapest function's own line, for the dtype and condition of another.
const cost_line* cheapest_line(const report& of, const std::vector<cost_line>& lines,
                               const cost_line& beside) {
    const condition under = *group_with(of.all.functions[beside.function], beside.dtype).usual;
    const auto cheapest = of.all.cheapest.find({beside.dtype, under});
    if (cheapest == of.all.cheapest.end()) return nullptr;
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const cost_line& each) {
        return each.function == cheapest->second && each.dtype == beside.dtype &&
               group_with(of.all.functions[each.function], each.dtype).usual == under;
    });
    return found == lines.end() ? nullptr : &*found;
}

}  // namespace

json choices_view(const report& of) {
    json heads = json::array();
    for (const budget& each : budgets()) heads.push_back({{"name", each.name}, {"bound", each.bound}});
    json lines = json::array();
    for (const choice_line& line : of.choices) {
        const kernel_group& group = of.group_of(line);
        lines.push_back({{"id", section_id(of.function_of(line).name)},
                         {"title", of.function_of(line).title},
                         {"dtype", group.dtype},
                         {"condition", group.usual ? condition_text(*group.usual) : "not timed"},
                         {"cells", choice_cells(of, line)}});
    }
    return {{"heads", heads}, {"lines", lines}, {"any", !lines.empty()}};
}

json costs_view(const report& of) {
    const std::vector<cost_line> lines = compare_costs(of);
    double largest = 0.0;
    for (const cost_line& line : lines) {
        const condition under = *group_with(of.all.functions[line.function], line.dtype).usual;
        for (const auto& k : {line.fastest, line.fastest_faithful}) {
            if (k) largest = std::max(largest, of.all.kernels[*k].timed(under)->ns.median);
        }
    }
    json rows = json::array();
    std::string reference;
    for (const cost_line& line : lines) {
        const function_group& function = of.all.functions[line.function];
        const condition under = *group_with(function, line.dtype).usual;
        const cost_line* cheapest = cheapest_line(of, lines, line);
        const std::optional<std::size_t> base = cheapest == nullptr ? std::nullopt : cheapest->fastest;
        if (cheapest != nullptr && reference.empty()) reference = of.all.functions[cheapest->function].title;
        json row{{"id", section_id(function.name)},
                 {"title", function.title},
                 {"dtype", line.dtype},
                 {"fastest", cost_cell(of, line.fastest, under, largest)},
                 {"fastest_ratio", cost_ratio(of, line.fastest, base, under)},
                 {"faithful", cost_cell(of, line.fastest_faithful, under, largest)},
                 {"faithful_ratio", cost_ratio(of, line.fastest_faithful, base, under)}};
        if (function.entry) {
            const gradient_facts gradient = read_gradient(*function.entry);
            row["dead"] = share_text(gradient.zero_share);
            row["vanishing"] = vanishing_text(gradient);
        }
        rows.push_back(std::move(row));
    }
    return {{"rows", rows}, {"any", !rows.empty()}, {"reference", reference}};
}

json function_view(const report& of, const function_group& function) {
    json view{{"id", section_id(function.name)},
              {"name", function.name},
              {"title", function.title},
              {"dtypes", json::array()},
              {"unknown", !function.entry}};
    if (function.entry) {
        view["formula"] = function.entry->formula;
        view["mathml"] = checked_mathml(function.entry->mathml);
        view["facts"] = facts_view(*function.entry);
        view["curve"] = in_page(draw_function_curve(*function.entry, style_of(of, function)).picture);
    }
    for (const kernel_group& group : function.dtypes) {
        json fronts = json::array();
        for (const named_chart& each : draw_fronts(of, function, group)) {
            fronts.push_back({{"svg", in_page(each.picture)}, {"large", each.large}});
        }
        view["dtypes"].push_back({{"dtype", group.dtype},
                                  {"title", function.title},
                                  {"condition", group.usual ? condition_text(*group.usual) : ""},
                                  {"has_fronts", !fronts.empty()},
                                  {"fronts", fronts},
                                  {"ranking", ranking_view(of, group)},
                                  {"conditions", conditions_view(of, group)},
                                  {"specials", specials_view(of, group)},
                                  {"worst", worst_view(of, group)},
                                  {"kernels", kernels_view(of, group)}});
    }
    return view;
}

}  // namespace ulpfront::reports
