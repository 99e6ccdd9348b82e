// Numbers that tell references apart: equal ones have equal numbers, whatever the ISA that computed them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "accuracy/reference/engine.hpp"
#include "accuracy/reference/judge.hpp"

namespace ulpfront {

/// Of all values and bounds of a block of n inputs, and of its number among the blocks. Those of several
/// blocks are added (mod 2^64), in any order.
std::uint64_t fingerprint_of(const reference_block& block, std::size_t n, std::uint64_t number);

/// The same of correctly rounded results; all NaNs count as one.
std::uint64_t fingerprint_of(const float* rounded, std::size_t n, std::uint64_t number);

/// Writes the correctly rounded results a reference has for x[i], i < n; where it leaves a rounding open
/// `exact` decides, NaN where not even that does. Returns how many the judge was asked for.
std::size_t round_reference(const reference_block& block, const float* x, std::size_t n,
                            const judge<float>& exact, float* rounded);

}  // namespace ulpfront
