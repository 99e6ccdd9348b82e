#include "reports/across.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <map>
#include <set>

#include "reports/charts/lines.hpp"
#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

bool is_foreign(const kernel_label& label) { return label.shown != label.key.kernel; }

std::optional<std::size_t> fastest_within_fast(const report& of, const kernel_group& group,
                                               const std::string& isa) {
    for (const std::size_t k : timed_and_sound(of.all, group, *group.usual, isa)) {
        if (within_ulp(of.all.kernels[k], 4.0)) return k;
    }
    return std::nullopt;
}

/// Whether one errs no more than the other by either measure of errors.
bool errs_no_more(const accuracy_row& one, const accuracy_row& other) {
    return *one.max_ulp <= *other.max_ulp && *mixed_error(one) <= *mixed_error(other);
}

peer_line beside_ours(const report& of, const kernel_group& group, std::size_t theirs) {
    const kernel& peer = of.all.kernels[theirs];
    peer_line line;
    line.theirs = theirs;
    if (!peer.comparable()) return line;
    for (const std::size_t k : timed_and_sound(of.all, group, *group.usual, "")) {
        const kernel& each = of.all.kernels[k];
        if (is_foreign(each.label) || !errs_no_more(*each.checked, *peer.checked)) continue;
        line.ours = k;
        line.faster = divide(peer.timed(*group.usual)->ns, each.timed(*group.usual)->ns);
        break;
    }
    return line;
}

/// One kernel of each foreign library: sound ones fastest first, then, of libraries without, one that is not.
std::vector<std::size_t> peers_of(const report& of, const kernel_group& group) {
    std::vector<std::size_t> candidates = timed_and_sound(of.all, group, *group.usual, "");
    std::copy_if(group.kernels.begin(), group.kernels.end(), std::back_inserter(candidates),
                 [&](std::size_t k) { return !of.all.kernels[k].defect().empty(); });
    std::set<std::string> seen;
    std::erase_if(candidates, [&](std::size_t k) {
        const kernel_label& label = of.all.kernels[k].label;
        return !is_foreign(label) || !seen.insert(label.key.library).second;
    });
    return candidates;
}

/// "lut_linear" and 1024 of "lut_linear_1024"; nothing where no number of entries stands at the end.
std::optional<std::pair<std::string, double>> split_entries(const std::string& name) {
    const std::size_t last = name.find_last_not_of("0123456789");
    if (last == std::string::npos || last + 1 == name.size() || name[last] != '_' || last == 0)
        return std::nullopt;
    return std::pair(name.substr(0, last), std::strtod(name.c_str() + last + 1, nullptr));
}

/// The tables of one group; of a name's ISAs the fastest one stands for all.
void add_tables(const report& of, std::size_t f, std::size_t g, std::vector<table_line>& lines) {
    const kernel_group& group = of.all.functions[f].dtypes[g];
    std::map<std::string, std::map<double, table_point>> families;
    for (const std::size_t k : group.kernels) {
        const kernel& each = of.all.kernels[k];
        const auto name = split_entries(each.label.shown);
        if (!name || each.label.method != "lut" || !each.comparable()) continue;
        const timing* time = group.usual ? each.timed(*group.usual) : nullptr;
        table_point point{k, name->second, *mixed_error(*each.checked),
                          time == nullptr ? std::nullopt : std::optional(time->ns)};
        const auto [place, is_new] = families[name->first].emplace(point.entries, point);
        const bool faster =
            point.time && (!place->second.time || point.time->median < place->second.time->median);
        if (!is_new && faster) place->second = point;
    }
    for (const auto& [family, points] : families) {
        if (points.size() < 2) continue;
        table_line line{f, g, family, {}};
        for (const auto& [entries, point] : points) line.points.push_back(point);
        lines.push_back(std::move(line));
    }
}

std::vector<table_line> tables_of(const report& of, const std::string& dtype) {
    std::vector<table_line> lines = compare_tables(of);
    std::erase_if(lines, [&](const table_line& each) {
        return of.all.functions[each.function].dtypes[each.group].dtype != dtype;
    });
    return lines;
}

