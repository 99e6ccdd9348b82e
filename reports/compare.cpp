// Kernels against the floor, the textbook formula, the cheapest function, and one another.
#include <algorithm>
#include <set>

#include "reports/model.hpp"

namespace ulpfront::reports {
namespace {

/// The fastest sound kernel of a function, of one ISA or (empty) of all.
const kernel* fastest_of(const model& all, const kernel_group& group, const std::string& isa,
                         const condition& under) {
    const kernel* best = nullptr;
    for (const std::size_t k : group.kernels) {
        const kernel& each = all.kernels[k];
        const timing* time = each.timed(under);
        if (time == nullptr || !each.defect().empty()) continue;
        if (!isa.empty() && each.label.key.isa != isa) continue;
        if (best == nullptr || time->ns.median < best->timed(under)->ns.median) best = &each;
    }
    return best;
}

const kernel_group* group_of(const function_group& function, const std::string& dtype) {
    const auto found = std::find_if(function.dtypes.begin(), function.dtypes.end(),
                                    [&](const kernel_group& group) { return group.dtype == dtype; });
    return found == function.dtypes.end() ? nullptr : &*found;
}

/// Of functions that tie with the fastest the one with the shortest formula: noise must not choose.
void find_cheapest(model& all, const std::string& dtype, const condition& under) {
    struct candidate {
        std::size_t function;
        interval time;
    };
    std::vector<candidate> candidates;
    for (std::size_t f = 0; f < all.functions.size(); ++f) {
        const kernel_group* group = all.functions[f].is_floor ? nullptr : group_of(all.functions[f], dtype);
        const kernel* best = group == nullptr ? nullptr : fastest_of(all, *group, "", under);
        if (best != nullptr) candidates.push_back({f, best->timed(under)->ns});
    }
    if (candidates.empty()) return;
    const auto fastest =
        std::min_element(candidates.begin(), candidates.end(),
                         [](const auto& a, const auto& b) { return a.time.median < b.time.median; });
    const auto formula_length = [&](const candidate& each) {
        const auto& entry = all.functions[each.function].entry;
        return entry ? entry->formula.size() : std::string::npos;
    };
    const candidate* chosen = &*fastest;
    for (const candidate& each : candidates) {
        if (overlap(each.time, fastest->time) && formula_length(each) < formula_length(*chosen))
            chosen = &each;
    }
    all.cheapest[{dtype, under}] = chosen->function;
}

void find_all_cheapest(model& all) {
    std::set<std::pair<std::string, condition>> measured;
    for (const function_group& function : all.functions) {
        for (const kernel_group& group : function.dtypes) {
            for (const condition& under : group.conditions) measured.emplace(group.dtype, under);
        }
    }
    for (const auto& [dtype, under] : measured) find_cheapest(all, dtype, under);
}

void set_ratios(const model& all, const kernel_group& group, const kernel& of, const condition& under,
                timing& time) {
    const kernel_key& key = of.label.key;
    if (const kernel* floor = all.floor_of(group.dtype, key.isa, under, time.run)) {
        time.to_floor = divide(time.ns, floor->timed(under)->ns);
    }
    if (const timing* naive = group.naive ? all.kernels[*group.naive].timed(under) : nullptr) {
        time.over_naive = divide(naive->ns, time.ns);
    }
    if (const kernel* cheapest = cheapest_kernel(all, group.dtype, key.isa, under)) {
        time.to_cheapest = divide(time.ns, cheapest->timed(under)->ns);
    }
}

/// Compares the kernels of a list under one condition, by one of their errors; `place` says which standing to
/// fill.
void compare(model& all, const std::vector<std::size_t>& list, const condition& under,
             std::optional<double> accuracy_row::*error, std::optional<standing> timing::*place) {
    std::vector<std::size_t> members;
    std::vector<contender> contenders;
    for (const std::size_t k : list) {
        const timing* time = all.kernels[k].timed(under);
        if (time == nullptr || !all.kernels[k].comparable()) continue;
        const auto& value = (*all.kernels[k].checked).*error;
        if (!value) continue;
        members.push_back(k);
        contenders.push_back({time->ns, *value});
    }
    std::vector<standing> found = find_front(contenders);
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i].dominator) found[i].dominator = members[*found[i].dominator];
        for (std::size_t& tie : found[i].ties) tie = members[tie];
        all.kernels[members[i]].timings.at(under).*place = std::move(found[i]);
    }
}

void compare_group(model& all, const kernel_group& group) {
    for (const condition& under : group.conditions) {
        compare(all, group.kernels, under, &accuracy_row::max_ulp, &timing::over_all);
        std::map<std::string, std::vector<std::size_t>> by_isa;
        for (const std::size_t k : group.kernels) by_isa[all.kernels[k].label.key.isa].push_back(k);
        for (const auto& [isa, members] : by_isa) {
            compare(all, members, under, &accuracy_row::max_ulp, &timing::within_isa);
            compare(all, members, under, &accuracy_row::max_abs_error, &timing::absolute);
        }
    }
}

void set_ratios_of(model& all, const kernel_group& group) {
    for (const std::size_t k : group.kernels) {
        for (auto& [under, time] : all.kernels[k].timings) {
            if (time.was_timed()) set_ratios(all, group, all.kernels[k], under, time);
        }
    }
}

}  // namespace

const kernel* cheapest_kernel(const model& all, const std::string& dtype, const std::string& isa,
                              const condition& under) {
    const auto found = all.cheapest.find({dtype, under});
    if (found == all.cheapest.end()) return nullptr;
    const kernel_group* group = group_of(all.functions[found->second], dtype);
    const kernel* same_isa = fastest_of(all, *group, isa, under);
    return same_isa != nullptr ? same_isa : fastest_of(all, *group, "", under);
}

void compare_kernels(model& all) {
    find_all_cheapest(all);
    for (const function_group& function : all.functions) {
        for (const kernel_group& group : function.dtypes) {
            set_ratios_of(all, group);
            compare_group(all, group);
        }
    }
}

}  // namespace ulpfront::reports
