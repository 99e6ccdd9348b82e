#include "reports/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "reports/dtype.hpp"
#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

std::vector<std::string> isa_order(const result_set& results, const std::vector<kernel>& kernels) {
    std::vector<std::string> order;
    const auto add = [&](const std::string& isa) {
        if (std::find(order.begin(), order.end(), isa) == order.end()) order.push_back(isa);
    };
    const auto add_list = [&](const nlohmann::json& context) {
        const auto list = context.find("isas");
        if (list == context.end() || !list->is_array()) return;
        for (const auto& isa : *list) {
            if (isa.is_string()) add(isa.get<std::string>());
        }
    };
    for (const accuracy_result& result : results.accuracy) add_list(result.environment);
    for (const bench_result& result : results.bench) add_list(result.context);
    std::set<std::string> rest;
    for (const kernel& each : kernels) rest.insert(each.label.key.isa);
    for (const std::string& isa : rest) add(isa);
    return order;
}

/// All repetitions of one benchmark become one timing.
void add_timings(const bench_result& result, std::size_t run, std::map<kernel_key, kernel>& into) {
    std::map<std::pair<kernel_key, condition>, std::vector<double>> repetitions;
    for (const bench_row& row : result.rows) {
        kernel& to = into[row.label.key];
        to.label = row.label;
        timing& time = to.timings[row.under];
        time.run = run;
        if (row.error.empty()) {
            repetitions[{row.label.key, row.under}].push_back(row.ns_per_element);
        } else {
            time.error = row.error;
        }
    }
    for (const auto& [key, values] : repetitions) {
        into[key.first].timings[key.second].ns = median_interval(values);
    }
}

std::vector<kernel> gather(const result_set& results) {
    std::map<kernel_key, kernel> joined;
    for (std::size_t i = 0; i < results.bench.size(); ++i) add_timings(results.bench[i], i, joined);
    for (const accuracy_result& result : results.accuracy) {
        for (const accuracy_row& row : result.rows) {
            kernel& to = joined[row.label.key];
            to.label = row.label;
            to.checked = row;
        }
    }
    std::vector<kernel> kernels;
    for (auto& [key, each] : joined) kernels.push_back(std::move(each));
    return kernels;
}

/// The condition most kernels were timed under; of equals the bench's default, then the first.
std::optional<condition> usual_condition(const model& all, const kernel_group& group) {
    std::optional<condition> best;
    std::tuple<std::size_t, bool, bool> best_score;
    for (const condition& under : group.conditions) {
        const auto count = std::count_if(group.kernels.begin(), group.kernels.end(), [&](std::size_t k) {
            return all.kernels[k].timed(under) != nullptr;
        });
        const std::tuple score(static_cast<std::size_t>(count), !under.in_place,
                               under.distribution == "uniform" && under.n == 2048);
        if (best && !(score > best_score)) continue;
        best = under;
        best_score = score;
    }
    return best;
}

/// The textbook formula of the plainest ISA; the project's own before a foreign one.
std::optional<std::size_t> naive_of(const model& all, const kernel_group& group) {
    std::optional<std::size_t> best;
    const auto order = [&](std::size_t k) {
        const kernel_label& label = all.kernels[k].label;
        return std::tuple(all.isa_rank(label.key.isa), label.shown != label.key.kernel, label.key);
    };
    for (const std::size_t k : group.kernels) {
        if (all.kernels[k].label.method != "naive") continue;
        if (!best || order(k) < order(*best)) best = k;
    }
    return best;
}

kernel_group make_group(const model& all, const std::string& dtype, std::vector<std::size_t> kernels) {
    kernel_group group;
    group.dtype = dtype;
    group.kernels = std::move(kernels);
    std::set<condition> conditions;
    for (const std::size_t k : group.kernels) {
        for (const auto& [under, time] : all.kernels[k].timings) conditions.insert(under);
    }
    group.conditions.assign(conditions.begin(), conditions.end());
    group.usual = usual_condition(all, group);
    group.naive = naive_of(all, group);
    return group;
}

