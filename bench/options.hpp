// The command line of ulpfront-bench.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "bench/plan.hpp"
#include "impls/catalogue.hpp"

namespace ulpfront::bench {

/// Google Benchmark's flags. Its names, meanings and environment variables; the defaults are our own.
struct google_flags {
    bool list_tests = false;
    std::string filter;
    double min_time = 0.08;
    double min_warmup_time = 0.0;
    std::size_t repetitions = 21;
    bool random_interleaving = true;
    bool report_aggregates_only = false;
    std::optional<bool> display_aggregates_only;  ///< unset: the medians alone
    std::string format = "console";
    std::string out;
    std::string out_format = "json";
    std::string color = "auto";
    bool counters_tabular = false;
    std::string perf_counters;
    std::map<std::string, std::string> context;
    std::string time_unit = "ns";
    int verbosity = 0;
};

struct options {
    selection selected;
    input_matrix matrix;
    bool floor = true;
    bool check = true;
    std::string checker;  ///< for tests; empty: ulpfront-accuracy beside this program
    double time_limit = 20.0;
    std::uint64_t seed = 1;
    google_flags google;
};

/// Reads the command line. Prints --help or --version and returns nullopt if asked to; throws failure
/// (exit_usage) that names the flag at fault.
std::optional<options> parse_options(int argc, char** argv);

/// Understands a --size: "2048" or "2^11". Throws failure (exit_usage).
std::size_t read_size(const std::string& text);

/// Throws failure (exit_usage) if a flag's value is none of those allowed.
void require_one_of(const char* flag, const std::string& value, const std::vector<std::string>& allowed);

}  // namespace ulpfront::bench
