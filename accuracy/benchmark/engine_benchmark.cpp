// How fast the accuracy engine itself is: nanoseconds an input for the reference of each function, and for
// the comparison of one kernel's results with it, over a fixed sample of all 2^32 inputs: one in 64 runs
// of 2^14 neighbours. The counter judge_calls is what the comparison left to the judge, in all 2^32 inputs.
// What a sweep of all inputs may cost beyond the kernels is 15 s for the reference and 3 s a kernel on two
// cores, with AVX2 twice that: 7.0 and 1.4 ns an input here, 14 and 2.8.
//
//   engine_benchmark                            every function on every ISA of this CPU
//   engine_benchmark --benchmark_filter=tanh    one
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "accuracy/measurement.hpp"
#include "accuracy/reference/reference_arrays.hpp"
#include "accuracy/ulp.hpp"
#include "impls/cpu.hpp"

namespace {

using namespace ulpfront;

constexpr std::size_t run = std::size_t{1} << 14;
constexpr std::uint64_t one_of = 64;
constexpr std::uint64_t runs = (std::uint64_t{1} << 32) / (run * one_of);

/// Some number, fixed for each.
std::uint64_t scattered(std::uint64_t from) { return from * 0x9e3779b97f4a7c15U >> 32; }

/// The inputs of run r, ascending, their successor behind them. Now this one of 64, now that: the same place
/// in every binade would show the same errors again and again.
std::vector<float> inputs_of(std::uint64_t r) {
    const std::uint64_t begin = (r * one_of + scattered(r) % one_of) * run;
    std::vector<float> x(run + 1);
    for (std::size_t i = 0; i <= run; ++i) {
        const std::uint64_t key = std::min<std::uint64_t>(begin + i, 0xffffffffU);
        x[i] = from_ordered_key<float>(static_cast<std::uint32_t>(key));
    }
    return x;
}

double sampled_inputs() { return static_cast<double>(run * runs); }

void reference(benchmark::State& state, const engine_table& /*engine*/, const engine_function& function) {
    reference_arrays arrays(run);
    while (state.KeepRunning()) {
        for (std::uint64_t r = 0; r < runs; ++r) {
            state.PauseTiming();
            const std::vector<float> x = inputs_of(r);
            state.ResumeTiming();
            function.evaluate(x.data(), arrays.block(), run);
        }
    }
    state.counters["ns_per_input"] = benchmark::Counter(
        sampled_inputs() * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// Results of a faithful kernel: the nearest number, for a fifth of those far from it the next nearest.
std::vector<float> faithful_results(const reference_block& reference) {
    std::vector<float> y(run + 1);
    for (std::size_t i = 0; i < run; ++i) {
        const double exact = reference_at(reference, i).value;
        y[i] = static_cast<float>(exact);
        const float other = std::nextafter(y[i], exact > y[i] ? 1e38F : -1e38F);
        const bool errs = scattered(std::bit_cast<std::uint32_t>(y[i])) % 5 == 0;
        if (errs && std::abs(exact - y[i]) > 0.45 * std::abs(other - y[i])) y[i] = other;
    }
    y[run] = y[run - 1];
    return y;
}

void comparison_of(benchmark::State& state, const engine_table& engine, const engine_function& function) {
    kernel_info kernel;
    kernel.function = function.name;
    kernel.promise_kind = ULPFRONT_PROMISE_ULP;
    kernel.promise_value = 4.0;
    reference_arrays arrays(run);
    std::uint64_t judge_calls = 0;
    while (state.KeepRunning()) {
        tallies counted;
        measurement measured(engine, kernel, counted);
        for (std::uint64_t r = 0; r < runs; ++r) {
            state.PauseTiming();
            const std::vector<float> x = inputs_of(r);
            function.evaluate(x.data(), arrays.block(), run);
            const std::vector<float> y = faithful_results(arrays.block());
            state.ResumeTiming();
            measured.add({x.data(), arrays.block(), y.data(), run}, true);
        }
        judge_calls = counted.judge_calls;
    }
    state.counters["ns_per_input"] = benchmark::Counter(
        sampled_inputs() * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    state.counters["judge_calls"] = static_cast<double>(judge_calls) * 0x1p32 / sampled_inputs();
}

void add(const engine_table& engine, const std::string& isa) {
    const auto measure = [&](const std::string& what, auto how, const engine_function& function) {
        const std::string name = what + '/' + function.name + '/' + isa;
        benchmark::RegisterBenchmark(name.c_str(), [how, &engine, &function](benchmark::State& state) {
            how(state, engine, function);
        })->Unit(benchmark::kMillisecond);
    };
    for (std::size_t i = 0; i < engine.function_count; ++i) {
        measure("reference", reference, engine.functions[i]);
        measure("comparison", comparison_of, engine.functions[i]);
    }
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    for (const auto& isa : built_isas()) {
        if (const engine_table* engine = find_engine(isa.name); engine != nullptr) add(*engine, isa.name);
    }
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
