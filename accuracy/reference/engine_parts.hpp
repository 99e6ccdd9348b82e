// The engine's comparing half (engine_compare.cpp), as its table needs it; engine.hpp documents the calls.
#pragma once

#include "accuracy/reference/engine.hpp"

namespace ulpfront {

comparison_result compare_f32(const comparison& block, const comparison_limits& limits,
                              std::uint32_t* rounding_open, std::uint32_t* promise_open,
                              std::uint32_t* histogram);
std::size_t collect_f32(const comparison& block, const comparison_limits& limits, double threshold,
                        bool normal_only, std::uint32_t* indices, std::size_t room);
std::uint64_t count_falls_f32(const float* y, std::size_t n, int direction, std::size_t& first);

}  // namespace ulpfront
