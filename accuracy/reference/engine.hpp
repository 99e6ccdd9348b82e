// The vectorised half of the accuracy engine: reference values and comparisons, a block at a time.
//
// It is built once per vector ISA as a shared object of its own (build/*/engine/libulpfront_engine_ISA.so)
// and loaded after the CPU was asked, as kernel libraries are. It uses + - * / on binary64 and integer
// operations only, never FMA, so that every ISA gives the same bits.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace ulpfront {

/// Neighbouring inputs have neighbouring results: what a group of 64 references has in common is found
/// once, and most comparisons with them need no more.
struct reference_group {
    static constexpr std::size_t size = 64;
    double
        inverse_ulp;  ///< 1 / ulp of all 64, by the enclosures' ends nearer to zero; 0 where they differ, and
                      ///< where one is NaN, infinite or beyond the largest number, or was set by the facts
    double uncertainty;  ///< the largest bound / ulp
    double smallest;     ///< the smallest |value|
    bool one_binade;     ///< the enclosures' other ends have that ulp too
    bool normal;         ///< all values are normal; otherwise none is
};

/// The reference of one function. For every i the exact f(x[i]) lies in value[i] +- bound[i]. At a NaN
/// value is NaN, at the infinities the limit, bound 0; a zero value carries the sign the facts give it.
struct engine_function {
    const char* name;
    /// `groups` has room for n / 64; a rest shorter than a group has none.
    void (*evaluate_f32)(const float* x, double* value, double* bound, reference_group* groups,
                         std::size_t n);
};

/// n results beside their reference. Inputs ascend (in the order of ordered_key, accuracy/ulp.hpp).
struct comparison {
    const float* x;
    const double* value;
    const double* bound;
    const reference_group* groups;  ///< of the 64s from x on; null: not known, everything is compared in full
    const float* computed;
    std::size_t n;
};

/// What a comparison judges by.
struct comparison_limits {
    double promise_ulp;       ///< +inf: no promise of this kind
    double promise_absolute;  ///< in units of max(1, |f|); +inf: none
    double range_low;
    double range_high;
    double
        relative_seen;    ///< the largest relative error known before: only larger ones are looked at closely
    bool flush_declared;  ///< zero is as good as a subnormal result, and as a subnormal input's result
};

/// What a comparison finds. Errors in ULP come as enclosures: the exact error lies between low and high.
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
    double max_relative;       ///< |computed - exact| / |exact| over normal exact values; 0 if none above
                               ///< relative_seen
    double max_low, max_high;  ///< bounds of the largest error; negative: nothing to compare
    double max_normal_low, max_normal_high;  ///< the same over results whose exact value is normal
    double max_absolute;                     ///< largest |computed - exact|; negative: nothing to compare
    std::size_t max_absolute_at;
    std::size_t rounding_open_count;  ///< results whose rounding the enclosure leaves open
    std::size_t promise_open_count;   ///< results that may or may not be over a limit
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
    /// Compares; writes the indices of open decisions to the two lists (each of room for n), and adds each
    /// comparable result to the histogram's error_bins_count bins.
    comparison_result (*compare_f32)(const comparison& block, const comparison_limits& limits,
                                     std::uint32_t* rounding_open, std::uint32_t* promise_open,
                                     std::uint32_t* histogram);
    /// Indices of the results whose error may be at least `threshold` ULP; at most `room` of them, the
    /// first ones. `normal_only` leaves out subnormal exact values. Returns how many were written.
    std::size_t (*collect_f32)(const comparison& block, const comparison_limits& limits, double threshold,
                               bool normal_only, std::uint32_t* indices, std::size_t room);
    /// How many i < n-1 have y[i], y[i+1] in the wrong order for the direction (+1 never falls, -1 never
    /// rises); NaN is in no order. `first` becomes the first such i, if any.
    std::uint64_t (*count_falls_f32)(const float* y, std::size_t n, int direction, std::size_t& first);
};

/// Loads the engine for the widest ISA this CPU runs from beside the running binary (../engine). Throws
/// failure (exit_internal) if there is none.
const engine_table& load_engine();

/// The engine's reference for a function; null if the catalogue lacks it.
const engine_function* find_engine_function(const engine_table& engine, const char* name);

}  // namespace ulpfront
