// The front between speed and error (DESIGN 1).
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "reports/statistics.hpp"

namespace ulpfront::reports {

/// A kernel as the front sees it.
struct contender {
    interval time;       ///< ns per element
    double error = 0.0;  ///< maximum ULP error; may be infinite, not NaN
};

/// How a contender compares with another one.
enum class speed_order { faster, tie, slower };
speed_order compare_speed(const interval& a, const interval& b);

/// Whether a is no worse than b in both speed and error and better in one. Overlapping intervals are a
/// tie: neither is the slower one.
bool dominates(const contender& a, const contender& b);

/// Where a contender stands among the others.
struct standing {
    bool on_front = false;
    std::optional<std::size_t> dominator;  ///< where not on the front: the one to take instead
    std::vector<std::size_t> ties;         ///< same error, speed not distinguishable
};

/// The standing of each contender. Of several dominators one on the front is named, the fastest first.
std::vector<standing> find_front(const std::vector<contender>& all);

}  // namespace ulpfront::reports
