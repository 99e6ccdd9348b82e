#include "reports/front.hpp"

#include <algorithm>
#include <tuple>

namespace ulpfront::reports {
namespace {

std::vector<std::size_t> dominators_of(const std::vector<contender>& all, std::size_t index) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (dominates(all[i], all[index])) found.push_back(i);
    }
    return found;
}

std::vector<std::size_t> ties_of(const std::vector<contender>& all, std::size_t index) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i != index && all[i].error == all[index].error && overlap(all[i].time, all[index].time)) {
            found.push_back(i);
        }
    }
    return found;
}

}  // namespace

speed_order compare_speed(const interval& a, const interval& b) {
    if (overlap(a, b)) return speed_order::tie;
    return a.high < b.low ? speed_order::faster : speed_order::slower;
}

bool dominates(const contender& a, const contender& b) {
    const speed_order speed = compare_speed(a.time, b.time);
    if (speed == speed_order::slower || a.error > b.error) return false;
    return speed == speed_order::faster || a.error < b.error;
}

std::vector<standing> find_front(const std::vector<contender>& all) {
    std::vector<standing> standings(all.size());
    std::vector<std::vector<std::size_t>> dominators(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        dominators[i] = dominators_of(all, i);
        standings[i].on_front = dominators[i].empty();
        standings[i].ties = ties_of(all, i);
    }
    // Ties are not transitive, so a dominator need not be on the front itself; where one is, it is named.
    const auto preference = [&](std::size_t i) {
        return std::tuple(!standings[i].on_front, all[i].time.median, all[i].error, i);
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (standings[i].on_front) continue;
        standings[i].dominator =
            *std::min_element(dominators[i].begin(), dominators[i].end(),
                              [&](auto a, auto b) { return preference(a) < preference(b); });
    }
    return standings;
}

}  // namespace ulpfront::reports
