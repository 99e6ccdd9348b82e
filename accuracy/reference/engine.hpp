// The vectorised half of the accuracy engine: reference values and comparisons, a block at a time.
//
// It is built once per vector ISA as a shared object of its own (build/*/engine/libulpfront_engine_ISA.so)
// and loaded after the CPU was asked, as kernel libraries are. It uses + - * / on binary64 and integer
// operations only, never FMA, so that every ISA gives the same bits.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "impls/element.hpp"

namespace ulpfront {

inline constexpr number_format binary32_format = element<float>::format;

/// Neighbouring inputs have neighbouring results: a group of 64 references is nearly always compact, that is
/// of one ulp, finite, not subnormal, and each so far from a rounding boundary that its nearest binary32
/// number is certain. It is then kept as those numbers and what is missing to the exact values: 8 bytes an
/// input, from which most comparisons are made in binary32 arithmetic.
struct reference_group {
    static constexpr std::size_t size = 64;
    double inverse_ulp;  ///< 1 / ulp of all 64, by the enclosures' ends nearer to zero; 0: not compact
    double uncertainty;  ///< how far, in ulp, an exact value may be from nearest + rest ulp; 0: not at all
    double smallest;     ///< the smallest |value|
    float largest_rest;  ///< largest |rest|; then the sums of |rest|, rest and rest^2
    float sum;
    float sum_signed;
    float sum_squared;
    bool one_binade;  ///< the enclosures' other ends have that ulp too
    bool normal;      ///< all values are normal; otherwise all round to zero
    /// So many groups, from this one on, have one nearest number, bit for bit, and this group's other
    /// members; 0: the nearest numbers of this group alone differ.
    std::uint32_t alike;
};

/// The reference of a block of inputs: groups of 64, the last one perhaps shorter.
struct reference_block {
    float* nearest;           ///< in compact groups: the correctly rounded result
    float* rest;              ///< in compact groups: (value - nearest) / ulp
    double* value;            ///< in all others: the exact f(x[i]) lies in value[i] +- bound[i]
    double* bound;            ///< beside value
    reference_group* groups;  ///< one for each 64 inputs begun

    /// What is left from input `at` on, the first of a group.
    [[nodiscard]] reference_block from(std::size_t at) const {
        return {nearest + at, rest + at, value + at, bound + at, groups + at / reference_group::size};
    }

