// Runs pairs in worker processes, so that a kernel that crashes or hangs costs itself alone.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bench/paired/request.hpp"

namespace ulpfront::paired {

/// How the kernels of a pair ended their process; empty: they did not.
struct deaths {
    std::string base;
    std::string candidate;

    [[nodiscard]] bool any() const { return !base.empty() || !candidate.empty(); }
};

/// What hears of a timing run.
struct timing_listener {
    std::function<void(std::size_t task, const visit_result&)> visited;
    std::function<void(std::size_t task, const deaths&)> died;  ///< nothing more comes of this task
    std::function<void(const nlohmann::json&)> settled;         ///< where the worker runs (machine.hpp)
    std::function<bool()> stop;                                 ///< asked several times a second
};

/// Makes the visits in a fresh worker; after a death in another one, without the pair that died. Each side of
/// that pair is then called alone, so that the death has a name. `time_limit`: CPU seconds that a worker may
/// take for one visit beyond the visit's own, on the wall ten times as many. Throws failure where no worker
/// can run.
void run_visits(const timing_request& request, double time_limit, const timing_listener& listener);

/// What a bitwise comparison found.
struct bits_result {
    std::uint64_t compared = 0;
    std::uint64_t changed = 0;
    std::uint64_t input = 0;  ///< bits of the first input whose result changed
    std::uint64_t base = 0;   ///< its results
    std::uint64_t candidate = 0;
    deaths died;
    std::string error;
    bool complete = false;
};

/// Compares all of the requests, each over all its inputs, in as many workers at a time as there are CPUs.
/// `progress` hears the share done. Stops when interrupted, leaving results that are not complete.
std::vector<bits_result> compare_all(const std::vector<bits_request>& requests, double time_limit,
                                     const std::function<void(double)>& progress);

}  // namespace ulpfront::paired