/// Entries across and largest error up, both logarithmic, over all lines.
std::pair<axis, axis> table_scales(const std::vector<table_line>& lines) {
    constexpr double none = std::numeric_limits<double>::infinity();
    double fewest = none;
    double most = 0.0;
    double least = none;
    double largest = 0.0;
    for (const table_line& line : lines) {
        fewest = std::min(fewest, line.points.front().entries);
        most = std::max(most, line.points.back().entries);
        for (const table_point& each : line.points) {
            if (!(each.error > 0.0)) continue;
            least = std::min(least, each.error);
            largest = std::max(largest, each.error);
        }
    }
    if (!(largest > 0.0)) std::tie(least, largest) = std::pair(1e-3, 1e-2);
    return {axis::logarithmic(fewest / 1.3, most * 1.3, line_frame.left, line_frame.right),
            axis::logarithmic(least / 2, largest * 2, line_frame.bottom, line_frame.top)};
}

/// Every function's line of one family has the family's colour; the legend names it once.
void add_table_lines(const std::vector<table_line>& lines, line_picture& picture) {
    const auto [across, up] = table_scales(lines);
    picture.y_ticks = labelled_ticks(up);
    if (up.low() < inference_bound && inference_bound < up.high())
        picture.horizontals.emplace_back(up(inference_bound), "2⁻¹⁰");
    std::set<std::string> families;
    for (const table_line& each : lines) families.insert(each.family);
    std::set<double> entries;
    for (const table_line& each : lines) {
        plot_line line;
        line.is = plot_line::kind::highlighted;
        line.style = static_cast<std::size_t>(std::distance(families.begin(), families.find(each.family)));
        line.name = each.family;
        line.dotted = true;
        for (const table_point& point : each.points) {
            line.points.emplace_back(across(point.entries), up(std::max(point.error, up.low())));
            entries.insert(point.entries);
            line.kernels += fmt::format("{}{}", line.kernels.empty() ? "" : " ", point.kernel);
        }
        picture.lines.push_back(std::move(line));
    }
    for (const double each : entries) picture.x_ticks.emplace_back(across(each), fmt::format("{:.0f}", each));
}

}  // namespace

std::vector<isa_line> compare_isas(const report& of) {
    std::vector<isa_line> lines;
    for (const choice_line& choice : of.choices) {
        const kernel_group& group = of.group_of(choice);
        if (!group.usual) continue;
        isa_line line{choice.function, choice.group, {}};
        for (const std::string& isa : of.all.isas)
            line.kernels.push_back(fastest_within_fast(of, group, isa));
        if (std::count_if(line.kernels.begin(), line.kernels.end(),
                          [](const auto& k) { return k.has_value(); }) > 1)
            lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<peer_line> compare_peers(const report& of) {
    std::vector<peer_line> lines;
    for (const choice_line& choice : of.choices) {
        const kernel_group& group = of.group_of(choice);
        if (!group.usual) continue;
        for (const std::size_t k : peers_of(of, group)) {
            lines.push_back(beside_ours(of, group, k));
            lines.back().function = choice.function;
            lines.back().group = choice.group;
        }
    }
    return lines;
}

std::vector<table_line> compare_tables(const report& of) {
    std::vector<table_line> lines;
    for (const choice_line& choice : of.choices) add_tables(of, choice.function, choice.group, lines);
    return lines;
}

std::optional<named_chart> draw_tables(const report& of, const std::string& dtype) {
    const std::vector<table_line> lines = tables_of(of, dtype);
    if (lines.empty()) return std::nullopt;
    line_picture picture;
    picture.id = "tables-" + slug(dtype);
    picture.title = fmt::format("Tables, {}: error against size", dtype);
    picture.subtitle = "one line for each function; both scales logarithmic";
    picture.x_name = "entries";
    picture.y_name = "max error / max(1, |f|)";
    picture.description =
        "Largest error of table kernels, absolute or beyond 1 relative, against their number of entries; the "
        "figures are in the table.";
    add_table_lines(lines, picture);
    return named_chart{picture.id + ".svg", draw_lines(picture), false};
}

}  // namespace ulpfront::reports
