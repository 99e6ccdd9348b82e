// One timed run of one kernel, by Google Benchmark.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "bench/workload.hpp"

namespace ulpfront::bench {

/// What a run gave. In place both times are CPU time of the kernel's calls alone: making the inputs anew
/// between passes is left out.
struct sample {
    std::int64_t iterations = 0;             ///< calls of eval
    double real_seconds = 0.0;               ///< of all of them
    double cpu_seconds = 0.0;                ///< of the calling thread
    std::map<std::string, double> counters;  ///< performance counters, where asked for
    std::string error;                       ///< Google Benchmark's reason not to have measured
};

/// A kernel's array function with its context.
struct callable {
    void (*eval)(void* ctx, const void* in, void* out, std::size_t n);
    void* ctx;
};

/// How long a run lasts, and what Google Benchmark is to do beside.
struct run_settings {
    double min_time = 0.0;         ///< seconds
    double min_warmup_time = 0.0;  ///< seconds before every run
    std::string perf_counters;     ///< in libpfm's words, separated by commas
    int verbosity = 0;
};

/// Hands the settings to Google Benchmark; once, before the first run.
void set_up_timing(const run_settings& settings);

/// Throws failure (exit_usage) if Google Benchmark cannot count what --benchmark_perf_counters names.
void require_perf_counters(const std::string& names);

/// Times a kernel. iterations: how many calls; 0 lets Google Benchmark find how many last min_time.
sample time_kernel(const std::string& name, const callable& kernel, const workload& on,
                   std::int64_t iterations);

}  // namespace ulpfront::bench