std::map<std::string, function_entry> entries_of(const result_set& results) {
    std::map<std::string, function_entry> entries;
    for (const accuracy_result& result : results.accuracy) {
        for (const function_entry& entry : result.functions) entries.emplace(entry.name, entry);
    }
    return entries;
}

/// Known types in their order, then the others by name.
struct dtype_order {
    bool operator()(const std::string& a, const std::string& b) const {
        return std::pair(dtype_rank(a), a) < std::pair(dtype_rank(b), b);
    }
};

void group_by_function(model& all, const result_set& results) {
    std::map<std::string, std::map<std::string, std::vector<std::size_t>, dtype_order>> by_name;
    const auto entries = entries_of(results);
    for (const auto& [name, entry] : entries) by_name[name];
    for (std::size_t k = 0; k < all.kernels.size(); ++k) {
        const kernel_key& key = all.kernels[k].label.key;
        by_name[key.function][key.dtype].push_back(k);
    }
    for (auto& [name, dtypes] : by_name) {
        function_group group;
        group.name = name;
        group.title = name;
        const auto entry = entries.find(name);
        if (entry != entries.end()) {
            group.entry = entry->second;
            group.title = entry->second.title;
        }
        group.is_floor = !dtypes.empty();
        for (auto& [dtype, kernels] : dtypes) {
            for (const std::size_t k : kernels) group.is_floor = group.is_floor && all.kernels[k].is_copy();
            group.dtypes.push_back(make_group(all, dtype, std::move(kernels)));
        }
        all.functions.push_back(std::move(group));
    }
}

}  // namespace

const timing* kernel::timed(const condition& under) const {
    const auto found = timings.find(under);
    return found != timings.end() && found->second.was_timed() ? &found->second : nullptr;
}

std::string kernel::defect() const {
    if (!checked) return "";
    if (checked->status == "broken") return "its promise is broken";
    if (checked->status == "crashed") return "it crashed";
    if (checked->status == "timeout") return "it ran out of time";
    if (checked->status == "skipped") return "it was not run";
    if (checked->nan_mismatches.value_or(0) == 0) return "";
    return fmt::format("NaN is wrong for {}", count_of(*checked->nan_mismatches, "input"));
}

std::size_t model::isa_rank(const std::string& isa) const {
    return static_cast<std::size_t>(std::find(isas.begin(), isas.end(), isa) - isas.begin());
}

const function_group* model::find_function(const std::string& name) const {
    const auto found = std::find_if(functions.begin(), functions.end(),
                                    [&](const function_group& each) { return each.name == name; });
    return found == functions.end() ? nullptr : &*found;
}

const kernel* model::floor_of(const std::string& dtype, const std::string& isa, const condition& under,
                              std::size_t run) const {
    const kernel* best = nullptr;
    const kernel* best_of_isa = nullptr;
    const auto keep_faster = [&](const kernel*& into, const kernel& each) {
        if (into == nullptr || each.timed(under)->ns.median < into->timed(under)->ns.median) into = &each;
    };
    for (const kernel& each : kernels) {
        if (!each.is_copy() || each.label.key.dtype != dtype) continue;
        const timing* time = each.timed(under);
        if (time == nullptr || time->run != run || !each.defect().empty()) continue;
        keep_faster(best, each);
        if (each.label.key.isa == isa) keep_faster(best_of_isa, each);
    }
    return best_of_isa != nullptr ? best_of_isa : best;
}

const kernel* model::fastest_copy(const std::string& dtype, const condition& under) const {
    const kernel* best = nullptr;
    for (const kernel& each : kernels) {
        if (!each.is_copy() || each.label.key.dtype != dtype || !each.defect().empty()) continue;
        const timing* time = each.timed(under);
        if (time != nullptr && (best == nullptr || time->ns.median < best->timed(under)->ns.median))
            best = &each;
    }
    return best;
}

model join(const result_set& results) {
    model all;
    all.kernels = gather(results);
    all.isas = isa_order(results, all.kernels);
    std::set<std::string> methods;
    for (const kernel& each : all.kernels) methods.insert(each.label.method);
    all.methods.assign(methods.begin(), methods.end());
    group_by_function(all, results);
    compare_kernels(all);
    return all;
}

}  // namespace ulpfront::reports
