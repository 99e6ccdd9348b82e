#include "reports/page_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "reports/charts/charts.hpp"
#include "reports/distinct.hpp"
#include "reports/gradient.hpp"
#include "reports/mathml.hpp"
#include "reports/notes.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

using json = nlohmann::json;

json choice_cell(const report& of, const std::optional<choice>& chosen) {
    if (!chosen) return {{"none", true}};
    const kernel& each = of.all.kernels[chosen->kernel];
    const timing& time = *each.timed(chosen->under);
    json cell{{"kernel", each.label.shown},         {"isa", each.label.key.isa},
              {"row", row_id(chosen->kernel)},      {"time", time_text(time.ns.median)},
              {"error", bound_text(*each.checked)}, {"speedup", ratio_view(time.over_naive)}};
    return cell;
}

/// One cell for each run of budgets that the same kernel serves; of more than one it says how many it spans.
json choice_cells(const report& of, const choice_line& line) {
    json cells = json::array();
    for (std::size_t b = 0; b < line.per_budget.size(); ++b) {
        const auto& chosen = line.per_budget[b];
        const bool same = b > 0 && chosen.has_value() == line.per_budget[b - 1].has_value() &&
                          (!chosen || chosen->kernel == line.per_budget[b - 1]->kernel);
        if (same) {
            cells.back()["span"] = cells.back().value("span", 1) + 1;
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

/// One dtype's lines of the first screen.
json choice_group(const report& of, const std::string& dtype) {
    json lines = json::array();
    std::map<std::string, std::size_t> conditions;
    for (const choice_line& line : of.choices) {
        const kernel_group& group = of.group_of(line);
        if (group.dtype != dtype) continue;
        const std::string condition = group.usual ? condition_text(*group.usual) : "not timed";
        ++conditions[condition];
        lines.push_back({{"id", group_id(of.function_of(line), group)},
                         {"title", of.function_of(line).title},
                         {"condition", condition},
                         {"cells", choice_cells(of, line)}});
    }
    const auto most = std::max_element(conditions.begin(), conditions.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    for (json& line : lines) {
        if (line["condition"] == most->first) line["condition"] = "";
    }
    return {{"dtype", dtype}, {"condition", most->first}, {"lines", lines}};
}

/// The first sentences, and the rest to be unfolded.
json note_list(const std::vector<std::string>& sentences, std::size_t shown) {
    json first = json::array();
    json rest = json::array();
    for (std::size_t i = 0; i < sentences.size(); ++i) (i < shown ? first : rest).push_back(sentences[i]);
    if (rest.size() == 1) {
        first.push_back(rest[0]);
        rest.clear();
    }
    return {{"any", !sentences.empty()},
            {"count", sentences.size()},
            {"first", first},
            {"rest", rest},
            {"more", rest.empty() ? json(nullptr) : json(rest.size())}};
}

json charts_of(const report& of, const function_group& function, const kernel_group& group) {
    json charts = json::array();
    for (const auto& draw : {draw_envelope, draw_histogram, draw_sizes}) {
        if (const auto drawn = draw(of, function, group)) charts.push_back(in_page(*drawn));
    }
    return charts;
}

json group_view(const report& of, const function_group& function, const kernel_group& group) {
    const auto front = draw_main_front(of, function, group);
    const json charts = charts_of(of, function, group);
    const std::size_t others = group.usual ? group.conditions.size() - shown_conditions(group).size() : 0;
    return {{"id", group_id(function, group)},
            {"dtype", group.dtype},
            {"title", function.title},
            {"condition", group.usual ? condition_text(*group.usual) : ""},
            {"front", front ? json(in_page(front->picture)) : json(nullptr)},
            {"isa_choices", isa_choices_view(of, group)},
            {"charts", charts},
            {"has_charts", !charts.empty()},
            {"ranking", ranking_view(of, group)},
            {"conditions", conditions_view(of, group)},
            {"others", others > 0 ? json(others) : json(nullptr)},
            {"specials", specials_view(of, group)},
            {"worst", worst_view(of, group)},
            {"kernels", kernels_view(of, group)}};
}

}  // namespace

std::string row_id(std::size_t k) { return fmt::format("k{}", k); }

std::string section_id(const std::string& function) { return "f-" + slug(function); }

std::string group_id(const function_group& function, const kernel_group& group) {
    return fmt::format("g-{}-{}", slug(function.name), slug(group.dtype));
}

json ratio_view(const std::optional<ratio>& of) {
    if (!of) return nullptr;
    return {{"text", ratio_text(of->value)}, {"low", ratio_text(of->low)}, {"high", ratio_text(of->high)}};
}

json choices_view(const report& of) {
    json heads = json::array();
    for (const budget& each : budgets()) heads.push_back({{"name", each.name}, {"bound", each.bound}});
    json groups = json::array();
    for (const std::string& dtype : dtypes_of(of)) groups.push_back(choice_group(of, dtype));
    for (std::size_t i = 0; i < groups.size(); ++i) groups[i]["number"] = i;
    return {{"heads", heads}, {"groups", groups}, {"any", !groups.empty()}};
}

json types_view(const report& of) {
    json list = json::array();
    for (const std::string& dtype : dtypes_of(of))
        list.push_back({{"dtype", dtype}, {"number", list.size()}, {"first", list.empty()}});
    return list.size() < 2 ? json(nullptr) : json{{"list", list}};
}

json notes_view(const report& of) {
    return {{"kept", of.broken.empty() ? kept_text(of.all) : ""},
            {"broken", note_list(of.broken, 3)},
            {"warnings", note_list(of.warnings, 5)},
            {"gaps", note_list(of.gaps, 3)},
            {"naive", note_list(of.naive_failures, 6)}};
}

json isa_choices_view(const report& of, const kernel_group& group) {
    if (!group.usual) return nullptr;
    json rows = json::array();
    for (const std::string& isa : of.all.isas) {
        if (timed_and_sound(of.all, group, *group.usual, isa).empty()) continue;
        choice_line line;
        for (const budget& each : budgets())
            line.per_budget.push_back(choose(of.all, group, *group.usual, isa, each.met_by));
        rows.push_back({{"isa", isa}, {"cells", choice_cells(of, line)}});
    }
    json heads = json::array();
    for (const budget& each : budgets()) heads.push_back({{"name", each.name}, {"bound", each.bound}});
    return {{"heads", heads}, {"rows", rows}, {"any", !rows.empty()}};
}

/// Whether any of the function's maxima was found with a reference that is certified.
bool has_certified(const report& of, const function_group& function) {
    const auto certified = [&](std::size_t each) {
        const std::optional<accuracy_row>& checked = of.all.kernels[each].checked;
        return checked && checked->certified;
    };
    return std::any_of(function.dtypes.begin(), function.dtypes.end(), [&](const kernel_group& group) {
        return std::any_of(group.kernels.begin(), group.kernels.end(), certified);
    });
}

json function_view(const report& of, const function_group& function) {
    json view{{"id", section_id(function.name)},
              {"name", function.name},
              {"title", function.title},
              {"groups", json::array()},
              {"unknown", !function.entry}};
    if (function.entry) {
        view["formula"] = function.entry->formula;
        view["mathml"] = checked_mathml(function.entry->mathml);
        view["facts"] = facts_view(*function.entry);
        if (has_certified(of, function))
            view["facts"].push_back({{"name", "Reference"},
                                     {"value", "certified: held against exact values at every f32 input"}});
        view["curve"] = in_page(draw_function_curve(*function.entry, style_of(of, function)).picture);
    }
    for (const kernel_group& group : function.dtypes) {
        view["groups"].push_back(group_view(of, function, group));
        view["groups"].back()["first"] = &group == &function.dtypes.front();
    }
    return view;
}

}  // namespace ulpfront::reports
