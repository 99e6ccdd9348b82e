// What the engine's two halves share. engine.hpp documents the calls.
#pragma once

#include "accuracy/reference/engine.hpp"
#include "accuracy/reference/pack.hpp"

namespace ulpfront {

inline constexpr double smallest_normal = 0x1p-126;
inline constexpr double overflow_threshold = 0x1.ffffffp127;  // from here on the nearest is infinite

inline constexpr std::int64_t exponent_bits = std::int64_t{0x7ff} << 52;

/// 1 / ulp(y) of binary32: 2^-(max(e, -126) - 23) for 2^e <= |y| < 2^(e+1). The magnitude may be negative:
/// an enclosure's end beyond zero counts as zero. Where |y| may be just below or just above a power of two
/// callers pass the end nearer to zero, whose ulp is the smaller: functions saturate from below.
ULPFRONT_INLINE pack inverse_ulp(pack magnitude) {
    const pack_bits exponent = bits(larger(magnitude, pack(smallest_normal))) & pack_bits(exponent_bits);
    return from_bits(pack_bits(std::int64_t{2 * 1023 + 23} << 52) - exponent);
}

comparison_result compare_f32(const comparison& block, const comparison_limits& limits,
                              std::uint32_t* rounding_open, std::uint32_t* promise_open,
                              std::uint32_t* histogram);
std::size_t collect_f32(const comparison& block, const comparison_limits& limits, double threshold,
                        bool normal_only, std::uint32_t* indices, std::size_t room);
std::uint64_t count_falls_f32(const float* y, std::size_t n, int direction, std::size_t& first);

}  // namespace ulpfront
