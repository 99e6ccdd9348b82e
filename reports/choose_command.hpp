// `ulpfront-report choose`: the page's first screen, for one question.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ulpfront::reports {

struct choose_options {
    std::vector<std::string> results;
    std::string function;
    double max_ulp = 0.0;
    std::string isa;
    std::string dtype;
    std::string distribution;
    std::optional<std::uint64_t> n;
};

/// Prints the kernel to use and why; returns 0, or 1 where none fits (the nearest is named). Throws
/// failure for words that the results do not know (exit_usage) and for bad results (exit_bad_input).
int run_choose(const choose_options& options);

}  // namespace ulpfront::reports
