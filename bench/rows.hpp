// From samples to rows: what every output format shows.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bench/supervisor.hpp"

namespace ulpfront::bench {

double mean_of(const std::vector<double>& values);
double median_of(std::vector<double> values);
/// Of a sample (n - 1); 0 for one value.
double deviation_of(const std::vector<double>& values);

/// One line of a result: a repetition, a statistic over all of them, or an error.
struct row {
    std::string statistic;  ///< mean, median, stddev, cv; empty: a repetition
    std::int64_t iterations = 0;
    std::size_t repetition = 0;
    double real = 0.0;  ///< seconds per iteration; cv: a ratio
    double cpu = 0.0;
    std::map<std::string, double> counters;
    std::string error;

    [[nodiscard]] bool is_ratio() const { return statistic == "cv"; }
};

/// The time a copy takes, for each entry the one that bounds it from below.
class floors {
  public:
    /// last_level_cache: bytes; beyond it memcpy is the floor.
    floors(const std::vector<entry>& entries, std::size_t last_level_cache);

    /// ns per element of an entry's floor; nullopt where none was measured. In cache: the fastest null
    /// kernel of the same ISA (of any for `auto`); beyond it libc's memcpy.
    [[nodiscard]] std::optional<double> of(const entry& each) const;

  private:
    [[nodiscard]] bool bounds(const entry& floor, const entry& each) const;

    const std::vector<entry>& entries_;
    std::size_t last_level_cache_;
};

/// CPU time per element of a sample, in ns.
double ns_per_element(const entry& of, const sample& measured);

/// The repetitions of an entry, then its error if it has one. Counters: items_per_second,
/// bytes_per_second (read and written), ns_per_element, to_floor where the floor is known, and what was
/// measured beside.
std::vector<row> repetition_rows(const entry& of, std::optional<double> floor_ns);

/// mean, median, stddev and cv of two repetitions or more; empty with an error, as Google Benchmark has it.
std::vector<row> statistic_rows(const std::vector<row>& repetitions);

/// A row in Google Benchmark's JSON layout with the members that this project adds.
nlohmann::json row_to_json(const row& from, const entry& of, std::size_t family);

}  // namespace ulpfront::bench
