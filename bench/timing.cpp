#include "bench/timing.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <sstream>
#include <vector>

#include "impls/clock.hpp"
#include "impls/tool.hpp"

namespace ulpfront::bench {
namespace {

/// Keeps what Google Benchmark reports.
class last_run : public benchmark::BenchmarkReporter {
  public:
    bool ReportContext(const Context& /*context*/) override { return true; }
    void ReportRuns(const std::vector<Run>& report) override { run = report.front(); }

    Run run;
};

/// What reading the clock twice in a row says: the part of an interval that is the clock's own.
double clock_cost() {
    static const double cost = [] {
        std::array<double, 1001> differences{};
        for (double& difference : differences) {
            const double before = thread_seconds();
            difference = thread_seconds() - before;
        }
        std::nth_element(differences.begin(), differences.begin() + 500, differences.end());
        return differences[500];
    }();
    return cost;
}

void out_of_place(benchmark::State& state, const callable& kernel, const workload& on) {
    const unsigned char* const in = on.input();
    unsigned char* const out = on.output();
    const std::size_t n = on.shape().n;
    const std::size_t stride = on.stride();
    const std::size_t end = on.bytes();
    std::size_t at = 0;
    for ([[maybe_unused]] auto _ : state) {
        kernel.eval(kernel.ctx, in + at, out + at % page, n);
        benchmark::ClobberMemory();
        at += stride;
        if (at == end) at = 0;
    }
}

/// A pass over fresh inputs is timed, making them fresh is not: a kernel fed its own results would soon see
/// nothing but its fixed points or subnormal numbers.
void in_place(benchmark::State& state, const callable& kernel, const workload& on) {
    const auto windows = static_cast<benchmark::IterationCount>(on.windows());
    while (state.KeepRunningBatch(windows)) {
        on.refresh();
        const double before = thread_seconds();
        for (std::size_t at = 0; at < on.bytes(); at += on.stride()) {
            kernel.eval(kernel.ctx, on.output() + at, on.output() + at, on.shape().n);
            benchmark::ClobberMemory();
        }
        state.SetIterationTime(std::max(0.0, thread_seconds() - before - clock_cost()));
    }
}

}  // namespace

void set_up_timing(const run_settings& settings) {
    // Every flag is given: Google Benchmark takes those that are not from the environment.
    std::vector<std::string> arguments = {
        "ulpfront-bench",
        "--benchmark_list_tests=false",
        "--benchmark_filter=",
        fmt::format("--benchmark_min_time={}", settings.min_time),
        fmt::format("--benchmark_min_warmup_time={}", settings.min_warmup_time),
        "--benchmark_repetitions=1",
        "--benchmark_enable_random_interleaving=false",
        "--benchmark_report_aggregates_only=false",
        "--benchmark_display_aggregates_only=false",
        "--benchmark_format=console",
        "--benchmark_out=",
        "--benchmark_out_format=json",
        "--benchmark_time_unit=ns",
        "--benchmark_perf_counters=" + settings.perf_counters,
        fmt::format("--v={}", settings.verbosity),
    };
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    int count = static_cast<int>(pointers.size());
    benchmark::Initialize(&count, pointers.data());
}

void require_perf_counters(const std::string& names) {
    if (names.empty()) return;
    run_settings settings;
    settings.perf_counters = names;
    set_up_timing(settings);
    benchmark::RegisterBenchmark("probe", [](benchmark::State& state) {
        for ([[maybe_unused]] auto _ : state) benchmark::ClobberMemory();
    })->Iterations(1);
    last_run reporter;
    std::ostringstream said;
    std::streambuf* const log = std::clog.rdbuf(said.rdbuf());
    benchmark::RunSpecifiedBenchmarks(&reporter, ".");
    std::clog.rdbuf(log);
    if (!reporter.run.counters.empty()) return;
    throw failure(exit_usage, fmt::format("--benchmark_perf_counters '{}': cannot be counted here{}{}", names,
                                          said.str().empty() ? "" : "; Google Benchmark says: ", said.str()));
}

sample time_kernel(const std::string& name, const callable& kernel, const workload& on,
                   std::int64_t iterations) {
    const bool inplace = on.shape().inplace;
    benchmark::ClearRegisteredBenchmarks();
    auto* const registered = benchmark::RegisterBenchmark(name.c_str(), [&](benchmark::State& state) {
        if (inplace) {
            in_place(state, kernel, on);
        } else {
            out_of_place(state, kernel, on);
        }
    });
    if (iterations > 0) registered->Iterations(iterations);
    if (inplace) registered->UseManualTime();
    last_run reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter, ".");
    const auto& run = reporter.run;
    sample result{.iterations = run.iterations,
                  .real_seconds = run.real_accumulated_time,
                  .cpu_seconds = inplace ? run.real_accumulated_time : run.cpu_accumulated_time,
                  .counters = {},
                  .error = run.error_message};
    for (const auto& [key, value] : run.counters) result.counters[key] = value;
    return result;
}

}  // namespace ulpfront::bench
