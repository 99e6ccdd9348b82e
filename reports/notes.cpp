#include "reports/notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "reports/environment.hpp"
#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

void warn_of_machine(const nlohmann::json& context, std::vector<std::string>& warnings) {
    const std::string machine = member_text(context, "virtualisation");
    if (!machine.empty() && machine != "none" && machine != "unknown") {
        warnings.push_back(
            fmt::format("Timed in a virtual machine ({}): neighbours may disturb; trust ratios "
                        "of one run more than nanoseconds.",
                        machine));
    }
    const std::string governor = member_text(context, "governor");
    if (context.value("cpu_scaling_enabled", nlohmann::json()) == true ||
        (!governor.empty() && governor != "performance" && governor != "unknown" && governor != "none")) {
        warnings.push_back(
            fmt::format("CPU frequency scaling was on{}: the clock may have moved between kernels.",
                        governor.empty() ? "" : " (governor " + governor + ")"));
    }
    const auto load = context.find("load_avg");
    if (load == context.end() || !load->is_array() || load->empty() || !load->front().is_number()) return;
    const double processors = std::max(
        1.0, context.value("num_cpus", nlohmann::json(1)).is_number() ? context.value("num_cpus", 1.0) : 1.0);
    if (load->front().get<double>() / processors > 0.3) {
        warnings.push_back(
            fmt::format("The machine was busy when timing began: load {:.1f} on {:.0f} processors.",
                        load->front().get<double>(), processors));
    }
}

void warn_of_repetitions(const model& all, std::vector<std::string>& warnings) {
    std::size_t fewest = 0;
    double coverage = 1.0;
    for (const kernel& each : all.kernels) {
        for (const auto& [under, time] : each.timings) {
            if (!time.was_timed()) continue;
            if (fewest == 0 || time.ns.count < fewest) {
                fewest = time.ns.count;
                coverage = time.ns.coverage;
            }
        }
    }
    if (fewest == 1) {
        warnings.emplace_back(
            "Some kernels were timed only once: their intervals are points, and ties cannot be "
            "seen.");
    } else if (fewest > 1 && coverage < 0.9) {
        warnings.push_back(
            fmt::format("Some kernels were timed only {} times: their intervals cover the median "
                        "with {:.0f} %, not 95 %.",
                        fewest, 100.0 * coverage));
    }
}

void warn_of_differences(const result_set& results, std::vector<std::string>& warnings) {
    for (const shared_fact& fact : shared_facts(results)) {
        if (!fact.differs()) continue;
        warnings.push_back(fmt::format("{} differs: speed was measured with {}, errors with {}.", fact.what,
                                       fact.speed, fact.accuracy));
    }
}

void warn_of_inputs(const model& all, std::vector<std::string>& warnings) {
    std::set<std::uint64_t> tried;
    for (const kernel& each : all.kernels) {
        if (each.checked && each.checked->max_ulp && !each.checked->exhaustive) {
            tried.insert(each.checked->inputs_tried.value_or(0));
        }
    }
    if (tried.empty()) return;
    const std::string fewest = count_text(*tried.begin());
    warnings.push_back(
        fmt::format("Not every input was tried ({}{} a kernel): maxima marked ≥ are the largest "
                    "found, and there may be larger ones.",
                    fewest, tried.size() > 1 ? " or more" : ""));
}

std::string some_names(const std::vector<std::string>& names) {
    constexpr std::size_t most = 6;
    std::vector<std::string> first(names.begin(),
                                   names.begin() + static_cast<std::ptrdiff_t>(std::min(most, names.size())));
    std::string text = fmt::format("{}", fmt::join(first, ", "));
    if (names.size() > most) text += fmt::format(" and {} more", names.size() - most);
    return text;
}

std::string full_name(const kernel& of) {
    return fmt::format("{}/{}/{}/{}", of.label.key.function, of.label.key.dtype, of.label.shown,
                       of.label.key.isa);
}

