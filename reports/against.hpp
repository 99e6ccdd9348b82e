// Two sets of results side by side: two commits, compilers, machines.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/model.hpp"

namespace ulpfront::reports {

/// A fact of the surroundings that is not the same in both sets.
struct changed_fact {
    std::string what;
    std::string before;
    std::string after;
};

/// One kernel's speed under one condition, in both sets.
struct speed_change {
    /// identical: the same object code, so that a difference is not the kernel's. unknown: on different
    /// machines, and no ratio was asked for.
    enum class verdict { faster, slower, same, identical, unknown };

    std::size_t kernel = 0;  ///< index in the new model
    condition under;
    interval before;
    interval after;
    std::optional<ratio> times;  ///< the new time over the old one
    verdict is = verdict::unknown;
};

/// One kernel's errors in both sets, where they are not the same.
struct error_change {
    enum class verdict { better, worse, different_inputs };

    std::size_t kernel = 0;  ///< index in the new model
    std::string before;
    std::string after;
    verdict is = verdict::different_inputs;
    std::string why;  ///< "the largest error: worse"
};

/// What changed from one set to another.
struct comparison {
    std::vector<changed_fact> facts;
    std::vector<std::string> machines;  ///< how the machines that timed differ; empty if they do not
    std::vector<speed_change> speeds;   ///< slowest change first
    std::vector<error_change> errors;   ///< worse ones first
    std::size_t same_errors = 0;        ///< kernels whose errors are the same in both
    std::vector<std::string> appeared;  ///< kernels that only the new set has
    std::vector<std::string> vanished;
    std::optional<ratio> noise;  ///< median, lowest and highest ratio of kernels with the same object code

    [[nodiscard]] std::size_t count(speed_change::verdict of) const;
    [[nodiscard]] std::size_t count(error_change::verdict of) const;
};

/// Compares new results with old ones. Times of different machines get no ratio unless it is asked for.
comparison compare_results(const result_set& results, const model& all, const result_set& old_results,
                           const model& old_all, bool across_machines);

/// "faster", "slower", "same", "identical code", "other machine".
const char* verdict_text(speed_change::verdict of);
/// "more exact", "less exact", "other inputs".
const char* verdict_text(error_change::verdict of);

}  // namespace ulpfront::reports
