#include "reports/against.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "reports/environment.hpp"
#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

std::map<kernel_key, std::size_t> places_of(const model& all) {
    std::map<kernel_key, std::size_t> places;
    for (std::size_t k = 0; k < all.kernels.size(); ++k) places[all.kernels[k].label.key] = k;
    return places;
}

std::vector<changed_fact> changed_facts(const result_set& before, const result_set& after) {
    std::vector<changed_fact> facts;
    const auto at = [&](const std::string& what) -> changed_fact& {
        const auto found = std::find_if(facts.begin(), facts.end(),
                                        [&](const changed_fact& each) { return each.what == what; });
        if (found != facts.end()) return *found;
        facts.push_back({what, "", ""});
        return facts.back();
    };
    for (const auto& [what, value] : describe_environment(before)) at(what).before = value;
    for (const auto& [what, value] : describe_environment(after)) at(what).after = value;
    std::erase_if(facts, [](const changed_fact& each) { return each.before == each.after; });
    return facts;
}

std::vector<std::string> changed_machines(const result_set& before, const result_set& after) {
    if (before.bench.empty() || after.bench.empty()) return {};
    return machine_differences(before.bench.front().context, after.bench.front().context);
}

bool same_code(const kernel& before, const kernel& after) {
    return before.checked && after.checked && !after.checked->code_id.empty() &&
           before.checked->code_id == after.checked->code_id;
}

speed_change::verdict verdict_of(speed_order order) {
    switch (order) {
        case speed_order::faster:
            return speed_change::verdict::faster;
        case speed_order::slower:
            return speed_change::verdict::slower;
        case speed_order::tie:
            break;
    }
    return speed_change::verdict::same;
}

speed_change compare_speeds(const kernel& before, const kernel& after, const condition& under,
                            bool with_ratio) {
    speed_change change;
    change.under = under;
    change.before = before.timed(under)->ns;
    change.after = after.timed(under)->ns;
    if (!with_ratio) return change;
    change.times = divide(change.after, change.before);
    change.is = same_code(before, after) ? speed_change::verdict::identical
                                         : verdict_of(compare_speed(change.after, change.before));
    return change;
}

/// What says best how exact a kernel is, in one line.
std::string errors_text(const accuracy_row& row) {
    if (!row.max_ulp) return row.status;
    std::string text = max_ulp_text(row) + " ULP, " + rounded_text(row);
    if (row.nan_mismatches.value_or(0) > 0) text += ", NaN wrong";
    if (row.inf_mismatches.value_or(0) > 0) text += ", infinity wrong";
    if (row.status != "ok") text += ", " + row.status;
    return text;
}

/// Figures in the order in which they decide, each with its name.
std::vector<std::pair<const char*, double>> figures_of(const accuracy_row& row) {
    const auto count = [](const std::optional<std::uint64_t>& of) {
        return static_cast<double>(of.value_or(0));
    };
    return {{"its promise", row.status == "ok" ? 0.0 : 1.0},
            {"NaN", count(row.nan_mismatches)},
            {"infinities", count(row.inf_mismatches)},
            {"the largest error", row.max_ulp.value_or(0.0)},
            {"the number of misrounded results", count(row.misrounded)},
            {"monotonicity", count(row.monotonicity_violations)},
            {"symmetry", count(row.symmetry_violations)},
            {"the range", count(row.range_violations)},
            {"signs of zeros", count(row.zero_sign_mismatches)},
            {"flushed subnormals", count(row.flushed_subnormals)}};
}

/// Nothing where both are the same.
std::optional<error_change> compare_errors(const accuracy_row& before, const accuracy_row& after) {
    error_change change;
    change.before = errors_text(before);
    change.after = errors_text(after);
    if (before.inputs_tried != after.inputs_tried) {
        if (before.max_ulp == after.max_ulp) return std::nullopt;
        change.why =
            fmt::format("{} inputs were tried before, {} now", count_text(before.inputs_tried.value_or(0)),
                        count_text(after.inputs_tried.value_or(0)));
        return change;
    }
    const auto old_figures = figures_of(before);
    const auto new_figures = figures_of(after);
    for (std::size_t i = 0; i < old_figures.size(); ++i) {
        if (old_figures[i].second == new_figures[i].second) continue;
        const bool worse = new_figures[i].second > old_figures[i].second;
        change.is = worse ? error_change::verdict::worse : error_change::verdict::better;
        change.why = fmt::format("{}: {}", new_figures[i].first, worse ? "worse" : "better");
        return change;
    }
    return std::nullopt;
}

