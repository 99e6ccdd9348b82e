// Instructions that a call executes, counted by Valgrind: a witness without noise. Valgrind 3.19 knows no
// AVX-512 and hides it, so that a kernel of it dies and one that chooses by itself chooses another path:
// such kernels are not counted, and never replaced by what they are not.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bench/paired/request.hpp"
#include "impls/catalogue.hpp"

namespace ulpfront::paired {

/// Sizes of the two calls; the slope between them is free of what a call costs beside its elements.
inline constexpr std::size_t small_count = 2048;
inline constexpr std::size_t large_count = 6144;

/// Instructions per element of both sides of a pair.
struct instruction_count {
    double base = 0.0;
    double candidate = 0.0;
    std::string why_not;  ///< empty: they were counted
};

/// Where Valgrind is; empty if it is not installed.
std::string find_valgrind();

/// Why Valgrind cannot count a kernel on this CPU; empty if it can.
std::string why_uncountable(const kernel_info& kernel);

/// Counts the pairs, in as many runs as kernels kill one. Stops, having counted less, when interrupted.
std::vector<instruction_count> count_instructions(const std::vector<pair_task>& tasks,
                                                  const std::string& valgrind, double time_limit);

/// In a worker under Valgrind: calls each kernel with both sizes.
void call_to_be_counted(const count_request& request);

}  // namespace ulpfront::paired
