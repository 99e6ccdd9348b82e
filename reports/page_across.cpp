// The page's parts that go over all functions, and what changed from an older set.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "reports/across.hpp"
#include "reports/charts/charts.hpp"
#include "reports/gradient.hpp"
#include "reports/page_parts.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

using json = nlohmann::json;

const condition& usual_of(const report& of, std::size_t f, std::size_t g) {
    return *of.all.functions[f].dtypes[g].usual;
}

/// A kernel with its time and error.
json kernel_cell(const report& of, const std::optional<std::size_t>& k, const condition& under) {
    if (!k) return nullptr;
    const kernel& each = of.all.kernels[*k];
    const timing* time = each.timed(under);
    return {{"kernel", each.label.shown},
            {"isa", each.label.key.isa},
            {"row", row_id(*k)},
            {"time", time == nullptr ? "–" : time_text(time->ns.median)},
            {"error", each.checked ? max_ulp_text(*each.checked) : ""}};
}

/// The choice within each budget, as a multiple of the cheapest function's fastest kernel.
json cost_cells(const report& of, const choice_line& line) {
    const kernel_group& group = of.group_of(line);
    const kernel* cheapest = cheapest_kernel(of.all, group.dtype, "", *group.usual);
    json cells = json::array();
    for (const auto& chosen : line.per_budget) {
        if (!chosen) {
            cells.push_back({{"none", true}});
            continue;
        }
        cells.push_back(kernel_cell(of, chosen->kernel, chosen->under));
        if (cheapest == nullptr) continue;
        cells.back()["ratio"] = ratio_view(divide(of.all.kernels[chosen->kernel].timed(chosen->under)->ns,
                                                  cheapest->timed(chosen->under)->ns));
    }
    return cells;
}

json cost_group(const report& of, const std::string& dtype) {
    json rows = json::array();
    std::string reference;
    for (const choice_line& line : of.choices) {
        const kernel_group& group = of.group_of(line);
        const bool any = std::any_of(line.per_budget.begin(), line.per_budget.end(),
                                     [](const auto& chosen) { return chosen.has_value(); });
        if (group.dtype != dtype || !any) continue;
        const auto cheapest = of.all.cheapest.find({dtype, *group.usual});
        if (cheapest != of.all.cheapest.end()) reference = of.all.functions[cheapest->second].title;
        rows.push_back({{"id", section_id(of.function_of(line).name)},
                        {"title", of.function_of(line).title},
                        {"cells", cost_cells(of, line)}});
    }
    if (rows.empty()) return nullptr;
    return {{"rows", rows}, {"reference", reference.empty() ? "cheapest" : reference}};
}

/// One group for each type, whose number the page's switch goes by; null where there is none of any.
json by_type(const report& of, const std::function<json(const std::string&)>& group_of) {
    json groups = json::array();
    bool any = false;
    for (const std::string& dtype : dtypes_of(of)) {
        json group = group_of(dtype);
        any = any || !group.is_null();
        if (group.is_null()) group = {{"missing", true}};
        group.update({{"dtype", dtype}, {"number", groups.size()}});
        groups.push_back(std::move(group));
    }
    return any ? json{{"groups", groups}} : json(nullptr);
}

/// The ISAs for which any line has a kernel, as indices.
std::vector<std::size_t> isas_in_use(const report& of, const std::vector<isa_line>& lines) {
    std::vector<std::size_t> used;
    for (std::size_t i = 0; i < of.all.isas.size(); ++i) {
        const auto has = [&](const isa_line& line) { return line.kernels[i].has_value(); };
        if (std::any_of(lines.begin(), lines.end(), has)) used.push_back(i);
    }
    return used;
}

json isa_row(const report& of, const isa_line& line, const std::vector<std::size_t>& isas) {
    const condition& under = usual_of(of, line.function, line.group);
    std::optional<std::size_t> plainest;
    json cells = json::array();
    for (const std::size_t i : isas) {
        const auto& k = line.kernels[i];
        if (k && !plainest) plainest = k;
        json cell = kernel_cell(of, k, under);
        if (k && k != plainest) {
            cell["ratio"] = ratio_view(
                divide(of.all.kernels[*plainest].timed(under)->ns, of.all.kernels[*k].timed(under)->ns));
        }
        cells.push_back(k ? cell : json{{"none", true}});
    }
    return {{"id", section_id(of.all.functions[line.function].name)},
            {"title", of.all.functions[line.function].title},
            {"cells", cells}};
}

