#include "bench/rows.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "bench/json_number.hpp"
#include "impls/cpu.hpp"

namespace ulpfront::bench {
namespace {

using nlohmann::json;

std::size_t bytes_moved(const workload_shape& shape) {
    return 2 * shape.n * format_of(shape.dtype).value().bytes;
}

row row_of(const entry& of, const sample& measured, std::size_t repetition, std::optional<double> floor_ns) {
    const auto iterations = static_cast<double>(measured.iterations);
    const double calls_per_second = iterations / measured.cpu_seconds;
    row result;
    result.iterations = measured.iterations;
    result.repetition = repetition;
    result.real = measured.real_seconds / iterations;
    result.cpu = measured.cpu_seconds / iterations;
    result.counters = measured.counters;
    result.counters["items_per_second"] = calls_per_second * static_cast<double>(of.what.shape.n);
    result.counters["bytes_per_second"] = calls_per_second * static_cast<double>(bytes_moved(of.what.shape));
    result.counters["ns_per_element"] = ns_per_element(of, measured);
    if (floor_ns) result.counters["to_floor"] = ns_per_element(of, measured) / *floor_ns;
    return result;
}

using statistic_function = double (*)(const std::vector<double>&);

struct statistic {
    const char* name;
    statistic_function compute;
};

const statistic statistics[] = {
    {"mean", mean_of},
    {"median", [](const std::vector<double>& values) { return median_of(values); }},
    {"stddev", deviation_of},
    {"cv", [](const std::vector<double>& values) { return deviation_of(values) / mean_of(values); }},
};

template <class Member>
std::vector<double> gather(const std::vector<row>& rows, const Member& member) {
    std::vector<double> values;
    for (const row& each : rows) values.push_back(member(each));
    return values;
}

}  // namespace

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double median_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : std::midpoint(values[half - 1], values[half]);
}

double deviation_of(const std::vector<double>& values) {
    if (values.size() < 2) return 0.0;
    const double mean = mean_of(values);
    double squares = 0.0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double ns_per_element(const entry& of, const sample& measured) {
    return 1e9 * measured.cpu_seconds / static_cast<double>(measured.iterations) /
           static_cast<double>(of.what.shape.n);
}

floors::floors(const std::vector<entry>& entries, std::size_t last_level_cache)
    : entries_(entries), last_level_cache_(last_level_cache) {}

bool floors::bounds(const entry& floor, const entry& each) const {
    if (!floor.what.is_floor() || !(floor.what.shape == each.what.shape) || floor.samples.empty())
        return false;
    const bool beyond = bytes_moved(each.what.shape) > last_level_cache_ && !each.what.shape.inplace;
    if (beyond || floor.what.is_memcpy()) return beyond && floor.what.is_memcpy();
    return each.what.kernel.isa == ULPFRONT_ISA_AUTO || floor.what.kernel.isa == each.what.kernel.isa;
}

std::optional<double> floors::of(const entry& each) const {
    std::optional<double> least;
    for (const entry& floor : entries_) {
        if (!bounds(floor, each)) continue;
        std::vector<double> times;
        for (const sample& measured : floor.samples) times.push_back(ns_per_element(floor, measured));
        const double median = median_of(times);
        if (median > 0.0 && median < least.value_or(INFINITY)) least = median;
    }
    return least;
}

std::vector<row> repetition_rows(const entry& of, std::optional<double> floor_ns) {
    std::vector<row> rows;
    for (std::size_t i = 0; i < of.samples.size(); ++i)
        rows.push_back(row_of(of, of.samples[i], i, floor_ns));
    if (of.error.empty()) return rows;
    row failed;
    failed.repetition = rows.size();
    failed.error = of.error;
    rows.push_back(failed);
    return rows;
}

std::vector<row> statistic_rows(const std::vector<row>& repetitions) {
    std::vector<row> rows;
    if (repetitions.size() < 2 || !repetitions.back().error.empty()) return rows;
    for (const statistic& each : statistics) {
        row result;
        result.statistic = each.name;
        result.iterations = static_cast<std::int64_t>(repetitions.size());
        result.real = each.compute(gather(repetitions, [](const row& r) { return r.real; }));
        result.cpu = each.compute(gather(repetitions, [](const row& r) { return r.cpu; }));
        for (const auto& counter : repetitions.front().counters) {
            const std::string& name = counter.first;
            result.counters[name] = each.compute(gather(repetitions, [&](const row& r) {
                const auto found = r.counters.find(name);
                return found == r.counters.end() ? NAN : found->second;
            }));
        }
        rows.push_back(std::move(result));
    }
    return rows;
}

namespace {

/// What all rows of a benchmark have in common.
json benchmark_to_json(const entry& of, std::size_t family) {
    const kernel_info& kernel = of.what.kernel;
    json to = {{"run_name", of.what.name()},
               {"family_index", family},
               {"per_family_instance_index", 0},
               {"repetitions", of.wanted},
               {"threads", 1},
               {"function", kernel.function},
               {"dtype", dtype_name(kernel.dtype)},
               {"kernel", kernel.kernel},
               {"shown", kernel.shown_name()},
               {"isa", isa_name(kernel.isa)},
               {"method", method_name(kernel.method)},
               {"library", kernel.library},
               {"distribution", distribution_name(of.what.shape.inputs)},
               {"n", of.what.shape.n},
               {"inplace", of.what.shape.inplace},
               {"check", of.check}};
    if (!of.check_reason.empty()) to["check_reason"] = of.check_reason;
    return to;
}

}  // namespace

json row_to_json(const row& from, const entry& of, std::size_t family) {
    const bool aggregate = !from.statistic.empty();
    json to = benchmark_to_json(of, family);
    to["name"] = aggregate ? of.what.name() + "_" + from.statistic : of.what.name();
    to["run_type"] = aggregate ? "aggregate" : "iteration";
    if (aggregate) {
        to["aggregate_name"] = from.statistic;
        to["aggregate_unit"] = from.is_ratio() ? "percentage" : "time";
    } else {
        to["repetition_index"] = from.repetition;
    }
    if (!from.error.empty()) {
        to["error_occurred"] = true;
        to["error_message"] = from.error;
    }
    const benchmark::TimeUnit unit = benchmark::GetDefaultTimeUnit();
    const double scale = from.is_ratio() ? 1.0 : benchmark::GetTimeUnitMultiplier(unit);
    to["iterations"] = from.iterations;
    to["real_time"] = to_number(from.real * scale);
    to["cpu_time"] = to_number(from.cpu * scale);
    to["time_unit"] = benchmark::GetTimeUnitString(unit);
    for (const auto& [counter, value] : from.counters) to[counter] = to_number(value);
    return to;
}

}  // namespace ulpfront::bench
