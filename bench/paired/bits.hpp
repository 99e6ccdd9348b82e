// Two kernels' results compared bit by bit.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/inputs.hpp"
#include "bench/paired/request.hpp"

namespace ulpfront::paired {

/// Whether so many inputs are all that a format has.
bool is_all(std::uint64_t inputs, const bench::element_format& format);

/// The bits of input number i of `inputs`: the i-th bit pattern where these are all there are, else one of
/// each of as many equal ranges of bit patterns, chosen by a hash of its number.
std::uint64_t input_bits(std::uint64_t i, std::uint64_t inputs, const bench::element_format& format);

/// Inputs that are tried beside these where not all are: zeros, ones, infinities, NaN, the borders of the
/// subnormal and of the finite numbers, and the seams with their neighbours.
std::vector<std::uint64_t> special_bits(const std::vector<double>& seams,
                                        const bench::element_format& format);

/// The value of a bit pattern.
double decode(std::uint64_t bits, const bench::element_format& format);

/// In a worker: compares and answers, block by block.
void compare_bits(const bits_request& request);

/// Inputs of a block: two arrays of results and the inputs stay in the second-level cache.
inline constexpr std::size_t bits_block = std::size_t{1} << 15;

}  // namespace ulpfront::paired