/// What a peer gets wrong: grave_text, or else what keeps it off the fronts; empty if neither.
std::string wrong_text(const kernel& peer) {
    const std::string grave = grave_text(*peer.checked);
    return grave.empty() ? peer.defect() : grave;
}

/// Functions against libraries, for one type: what ours is to the library's kernel.
json peer_group(const report& of, const std::vector<peer_line>& lines, const std::string& dtype) {
    std::map<std::size_t, std::map<std::string, json>> cells;
    std::set<std::string> libraries;
    for (const peer_line& line : lines) {
        if (of.all.functions[line.function].dtypes[line.group].dtype != dtype) continue;
        const kernel& peer = of.all.kernels[line.theirs];
        json cell = kernel_cell(of, line.theirs, usual_of(of, line.function, line.group));
        cell["faster"] = ratio_view(line.faster);
        if (!peer.defect().empty()) cell["unsound"] = wrong_text(peer);
        libraries.insert(peer.label.key.library);
        cells[line.function][peer.label.key.library] = std::move(cell);
    }
    if (libraries.empty()) return nullptr;
    json rows = json::array();
    for (auto& [f, of_libraries] : cells) {
        json row{{"id", section_id(of.all.functions[f].name)}, {"title", of.all.functions[f].title}};
        for (const std::string& library : libraries) {
            const auto found = of_libraries.find(library);
            row["cells"].push_back(found == of_libraries.end() ? json{{"none", true}} : found->second);
        }
        rows.push_back(std::move(row));
    }
    return {{"rows", rows}, {"libraries", libraries}};
}

constexpr std::size_t most_changes = 150;

/// What every row of changes begins with.
json changed_kernel(const report& of, std::size_t k) {
    const kernel_label& label = of.all.kernels[k].label;
    return {{"function", label.key.function},
            {"dtype", label.key.dtype},
            {"kernel", label.shown},
            {"isa", label.key.isa},
            {"row", row_id(k)}};
}

json speed_rows(const report& of, speed_change::verdict wanted) {
    json rows = json::array();
    for (const speed_change& each : of.against->speeds) {
        if (each.is != wanted || rows.size() == most_changes) continue;
        json row = changed_kernel(of, each.kernel);
        row.update({{"condition", condition_text(each.under)},
                    {"before", interval_text(each.before)},
                    {"after", interval_text(each.after)},
                    {"times", ratio_view(each.times)}});
        rows.push_back(std::move(row));
    }
    // The largest speed-up first, too.
    if (wanted == speed_change::verdict::faster) std::reverse(rows.begin(), rows.end());
    return rows;
}

json speed_block(const report& of, speed_change::verdict wanted, bool open) {
    const json rows = speed_rows(of, wanted);
    const std::size_t count = of.against->count(wanted);
    if (count == 0) return nullptr;
    return {{"what", verdict_text(wanted)},
            {"count", count},
            {"rows", rows},
            {"open", open},
            {"left", count > rows.size() ? count - rows.size() : 0},
            {"has_left", count > rows.size()},
            {"with_ratio", wanted != speed_change::verdict::unknown}};
}

json error_rows(const report& of) {
    json rows = json::array();
    for (const error_change& each : of.against->errors) {
        if (rows.size() == most_changes) break;
        json row = changed_kernel(of, each.kernel);
        row.update({{"before", each.before},
                    {"after", each.after},
                    {"verdict", verdict_text(each.is)},
                    {"bad", each.is == error_change::verdict::worse},
                    {"why", each.why}});
        rows.push_back(std::move(row));
    }
    return rows;
}

json facts_rows(const comparison& of) {
    json rows = json::array();
    for (const changed_fact& each : of.facts)
        rows.push_back({{"what", each.what}, {"before", each.before}, {"after", each.after}});
    return rows;
}

}  // namespace

json costs_view(const report& of) {
    return by_type(of, [&](const std::string& dtype) { return cost_group(of, dtype); });
}

json slopes_view(const report& of) {
    json rows = json::array();
    for (const function_group& function : of.all.functions) {
        if (function.is_floor || !function.entry) continue;
        const gradient_facts facts = read_gradient(*function.entry);
        rows.push_back({{"id", section_id(function.name)},
                        {"title", function.title},
                        {"strip", draw_slopes(*function.entry)},
                        {"dead", share_text(facts.zero_share)},
                        {"vanishing", vanishing_text(facts)},
                        {"steepest", plain_number(facts.steepest)}});
    }
    if (rows.empty()) return nullptr;
    return {{"rows", rows}};
}