void add_gap(std::vector<std::string>& gaps, const std::vector<std::string>& names, const char* noun,
             const char* what) {
    if (names.empty()) return;
    gaps.push_back(fmt::format("{} {}: {}.", count_of(names.size(), noun), what, some_names(names)));
}

void find_unjoined(const model& all, std::vector<std::string>& gaps) {
    std::vector<std::string> unchecked;
    std::vector<std::string> untimed;
    std::vector<std::string> failed;
    for (const kernel& each : all.kernels) {
        const bool skipped = each.checked && each.checked->status == "skipped";
        // Of the C library's copy, a floor, only the time is wanted.
        if (!each.checked && !each.is_copy()) unchecked.push_back(full_name(each));
        if (each.timings.empty() && !skipped) untimed.push_back(full_name(each));
        for (const auto& [under, time] : each.timings) {
            if (time.was_timed()) continue;
            // The reason stands in the kernel's row of the ranking.
            failed.push_back(full_name(each));
            break;
        }
    }
    add_gap(gaps, unchecked, "kernel", "timed, but without a measured error");
    add_gap(gaps, untimed, "kernel", "checked, but not timed");
    add_gap(gaps, failed, "kernel", "not timed because the benchmark refused or failed");
}

void find_unfounded(const model& all, std::vector<std::string>& gaps) {
    std::vector<std::string> unknown;
    std::vector<std::string> without_naive;
    for (const function_group& function : all.functions) {
        if (!function.entry) unknown.push_back(function.name);
        if (function.is_floor) continue;
        for (const kernel_group& group : function.dtypes) {
            if (!group.naive) without_naive.push_back(function.name + "/" + group.dtype);
        }
    }
    add_gap(gaps, unknown, "function", "without curve and facts (no accuracy result describes it)");
    add_gap(gaps, without_naive, "function", "without a naive kernel to compare with");
}

void find_skipped(const result_set& results, const model& all, std::vector<std::string>& gaps) {
    std::set<std::string> libraries;
    const auto add = [&](const std::vector<library_note>& list) {
        for (const library_note& each : list) {
            if (!each.skipped.empty()) libraries.insert(fmt::format("{} ({})", each.library, each.skipped));
        }
    };
    for (const auto& each : results.accuracy) add(each.libraries);
    for (const auto& each : results.bench) add(each.libraries);
    std::vector<std::string> kernels;
    for (const kernel& each : all.kernels) {
        if (each.checked && each.checked->status == "skipped") kernels.push_back(full_name(each));
    }
    if (!libraries.empty()) {
        gaps.push_back(fmt::format("Not loaded: {}.", fmt::join(libraries, "; ")));
    }
    add_gap(gaps, kernels, "kernel", "not run here, with promises not verified");
}

std::string faults_of(const accuracy_row& row) {
    std::vector<std::string> messages;
    for (const fault_note& each : row.faults) messages.push_back(each.message);
    if (messages.empty()) messages.push_back(row.reason.empty() ? row.status : row.reason);
    return fmt::format("{}", fmt::join(messages, "; "));
}

/// What is wrong with a function's kernels of one dtype; the same on several ISAs is one sentence.
void find_broken_in(const model& all, const function_group& function, const kernel_group& group,
                    std::vector<std::string>& sentences) {
    std::map<std::tuple<std::string, std::string, std::string>, std::vector<std::string>> isas;
    for (const std::size_t k : group.kernels) {
        const kernel& each = all.kernels[k];
        if (!each.checked || each.checked->status == "ok" || each.checked->status == "skipped") continue;
        isas[{each.label.shown, promise_text(*each.checked), faults_of(*each.checked)}].push_back(
            each.label.key.isa);
    }
    for (const auto& [what, on] : isas) {
        const auto& [shown_name, promise, faults] = what;
        sentences.push_back(fmt::format("{} ({}): {} on {} promises {}, but: {}", function.title, group.dtype,
                                        shown_name, fmt::join(on, ", "), promise, faults));
    }
}

