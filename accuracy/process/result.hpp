// The result file of a check, and what is said of it in the end.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "accuracy/process/function_check.hpp"
#include "accuracy/process/inputs.hpp"

namespace ulpfront {

/// What stands in a result file beside its rows.
struct result_heading {
    bool complete = true;
    nlohmann::json environment;  ///< this_environment()
    nlohmann::json inputs;       ///< describe_inputs()
    nlohmann::json libraries;    ///< describe_libraries()
};

nlohmann::json describe_inputs(const input_request& request);

/// The libraries of the kernels, and those of the project's own that were skipped.
nlohmann::json describe_libraries(const library_list& libraries, const std::vector<kernel_info>& kernels);

/// The whole file: the heading, the kernels' functions, and a row for each outcome.
std::string result_text(const result_heading& heading, const std::vector<outcome>& outcomes);

/// How many kernels of each status.
struct status_counts {
    std::size_t ok = 0;
    std::size_t broken = 0;
    std::size_t crashed = 0;  ///< or hung
    std::size_t skipped = 0;
};
status_counts count_statuses(const std::vector<outcome>& outcomes);

/// The exit code these make: interrupted, crashed, broken, ok.
int exit_code_of(const status_counts& counts);

/// "12 kernels: 10 ok, 1 broken, 0 crashed or hung, 1 skipped".
std::string words_of(const status_counts& counts);

}  // namespace ulpfront
