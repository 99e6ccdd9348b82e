// The command line of ulpfront-gate.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "bench/plan.hpp"
#include "impls/catalogue.hpp"
#include "reports/gate/speed.hpp"

namespace ulpfront::gate {

struct options {
    std::string base;
    std::string candidate;
    selection selected;
    bool accuracy = true;
    bool speed = true;
    bool instructions = true;
    std::string inputs = "all";  ///< as ulpfront-accuracy takes them
    std::vector<bench::input_matrix> matrices;
    speed_limits limits;
    bool check_identical = false;
    bool time_identical = false;
    bool fail_on_inconclusive = false;
    bool fail_on_instructions = false;
    bool verbose = false;
    double time_limit = 20.0;  ///< CPU seconds
    std::string accepted;      ///< file of accepted losses
    std::string incomparable;  ///< why there is nothing to compare, if that is known already
    std::string json;
    std::string markdown;
    std::string junit;
    std::string checker;  ///< ulpfront-accuracy; empty: beside this binary
};

/// Reads the command line; nullopt after --help and --version. Throws failure (exit_usage).
std::optional<options> parse_options(int argc, char** argv);

/// How many inputs of a dtype "all", "quick" or a number means; for binary64 "all" is a sample.
std::uint64_t number_of_inputs(const std::string& inputs, std::uint32_t dtype);

}  // namespace ulpfront::gate