void sort_changes(comparison& found) {
    std::stable_sort(found.speeds.begin(), found.speeds.end(),
                     [](const speed_change& a, const speed_change& b) {
                         return (a.times ? a.times->value : 0.0) > (b.times ? b.times->value : 0.0);
                     });
    std::stable_sort(
        found.errors.begin(), found.errors.end(), [](const error_change& a, const error_change& b) {
            const auto rank = [](error_change::verdict is) {
                return is == error_change::verdict::worse ? 0 : (is == error_change::verdict::better ? 1 : 2);
            };
            return rank(a.is) < rank(b.is);
        });
}

/// What kernels with the same code seem to have changed by: nothing but noise.
std::optional<ratio> noise_of(const std::vector<speed_change>& speeds) {
    std::vector<double> ratios;
    for (const speed_change& each : speeds) {
        if (each.is == speed_change::verdict::identical) ratios.push_back(each.times->value);
    }
    if (ratios.empty()) return std::nullopt;
    std::sort(ratios.begin(), ratios.end());
    return ratio{ratios[ratios.size() / 2], ratios.front(), ratios.back()};
}

/// One kernel of both sets.
void compare_kernel(const kernel& before, const kernel& after, std::size_t k, bool with_ratio,
                    comparison& into) {
    for (const auto& [under, time] : after.timings) {
        if (!time.was_timed() || before.timed(under) == nullptr) continue;
        into.speeds.push_back(compare_speeds(before, after, under, with_ratio));
        into.speeds.back().kernel = k;
    }
    if (!before.checked || !after.checked) return;
    auto change = compare_errors(*before.checked, *after.checked);
    if (!change) {
        ++into.same_errors;
        return;
    }
    change->kernel = k;
    into.errors.push_back(std::move(*change));
}

}  // namespace

std::size_t comparison::count(speed_change::verdict of) const {
    return static_cast<std::size_t>(
        std::count_if(speeds.begin(), speeds.end(), [&](const speed_change& each) { return each.is == of; }));
}

std::size_t comparison::count(error_change::verdict of) const {
    return static_cast<std::size_t>(
        std::count_if(errors.begin(), errors.end(), [&](const error_change& each) { return each.is == of; }));
}

comparison compare_results(const result_set& results, const model& all, const result_set& old_results,
                           const model& old_all, bool across_machines) {
    comparison found;
    found.facts = changed_facts(old_results, results);
    found.machines = changed_machines(old_results, results);
    const bool with_ratio = found.machines.empty() || across_machines;
    const auto old_places = places_of(old_all);
    for (std::size_t k = 0; k < all.kernels.size(); ++k) {
        const auto old = old_places.find(all.kernels[k].label.key);
        if (old == old_places.end()) {
            found.appeared.push_back(spell(all.kernels[k].label));
        } else {
            compare_kernel(old_all.kernels[old->second], all.kernels[k], k, with_ratio, found);
        }
    }
    const auto places = places_of(all);
    for (const kernel& each : old_all.kernels) {
        if (!places.contains(each.label.key)) found.vanished.push_back(spell(each.label));
    }
    sort_changes(found);
    found.noise = noise_of(found.speeds);
    return found;
}

const char* verdict_text(speed_change::verdict of) {
    switch (of) {
        case speed_change::verdict::faster:
            return "faster";
        case speed_change::verdict::slower:
            return "slower";
        case speed_change::verdict::same:
            return "same";
        case speed_change::verdict::identical:
            return "identical code";
        case speed_change::verdict::unknown:
            break;
    }
    return "other machine";
}

const char* verdict_text(error_change::verdict of) {
    switch (of) {
        case error_change::verdict::better:
            return "more exact";
        case error_change::verdict::worse:
            return "less exact";
        case error_change::verdict::different_inputs:
            break;
    }
    return "other inputs";
}

}  // namespace ulpfront::reports
