#include "reports/choose_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "impls/catalogue.hpp"
#include "impls/tool.hpp"
#include "reports/choice.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

constexpr int exit_none = 1;

/// A word given for a flag must be one of those in the results.
void require_known(const char* flag, const std::string& word, const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), word) != known.end()) return;
    throw failure(exit_usage,
                  fmt::format("{} '{}' is not in these results; near: {}", flag, word,
                              known.empty() ? "nothing, they are empty"
                                            : fmt::format("{}", fmt::join(near_names(word, known), ", "))));
}

const function_group& function_asked(const model& all, const choose_options& options) {
    std::vector<std::string> names;
    for (const function_group& each : all.functions) names.push_back(each.name);
    require_known("--function", options.function, names);
    return *all.find_function(options.function);
}

/// The dtype asked for; without --dtype the only one, else f32, else the first.
const kernel_group& group_asked(const function_group& function, const choose_options& options) {
    std::vector<std::string> names;
    for (const kernel_group& each : function.dtypes) names.push_back(each.dtype);
    if (names.empty()) {
        throw failure(exit_usage, fmt::format("these results hold no kernel of '{}'", function.name));
    }
    if (!options.dtype.empty()) require_known("--dtype", options.dtype, names);
    const std::string wanted = options.dtype.empty() ? "f32" : options.dtype;
    const auto found = std::find(names.begin(), names.end(), wanted);
    return function.dtypes[found == names.end() ? 0 : static_cast<std::size_t>(found - names.begin())];
}

/// The condition asked for: the usual one, moved by --distribution and --n.
std::optional<condition> condition_asked(const kernel_group& group, const choose_options& options) {
    if (!group.usual) return std::nullopt;
    condition wanted = *group.usual;
    if (!options.distribution.empty()) wanted.distribution = options.distribution;
    if (options.n) wanted.n = *options.n;
    if (std::find(group.conditions.begin(), group.conditions.end(), wanted) != group.conditions.end())
        return wanted;
    std::vector<std::string> known;
    for (const condition& each : group.conditions) known.push_back(condition_text(each));
    throw failure(exit_usage, fmt::format("nothing was timed under {}; there is: {}", condition_text(wanted),
                                          fmt::join(known, "; ")));
}

std::string error_line(const accuracy_row& row) {
    std::string text = max_ulp_text(row) + " ULP";
    if (row.exhaustive) {
        text += row.certified ? " (every input tried, reference certified)" : " (every input tried)";
    } else if (row.inputs_tried) {
        text += fmt::format(" (largest found in {})", count_of(*row.inputs_tried, "input"));
    }
    if (row.mean_ulp) text += ", mean " + ulp_text(*row.mean_ulp);
    return text + ", misrounded " + misrounded_text(row);
}

std::string why_line(const model& all, const choice& chosen) {
    std::string text = chosen.candidates == 1
                           ? "the only kernel within the budget"
                           : fmt::format("the fastest of {} kernels within the budget", chosen.candidates);
    if (chosen.faster) {
        text = fmt::format("of {} kernels within the budget as fast as the fastest, {}, and more accurate",
                           chosen.candidates, name_and_isa(all.kernels[*chosen.faster]));
    }
    if (chosen.runner_up) {
        const kernel& next = all.kernels[*chosen.runner_up];
        text += fmt::format("; next: {} at {} ns", name_and_isa(next),
                            time_text(next.timed(chosen.under)->ns.median));
    }
    return text;
}

void print_choice(const model& all, const choice& chosen) {
    const kernel& each = all.kernels[chosen.kernel];
    const timing& time = *each.timed(chosen.under);
    const accuracy_row& row = *each.checked;
    put_out(fmt::format("{} {}: use {} on {}\n", each.label.key.function, each.label.key.dtype,
                        each.label.shown, each.label.key.isa));
    std::string speed = interval_text(time.ns) + " per element (" + condition_text(chosen.under) + ")";
    if (time.over_naive) speed += fmt::format(", {} x naive", ratio_text(time.over_naive->value));
    if (time.to_floor) speed += fmt::format(", {} x the copy floor", ratio_text(time.to_floor->value));
    put_out(fmt::format("  speed    {}\n", speed));
    put_out(fmt::format("  error    {}\n", error_line(row)));
    put_out(fmt::format("  promise  {}: {}\n", promise_text(row),
                        promise_verdict(row).empty() ? "nothing to keep" : promise_verdict(row)));
    put_out(fmt::format("  why      {}\n", why_line(all, chosen)));
}

int print_nearest(const model& all, const kernel_group& group, const std::optional<condition>& under,
                  const choose_options& options) {
    const std::string where = options.isa.empty() ? "" : " on " + options.isa;
    std::optional<std::size_t> nearest;
    if (under) {
        for (const std::size_t k : timed_and_sound(all, group, *under, options.isa)) {
            if (!nearest || *all.kernels[k].checked->max_ulp < *all.kernels[*nearest].checked->max_ulp)
                nearest = k;
        }
    }
    if (!nearest) {
        put_out(fmt::format("{} {}: none; no sound kernel{} was both timed and checked in these results\n",
                            options.function, group.dtype, where));
        return exit_none;
    }
    const kernel& each = all.kernels[*nearest];
    put_out(fmt::format("{} {}: none{} is within {} ULP; the nearest is {} with {} ULP at {} ns\n",
                        options.function, group.dtype, where, options.max_ulp, name_and_isa(each),
                        max_ulp_text(*each.checked), time_text(each.timed(*under)->ns.median)));
    return exit_none;
}

}  // namespace

int run_choose(const choose_options& options) {
    if (!(options.max_ulp >= 0.0)) throw failure(exit_usage, "--max-ulp must be a number not below 0");
    const model all = join(read_results(options.results));
    const function_group& function = function_asked(all, options);
    const kernel_group& group = group_asked(function, options);
    if (!options.isa.empty()) {
        std::set<std::string> isas;
        for (const std::size_t k : group.kernels) isas.insert(all.kernels[k].label.key.isa);
        require_known("--isa", options.isa, {isas.begin(), isas.end()});
    }
    const auto under = condition_asked(group, options);
    const auto within = [&](const kernel& each) { return within_ulp(each, options.max_ulp); };
    const auto chosen = under ? choose(all, group, *under, options.isa, within) : std::nullopt;
    if (!chosen) return print_nearest(all, group, under, options);
    print_choice(all, *chosen);
    return exit_ok;
}

}  // namespace ulpfront::reports
