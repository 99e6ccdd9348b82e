// The page's parts that go over all functions, and what changed from an older set.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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

/// A kernel with its time.
json kernel_cell(const report& of, const std::optional<std::size_t>& k, const condition& under) {
    if (!k) return nullptr;
    const kernel& each = of.all.kernels[*k];
    return {{"kernel", each.label.shown},
            {"isa", each.label.key.isa},
            {"row", row_id(*k)},
            {"time", time_text(each.timed(under)->ns.median)},
            {"error", each.checked ? max_ulp_text(*each.checked) : ""}};
}

const kernel_group& group_with(const function_group& function, const std::string& dtype) {
    return *std::find_if(function.dtypes.begin(), function.dtypes.end(),
                         [&](const kernel_group& each) { return each.dtype == dtype; });
}

const condition& condition_of(const report& of, const cost_line& line) {
    return *group_with(of.all.functions[line.function], line.dtype).usual;
}

/// The cheapest function's own line, for the dtype and condition of another.
const cost_line* cheapest_line(const report& of, const std::vector<cost_line>& lines,
                               const cost_line& beside) {
    const condition& under = condition_of(of, beside);
    const auto cheapest = of.all.cheapest.find({beside.dtype, under});
    if (cheapest == of.all.cheapest.end()) return nullptr;
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const cost_line& each) {
        return each.function == cheapest->second && each.dtype == beside.dtype &&
               condition_of(of, each) == under;
    });
    return found == lines.end() ? nullptr : &*found;
}

json cost_cell(const report& of, const std::optional<std::size_t>& k, const std::optional<std::size_t>& base,
               const condition& under, double largest) {
    json cell = kernel_cell(of, k, under);
    if (cell.is_null()) return cell;
    const interval& time = of.all.kernels[*k].timed(under)->ns;
    cell["bar"] = draw_bar(time.median, largest);
    if (base) cell["ratio"] = ratio_view(divide(time, of.all.kernels[*base].timed(under)->ns));
    return cell;
}

json cost_group(const report& of, const std::vector<cost_line>& lines, const std::string& dtype) {
    double largest = 0.0;
    for (const cost_line& line : lines) {
        for (const auto& k : {line.fastest, line.fastest_faithful}) {
            if (k && line.dtype == dtype)
                largest = std::max(largest, of.all.kernels[*k].timed(condition_of(of, line))->ns.median);
        }
    }
    json rows = json::array();
    std::string reference;
    for (const cost_line& line : lines) {
        if (line.dtype != dtype) continue;
        const function_group& function = of.all.functions[line.function];
        const condition& under = condition_of(of, line);
        const cost_line* cheapest = cheapest_line(of, lines, line);
        const std::optional<std::size_t> base = cheapest == nullptr ? std::nullopt : cheapest->fastest;
        if (cheapest != nullptr) reference = of.all.functions[cheapest->function].title;
        rows.push_back({{"id", section_id(function.name)},
                        {"title", function.title},
                        {"fastest", cost_cell(of, line.fastest, base, under, largest)},
                        {"faithful", cost_cell(of, line.fastest_faithful, base, under, largest)}});
    }
    return {{"dtype", dtype}, {"rows", rows}, {"reference", reference}};
}

/// Lists of groups know which is the first: the others are folded.
json grouped(json groups) {
    if (groups.empty()) return nullptr;
    for (json& each : groups) each["first"] = &each == &groups.front();
    return {{"groups", groups}};
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

constexpr std::size_t most_changes = 150;

json speed_rows(const report& of, speed_change::verdict wanted) {
    json rows = json::array();
    for (const speed_change& each : of.against->speeds) {
        if (each.is != wanted || rows.size() == most_changes) continue;
        const kernel& now = of.all.kernels[each.kernel];
        rows.push_back({{"function", now.label.key.function},
                        {"dtype", now.label.key.dtype},
                        {"kernel", now.label.shown},
                        {"isa", now.label.key.isa},
                        {"row", row_id(each.kernel)},
                        {"condition", condition_text(each.under)},
                        {"before", interval_text(each.before)},
                        {"after", interval_text(each.after)},
                        {"times", ratio_view(each.times)}});
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
        const kernel& now = of.all.kernels[each.kernel];
        rows.push_back({{"function", now.label.key.function},
                        {"dtype", now.label.key.dtype},
                        {"kernel", now.label.shown},
                        {"isa", now.label.key.isa},
                        {"row", row_id(each.kernel)},
                        {"before", each.before},
                        {"after", each.after},
                        {"verdict", verdict_text(each.is)},
                        {"bad", each.is == error_change::verdict::worse},
                        {"why", each.why}});
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
    const std::vector<cost_line> lines = compare_costs(of);
    json groups = json::array();
    for (const std::string& dtype : dtypes_of(of)) {
        json group = cost_group(of, lines, dtype);
        if (!group["rows"].empty()) groups.push_back(std::move(group));
    }
    return grouped(groups);
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
    json groups = json::array();
    for (const std::string& dtype : dtypes_of(of)) {
        json rows = json::array();
        for (const isa_line& line : lines) {
            if (of.all.functions[line.function].dtypes[line.group].dtype == dtype)
                rows.push_back(isa_row(of, line, isas));
        }
        if (!rows.empty()) groups.push_back({{"dtype", dtype}, {"rows", rows}, {"isas", names}});
    }
    return grouped(groups);
}

json peers_view(const report& of) {
    json rows = json::array();
    for (const peer_line& line : compare_peers(of)) {
        const function_group& function = of.all.functions[line.function];
        const condition& under = usual_of(of, line.function, line.group);
        rows.push_back({{"id", section_id(function.name)},
                        {"title", function.title},
                        {"dtype", function.dtypes[line.group].dtype},
                        {"library", of.all.kernels[line.theirs].label.key.library},
                        {"theirs", kernel_cell(of, line.theirs, under)},
                        {"ours", kernel_cell(of, line.ours, under)},
                        {"faster", ratio_view(line.faster)}});
    }
    if (rows.empty()) return nullptr;
    return {{"rows", rows}};
}

json tables_view(const report& of) {
    const std::vector<table_line> lines = compare_tables(of);
    json groups = json::array();
    for (const std::string& dtype : dtypes_of(of)) {
        const auto picture = draw_tables(of, dtype);
        if (!picture) continue;
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
                                {"time", each.time ? time_text(each.time->median) : ""}});
            }
        }
        groups.push_back({{"dtype", dtype}, {"svg", in_page(picture->picture)}, {"rows", rows}});
    }
    return grouped(groups);
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
