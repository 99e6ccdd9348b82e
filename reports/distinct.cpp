#include "reports/distinct.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace ulpfront::reports {
namespace {

/// What orders kernels for a look: those on the front by time, without timings all by error.
double interest(const report& of, const kernel_group& group, std::size_t k) {
    constexpr double none = std::numeric_limits<double>::infinity();
    const kernel& each = of.all.kernels[k];
    if (!group.usual) return each.checked->max_ulp.value_or(none);
    const timing* time = each.timed(*group.usual);
    return time != nullptr && time->over_all && time->over_all->on_front ? time->ns.median : none;
}

void choose_styles(const report& of, const kernel_group& group, std::vector<alike>& all) {
    constexpr double none = std::numeric_limits<double>::infinity();
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < all.size(); ++i) {
        double best = none;
        for (const std::size_t k : all[i].kernels) best = std::min(best, interest(of, group, k));
        if (best < none) order.emplace_back(best, i);
    }
    std::sort(order.begin(), order.end());
    std::size_t style = 0;
    for (const auto& [best, i] : order) {
        if (style == most_lines - 1) break;
        all[i].style = style++;
    }
    std::size_t greyed = 0;
    for (alike& each : all) {
        const bool front = std::any_of(each.kernels.begin(), each.kernels.end(),
                                       [&](std::size_t k) { return is_on_a_front(of, group, k); });
        const auto has_naive =
            group.naive && std::count(each.kernels.begin(), each.kernels.end(), *group.naive);
        if (has_naive && !each.style) each.style = style++;
        each.shown = each.style || (front && greyed++ < most_greyed);
    }
}

}  // namespace

bool is_on_a_front(const report& of, const kernel_group& group, std::size_t k) {
    if (!group.usual) return true;
    const timing* time = of.all.kernels[k].timed(*group.usual);
    return time != nullptr &&
           ((time->within_isa && time->within_isa->on_front) || (time->absolute && time->absolute->on_front));
}

std::vector<alike> group_alike(const report& of, const kernel_group& group) {
    using errors = std::tuple<std::string, std::optional<double>, std::optional<double>,
                              std::optional<double>, std::optional<std::uint64_t>, std::string, std::string>;
    std::map<errors, std::vector<std::size_t>> same;
    for (const std::size_t k : group.kernels) {
        const auto& row = of.all.kernels[k].checked;
        if (!row || !row->max_ulp) continue;
        same[{row->label.shown, row->max_ulp, row->mean_ulp, row->rms_ulp, row->misrounded, row->worst_input,
              row->worst_output}]
            .push_back(k);
    }
    std::vector<alike> all;
    for (auto& [key, kernels] : same) {
        std::sort(kernels.begin(), kernels.end(), [&](auto a, auto b) {
            const auto rank = [&](std::size_t k) { return of.all.isa_rank(of.all.kernels[k].label.key.isa); };
            return std::pair(rank(a), a) < std::pair(rank(b), b);
        });
        all.push_back({std::move(kernels), std::nullopt, true});
    }
    choose_styles(of, group, all);
    return all;
}

std::string isas_text(const report& of, std::vector<std::size_t> kernels) {
    std::sort(kernels.begin(), kernels.end(), [&](auto a, auto b) {
        return of.all.isa_rank(of.all.kernels[a].label.key.isa) <
               of.all.isa_rank(of.all.kernels[b].label.key.isa);
    });
    std::string text;
    for (const std::size_t k : kernels) text += (text.empty() ? "" : ", ") + of.all.kernels[k].label.key.isa;
    return text;
}

std::string alike_name(const report& of, const std::vector<std::size_t>& kernels) {
    return fmt::format("{} ({})", of.all.kernels[kernels.front()].label.shown, isas_text(of, kernels));
}

}  // namespace ulpfront::reports
