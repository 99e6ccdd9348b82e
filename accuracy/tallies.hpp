// What a sweep has counted so far: plain data, so that it can lie in memory shared between processes, and
// merged in any order with the same result.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "accuracy/reference/engine.hpp"

namespace ulpfront {

/// An exact sum of non-negative doubles: a fixed-point number wide enough for all of them. Order and
/// grouping do not matter.
class exact_sum {
  public:
    void add(double value);  ///< finite, >= 0
    void add(const exact_sum& other);
    [[nodiscard]] double value() const;  ///< rounded to double
    friend bool operator==(const exact_sum&, const exact_sum&) = default;

  private:
    friend struct exact_sum_text;
    std::array<std::uint64_t, 35> limbs_{};  // units of 2^-1074, least significant first
};

/// Where something was seen: bits of the input and of the result.
struct witness {
    bool seen = false;
    std::uint64_t input = 0;
    std::uint64_t output = 0;
    friend bool operator==(const witness&, const witness&) = default;
};

/// A maximum and where it is; of equal ones the one with the smallest input bits. A maximum of zero is
/// everywhere, and has no witness.
struct extreme {
    double value = -1.0;  ///< negative: nothing seen
    witness at;
    [[nodiscard]] bool seen() const { return value >= 0.0; }
    /// Takes over (value, at) if larger, or equal and of smaller input bits.
    void update(double value, const witness& at);
    friend bool operator==(const extreme&, const extreme&) = default;
};

/// A count and the witness with the smallest input bits.
struct occurrence {
    std::uint64_t count = 0;
    witness first;
    void add(std::uint64_t more, const witness& at);
    friend bool operator==(const occurrence&, const occurrence&) = default;
};

/// Errors over the inputs of one sign and exponent.
struct binade_tally {
    std::uint64_t counted = 0;
    double max_ulp = -1.0;  ///< an upper bound, tight to 2^-14 ULP; negative: nothing counted
    exact_sum sum_ulp;
};

/// Errors under a normal distribution of the inputs. Every input enters with its density: the part of the
/// distribution that falls on a run of inputs is shared evenly among them.
struct weighted_tally {
    exact_sum mass;  ///< of the distribution that was covered; 1 for a sweep of all inputs
    exact_sum sum_ulp;
    exact_sum sum_ulp_squared;
    std::array<std::uint64_t, error_bins_count> histogram{};  ///< in units of 2^-60

    /// Adds a run of results with this share of the distribution, their sums, and their own histogram.
    void add(double share, std::uint64_t counted, double sum, double sum_squared,
             const std::array<std::uint32_t, error_bins_count>& counts);
    /// The error that a share q of the distribution does not exceed: a bin's upper end.
    [[nodiscard]] double quantile(double q) const;
    void merge(const weighted_tally& other);
};

/// Everything counted about one kernel.
struct tallies {
    std::uint64_t inputs = 0;
    std::uint64_t undecided = 0;
    std::uint64_t judge_calls = 0;
    std::uint64_t misrounded = 0;
    std::uint64_t counted = 0;  ///< results that entered the sums
    occurrence over_promise;
    occurrence nan_mismatches;
    occurrence inf_mismatches;
    occurrence zero_sign_mismatches;
    occurrence flushed_subnormals;
    occurrence range_violations;
    occurrence monotonicity_violations;
    occurrence symmetry_violations;
    extreme worst;           ///< in ULP, over every input whose exact result is finite
    extreme worst_normal;    ///< in ULP, over normal exact results
    extreme worst_absolute;  ///< |computed - exact|
    extreme worst_relative;  ///< |computed - exact| / |exact| over normal exact results
    /// Of 16-bit types: the largest distance, in ulp, from the correctly rounded result, so that what storage
    /// costs any kernel is left out; negative: nothing seen.
    double rounding_steps = -1.0;
    exact_sum sum_ulp;
    exact_sum sum_ulp_squared;
    exact_sum sum_ulp_above;  ///< of results above the exact value: bias is the difference of these two
    exact_sum sum_ulp_below;
    std::array<std::uint64_t, error_bins_count> histogram{};
    std::array<binade_tally, 512> binades{};  ///< by the upper nine bits of the ordered key: ascending inputs
    std::array<weighted_tally, 2> normal{};   ///< N(0,1), N(0,3)

    /// Adds another part; associative and commutative.
    void merge(const tallies& other);
};
static_assert(std::is_trivially_copyable_v<tallies>);

}  // namespace ulpfront