    /// How many groups n inputs make.
    static constexpr std::size_t groups_of(std::size_t n) {
        return (n + reference_group::size - 1) / reference_group::size;
    }
};

/// An enclosure: the exact value lies in value +- bound.
struct enclosed {
    double value;
    double bound;
};

/// The reference of input i. At a NaN value is NaN, at the infinities the limit, bound 0; a zero value
/// carries the sign the facts give it.
inline enclosed reference_at(const reference_block& block, std::size_t i) {
    const reference_group& group = block.groups[i / reference_group::size];
    if (group.inverse_ulp == 0.0) return {block.value[i], block.bound[i]};
    const double nearest = block.nearest[i];
    // Of two zeros the sum would lose the sign.
    if (block.rest[i] == 0.0F) return {nearest, group.uncertainty / group.inverse_ulp};
    return {nearest + block.rest[i] / group.inverse_ulp, group.uncertainty / group.inverse_ulp};
}

/// The reference of one function.
struct engine_function {
    const char* name;
    /// Inputs ascend (in the order of ordered_key, accuracy/ulp.hpp).
    void (*evaluate)(const float* x, const reference_block& to, std::size_t n);
};

/// One function's exact values for binary64. `evaluate` is null where the function is rational: then any
/// arithmetic that is exact is as good.
struct f64_function {
    const char* name;
    /// f(x[i]) lies within high[i] + low[i] +- error[i], high[i] being the nearest double to that sum. For
    /// |x| in 2^-900 ... 2^900; results below 2^-900 have errors that say nothing.
    void (*evaluate)(const double* x, double* high, double* low, double* error, std::size_t n);
};

/// Results beside their reference. Inputs ascend (in the order of ordered_key, accuracy/ulp.hpp).
struct comparison {
    const float* x;
    reference_block reference;
    const float* computed;  ///< widened to binary32 where the format is narrower
    std::size_t n;
};

/// The results [begin, end) of a comparison.
struct part {
    std::size_t begin;
    std::size_t end;
};

/// What a comparison judges by.
struct comparison_limits {
    number_format format;
    double promise_ulp;       ///< +inf: no promise of this kind
    double promise_absolute;  ///< in units of max(1, |f|); +inf: none
    double range_low;
    double range_high;
    bool flush_declared;  ///< zero is as good as a subnormal result, and as a subnormal input's result
};

/// What a comparison finds. Errors in ULP come as enclosures: the exact error lies between low and high.
/// Nothing here depends on what was compared before.
struct comparison_result {
    std::uint64_t misrounded;      ///< certainly not the nearest
    std::uint64_t nan_mismatches;  ///< NaN where the exact value is a number, or the other way round
    std::uint64_t inf_mismatches;  ///< infinite where it should be finite or the other way round
    std::uint64_t zero_sign_mismatches;
    std::uint64_t flushed_subnormals;  ///< zero where the nearest is subnormal
    std::uint64_t range_violations;
    std::uint64_t over_promise;  ///< certainly over one of the two limits
    std::uint64_t counted;       ///< results that enter sum_ulp
    double sum_ulp;              ///< of the errors' middles, added in a fixed order
    double sum_ulp_signed;       ///< of computed - exact
    double sum_ulp_squared;
    double max_low, max_high;                ///< bounds of the largest error; negative: nothing to compare
    double max_normal_low, max_normal_high;  ///< the same over results whose exact value is normal
    double max_absolute;              ///< no |computed - exact| is larger; negative: nothing to compare
    double max_relative;              ///< no |computed - exact| / |exact| is larger, over normal exact values
    std::size_t rounding_open_count;  ///< results whose rounding the enclosure leaves open
    std::size_t promise_open_count;   ///< results that may or may not be over a limit
};

/// The most that `collect` may be asked for.
inline constexpr std::size_t most_candidates = 16;

/// How errors are measured.
enum class error_measure {
    ulp,         ///< |computed - exact| / ulp(exact)
    ulp_normal,  ///< the same over normal exact values
    absolute,    ///< |computed - exact|
    relative,    ///< |computed - exact| / |exact| over normal exact values
};

/// The histogram of errors has 16 bins an octave from 2^-8 to 2^24 ULP; bin 0 holds what is smaller, the
/// last what is larger.
inline constexpr std::int64_t error_bin_base = ((1023 - 9) << 4) + 15;
inline constexpr std::size_t error_bins_count = 1 + 32 * 16 + 1;

/// The bin of an error in ULP, by its exponent and the first four bits of its mantissa.
constexpr std::size_t error_bin(double ulp) {
    const double clamped = ulp < 0x1.fp-9 ? 0x1.fp-9 : (ulp > 0x1p24 ? 0x1p24 : ulp);
    return static_cast<std::size_t>((std::bit_cast<std::int64_t>(clamped) >> 48) - error_bin_base);
}

/// Where a bin begins; bin 0 at 0.
constexpr double error_bin_begin(std::size_t bin) {
    return bin == 0 ? 0.0 : std::bit_cast<double>((static_cast<std::int64_t>(bin) + error_bin_base) << 48);
}

/// What the shared object exports, by a C function `ulpfront_engine`.
struct engine_table {
    const engine_function* functions;
    std::size_t function_count;
    /// Compares a part; writes the indices of open decisions to the two lists (each of room for the part),
    /// and adds each comparable result to the histogram's error_bins_count bins.
    comparison_result (*compare)(const comparison& block, part which, const comparison_limits& limits,
                                 std::uint32_t* rounding_open, std::uint32_t* promise_open,
                                 std::uint32_t* histogram);
    /// Indices of up to `room` results of a part whose error may be its largest, and at least `threshold`:
    /// those with the largest middles, of equal ones those with the smallest input bits. Returns how many
    /// were written.
    std::size_t (*collect)(const comparison& block, part which, const comparison_limits& limits,
                           error_measure measure, double threshold, std::uint32_t* indices, std::size_t room);
    /// How many i < n-1 have y[i], y[i+1] in the wrong order for the direction (+1 never falls, -1 never
    /// rises); NaN is in no order. `first` becomes the first such i, if any.
    std::uint64_t (*count_falls)(const float* y, std::size_t n, int direction, std::size_t& first);
    const f64_function* f64_functions;
    std::size_t f64_function_count;
};

/// The engine built for an ISA, from beside the running binary (../engine); null if there is none or this CPU
/// cannot run it.
const engine_table* find_engine(const char* isa);

/// Loads the engine for the widest ISA this CPU runs, as find_engine does. Throws failure (exit_internal) if
/// there is none.
const engine_table& load_engine();

/// The engine's reference for a function; null if the catalogue lacks it.
const engine_function* find_engine_function(const engine_table& engine, const char* name);

/// The same for binary64.
const f64_function* find_f64_function(const engine_table& engine, const char* name);

}  // namespace ulpfront