/// What is wrong with a formula's results; empty if nothing much is.
std::string failures_of(const accuracy_row& row) {
    std::vector<std::string> failures;
    if (*row.max_ulp > 4.0) {
        failures.push_back(fmt::format("errs by up to {} ULP (at {} it gives {}, exact is {})",
                                       ulp_text(*row.max_ulp), row.worst_input, row.worst_output,
                                       row.worst_exact));
    }
    if (row.nan_mismatches.value_or(0) > 0) {
        failures.push_back("gets NaN wrong for " + count_of(*row.nan_mismatches, "input"));
    }
    if (row.inf_mismatches.value_or(0) > 0) {
        failures.push_back("gets infinity wrong for " + count_of(*row.inf_mismatches, "input"));
    }
    return fmt::format("{}", fmt::join(failures, "; "));
}

}  // namespace

std::vector<std::string> find_warnings(const result_set& results, const model& all) {
    std::vector<std::string> warnings;
    for (const auto& each : results.accuracy) {
        if (!each.complete)
            warnings.emplace_back("An accuracy run was stopped early: its kernels are not all here.");
    }
    for (const auto& each : results.bench) {
        if (!each.complete)
            warnings.emplace_back("A timing run was stopped early: its kernels are not all here.");
    }
    if (!results.bench.empty()) warn_of_machine(results.bench.front().context, warnings);
    warn_of_repetitions(all, warnings);
    warn_of_differences(results, warnings);
    warn_of_inputs(all, warnings);
    return warnings;
}

std::vector<std::string> find_gaps(const result_set& results, const model& all) {
    std::vector<std::string> gaps;
    const auto has_rows = [](const auto& result) { return !result.rows.empty(); };
    const bool timed = std::any_of(results.bench.begin(), results.bench.end(), has_rows);
    const bool checked = std::any_of(results.accuracy.begin(), results.accuracy.end(), has_rows);
    if (!timed)
        gaps.emplace_back(
            "No speed: no timings were given, so there are no fronts and nothing can be chosen.");
    if (!checked)
        gaps.emplace_back(
            "No errors: no kernel's error was given, so there are no fronts and nothing can be chosen.");
    if (timed && checked) {
        find_unjoined(all, gaps);
        find_unfounded(all, gaps);
    }
    find_skipped(results, all, gaps);
    return gaps;
}

std::vector<std::string> find_broken(const model& all) {
    std::vector<std::string> sentences;
    for (const function_group& function : all.functions) {
        for (const kernel_group& group : function.dtypes) {
            find_broken_in(all, function, group, sentences);
        }
    }
    return sentences;
}

std::string kept_text(const model& all) {
    const auto promises = [](const kernel& each) {
        return each.checked && each.checked->status == "ok" && each.checked->promise_kind != "none";
    };
    const auto count = std::count_if(all.kernels.begin(), all.kernels.end(), promises);
    if (count == 0) return "";
    return fmt::format("{} with an error bound kept it wherever tried, at every length and place.",
                       count_of(static_cast<std::uint64_t>(count), "kernel"));
}

std::vector<std::string> find_naive_failures(const model& all) {
    std::vector<std::string> sentences;
    for (const function_group& function : all.functions) {
        for (const kernel_group& group : function.dtypes) {
            if (!group.naive) continue;
            const kernel& naive = all.kernels[*group.naive];
            if (!naive.checked || !naive.checked->max_ulp) continue;
            const std::string failures = failures_of(*naive.checked);
            if (failures.empty()) continue;
            sentences.push_back(fmt::format("{} ({}): {} on {} {}.", function.title, group.dtype,
                                            naive.label.shown, naive.label.key.isa, failures));
        }
    }
    return sentences;
}

}  // namespace ulpfront::reports
