// Runs a plan in worker processes, so that a kernel that crashes or hangs costs itself alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bench/plan.hpp"
#include "bench/timing.hpp"
#include "impls/catalogue.hpp"

namespace ulpfront::bench {

/// A case and what became of it.
struct entry {
    benchmark_case what;
    std::string check;         ///< the quick check's word: ok, broken, crashed, timeout, skipped; unchecked
    std::string check_reason;  ///< why it was skipped, or what was found
    std::string error;         ///< why it is not, or no longer, timed; empty if all is well
    bool died = false;         ///< the error is a crash, a hang or an exit while it was timed
    std::string first_death;   ///< how a worker died in it; the second time is an error
    std::vector<sample> samples;
    std::size_t wanted = 0;  ///< repetitions

    [[nodiscard]] bool finished() const { return !error.empty() || samples.size() >= wanted; }
};

/// Loads kernel libraries in a worker and returns what they hold. Throws failure (exit_usage) for one that
/// is rejected or kills the worker.
std::vector<kernel_info> list_kernels(const std::vector<std::string>& libraries);

struct supervision {
    run_settings settings;
    std::uint64_t seed = 0;
    double time_limit = 0.0;            ///< CPU seconds a single run may take beyond twenty times its minimum
    std::function<void()> on_progress;  ///< after every run, and several times a second
};

/// Times the entries in the order given, skipping those with an error. What a worker measured before it
/// died is kept; a worker dying twice in one entry is that entry's error, as is a hang. Returns whether
/// all was done; false after an interrupt. Throws failure where no worker can run at all.
bool time_entries(std::vector<entry>& entries, const std::vector<std::size_t>& order, const supervision& how);

}  // namespace ulpfront::bench
