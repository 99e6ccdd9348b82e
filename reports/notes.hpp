// What a reader must know before trusting the figures, in plain sentences.
#pragma once

#include <string>
#include <vector>

#include "reports/model.hpp"

namespace ulpfront::reports {

/// What disturbed the measurement: virtual machine, load, scaling, few repetitions, interrupted runs,
/// errors that are only the largest found.
std::vector<std::string> find_warnings(const result_set& results, const model& all);

/// What a full report would have and this one lacks.
std::vector<std::string> find_gaps(const result_set& results, const model& all);

/// One sentence for each kernel that broke its promise, crashed or hung.
std::vector<std::string> find_broken(const model& all);

/// "12 kernels with an error bound kept it ...", where there is any and none broke it.
std::string kept_text(const model& all);

/// What the textbook formula of each function gets wrong, where it does; one sentence each.
std::vector<std::string> find_naive_failures(const model& all);

}  // namespace ulpfront::reports
