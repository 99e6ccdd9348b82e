// What the engine's two halves share. engine.hpp documents the calls.
#pragma once

#include <bit>
#include <limits>

#include "accuracy/reference/engine.hpp"
#include "accuracy/reference/pack.hpp"

namespace ulpfront {

inline constexpr std::int64_t exponent_bits = std::int64_t{0x7ff} << 52;

/// 2^exponent; exponent in [-1022, 1023].
constexpr double power_of_two(int exponent) {
    return std::bit_cast<double>(static_cast<std::int64_t>(1023 + exponent) << 52);
}

/// What is derived of a format.
struct format_facts {
    double smallest_normal;
    double overflow_threshold;  ///< from here on the nearest is infinite
    double overflow_counts_as;  ///< an infinity in place of a number
    int precision;

    constexpr explicit format_facts(const number_format& f)
        : smallest_normal(power_of_two(f.e_min)),
          overflow_threshold(power_of_two(f.e_max + 1) - power_of_two(f.e_max - f.precision)),
          overflow_counts_as(power_of_two(f.e_max + 1)),
          precision(f.precision) {}
};
inline constexpr format_facts binary32{binary32_format};

/// 1 / ulp(y): 2^-(max(e, e_min) - p + 1) for 2^e <= |y| < 2^(e+1). The magnitude may be negative: an
/// enclosure's end beyond zero counts as zero. Where |y| may be just below or just above a power of two
/// callers pass the end nearer to zero, whose ulp is the smaller: functions saturate from below.
ULPFRONT_INLINE pack inverse_ulp(pack magnitude, const format_facts& format) {
    const pack_bits exponent =
        bits(larger(magnitude, pack(format.smallest_normal))) & pack_bits(exponent_bits);
    return from_bits(pack_bits(std::int64_t{2 * 1023 - 1 + format.precision} << 52) - exponent);
}

/// The nearest number of a format, ties to even. Adding 3/2 2^52 ulp leaves a multiple of ulp.
ULPFRONT_INLINE pack through_format(pack y, const format_facts& format) {
    const pack magnitude = abs(y);
    const pack_bits exponent =
        bits(larger(magnitude, pack(format.smallest_normal))) & pack_bits(exponent_bits);
    const pack magic = from_bits(exponent + pack_bits(std::int64_t{53 - format.precision} << 52)) * pack(1.5);
    const pack rounded = (magnitude + magic) - magic;
    const pack overflows = select(magnitude < pack(format.overflow_threshold), rounded,
                                  pack(std::numeric_limits<double>::infinity()));
    return copysign(select(magnitude == magnitude, overflows, magnitude), y);
}

inline double sum_of(pack a) {
    double sum = 0.0;
    for (std::size_t i = 0; i < pack_width; ++i) sum += a[i];
    return sum;
}

inline double max_of(pack a) {
    double best = a[0];
    for (std::size_t i = 1; i < pack_width; ++i) best = a[i] > best ? a[i] : best;
    return best;
}

comparison_result compare(const comparison& block, part which, const comparison_limits& limits,
                          std::uint32_t* rounding_open, std::uint32_t* promise_open,
                          std::uint32_t* histogram);
std::size_t collect(const comparison& block, part which, const comparison_limits& limits, error_measure how,
                    double threshold, std::uint32_t* indices, std::size_t room);
/// Of all functions of the catalogue, in its order; so many.
extern const f64_function* const all_f64_functions;
extern const std::size_t f64_function_count;
std::uint64_t count_falls(const float* y, std::size_t n, int direction, std::size_t& first);

}  // namespace ulpfront
