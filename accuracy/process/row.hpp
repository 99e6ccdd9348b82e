// The verdict on a kernel, and its row in the result file.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "accuracy/process/function_check.hpp"

namespace ulpfront {

/// "ok", "broken", "crashed", "timeout" or "skipped", why in one sentence, and everything found wrong.
struct verdict {
    std::string status;
    std::string reason;  ///< empty where ok
    std::vector<fault> faults;
};

verdict judge_outcome(const outcome& from);

/// Whether all inputs of the dtype were tried, so that a maximum is one.
bool is_exhaustive(const outcome& from);

/// Whether moreover the reference that they were compared with is the one its certificate is of.
bool is_certified(const outcome& from);

/// What a maximum is: "certified", "exhaustive" or "found".
const char* kind_of(const outcome& from);

/// The row of the result file.
nlohmann::json result_row(const outcome& from);

/// A kernel's own members of a row, as `list --json` and the results have them.
nlohmann::json kernel_members(const kernel_info& kernel);

/// The largest error promised, for people: "4 ULP", "exact", "abs 2^-11", "none".
std::string promise_words(const kernel_info& kernel);

}  // namespace ulpfront
