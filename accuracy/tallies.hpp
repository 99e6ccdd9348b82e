// What a sweep has counted so far: plain data, so that it can lie in memory shared between processes, and
// merged in any order with the same result.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>

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

/// A maximum and where it is; of equal ones the one with the smallest input bits.
struct extreme {
    double value = -1.0;  ///< negative: nothing seen
    witness at;
    /// Takes over (value, at) if larger, or equal and of smaller input bits.
    void update(double value, const witness& at);
    friend bool operator==(const extreme&, const extreme&) = default;
};

/// A count and the witness with the smallest input bits.
struct occurrence {
    std::uint64_t count = 0;
    witness first;
    void add(std::uint64_t count, const witness& at);
    friend bool operator==(const occurrence&, const occurrence&) = default;
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
    exact_sum sum_ulp;
    exact_sum sum_ulp_squared;

    /// Adds another part; associative and commutative.
    void merge(const tallies& other);
};
static_assert(std::is_trivially_copyable_v<tallies>);

}  // namespace ulpfront