json isas_view(const report& of) {
    const std::vector<isa_line> lines = compare_isas(of);
    const std::vector<std::size_t> isas = isas_in_use(of, lines);
    json names = json::array();
    for (const std::size_t i : isas) names.push_back(of.all.isas[i]);
    return by_type(of, [&](const std::string& dtype) {
        json rows = json::array();
        for (const isa_line& line : lines) {
            if (of.all.functions[line.function].dtypes[line.group].dtype == dtype)
                rows.push_back(isa_row(of, line, isas));
        }
        return rows.empty() ? json(nullptr) : json{{"rows", rows}, {"isas", names}};
    });
}

json peers_view(const report& of) {
    const std::vector<peer_line> lines = compare_peers(of);
    json rows = json::array();
    for (const peer_line& line : lines) {
        const function_group& function = of.all.functions[line.function];
        const condition& under = usual_of(of, line.function, line.group);
        const kernel& peer = of.all.kernels[line.theirs];
        rows.push_back(
            {{"id", section_id(function.name)},
             {"title", function.title},
             {"dtype", function.dtypes[line.group].dtype},
             {"theirs", kernel_cell(of, line.theirs, under)},
             {"absolute", peer.checked->max_abs_error ? absolute_text(*peer.checked->max_abs_error) : "–"},
             {"wrong", wrong_text(peer)},
             {"outside", outside_text(*peer.checked)},
             {"unsound", !peer.defect().empty()},
             {"ours", kernel_cell(of, line.ours, under)},
             {"faster", ratio_view(line.faster)}});
    }
    if (rows.empty()) return nullptr;
    json view = by_type(of, [&](const std::string& dtype) { return peer_group(of, lines, dtype); });
    view["rows"] = rows;
    return view;
}

json tables_view(const report& of) {
    const std::vector<table_line> lines = compare_tables(of);
    return by_type(of, [&](const std::string& dtype) {
        const auto picture = draw_tables(of, dtype);
        if (!picture) return json(nullptr);
        json rows = json::array();
        for (const table_line& line : lines) {
            const function_group& function = of.all.functions[line.function];
            if (function.dtypes[line.group].dtype != dtype) continue;
            for (const table_point& each : line.points) {
                rows.push_back({{"title", function.title},
                                {"family", line.family},
                                {"row", row_id(each.kernel)},
                                {"entries", fmt::format("{:.0f}", each.entries)},
                                {"error", fmt::format("{:.2e}", each.error)},
                                {"for_inference", budgets().back().met_by(of.all.kernels[each.kernel])},
                                {"time", each.time ? time_text(each.time->median) : ""}});
            }
        }
        return json{{"svg", in_page(picture->picture)}, {"rows", rows}};
    });
}

json against_view(const report& of) {
    if (!of.against) return nullptr;
    const comparison& changes = *of.against;
    using verdict = speed_change::verdict;
    json blocks = json::array();
    for (const auto& [wanted, open] : {std::pair(verdict::slower, true), std::pair(verdict::faster, true),
                                       std::pair(verdict::unknown, true), std::pair(verdict::same, false)}) {
        json block = speed_block(of, wanted, open);
        if (!block.is_null()) blocks.push_back(std::move(block));
    }
    const json errors = error_rows(of);
    const json facts = facts_rows(changes);
    return {
        {"headline", against_text(changes)},
        {"machines", changes.machines},
        {"other_machine", !changes.machines.empty()},
        {"with_ratio", changes.count(verdict::unknown) == 0},
        {"noise", ratio_view(changes.noise)},
        {"facts", facts},
        {"has_facts", !facts.empty()},
        {"blocks", blocks},
        {"errors", errors},
        {"has_errors", !errors.empty()},
        {"errors_left",
         changes.errors.size() > errors.size() ? json(changes.errors.size() - errors.size()) : json(nullptr)},
        {"appeared", changes.appeared},
        {"has_appeared", !changes.appeared.empty()},
        {"vanished", changes.vanished},
        {"has_vanished", !changes.vanished.empty()}};
}

}  // namespace ulpfront::reports
