// The quick check: wrong kernels are not timed.
#pragma once

#include <string>
#include <vector>

#include "bench/supervisor.hpp"

namespace ulpfront::bench {

/// Has every kernel of the entries checked by `checker` (ulpfront-accuracy) with few inputs, and writes
/// into the entries what it found: a kernel that is broken, crashed or ran out of time gets its reason as
/// an error. The selection says which libraries there are. Returns how many kernels failed. Throws failure if
/// the checker cannot do it.
std::size_t check_entries(std::vector<entry>& entries, const std::string& checker, const selection& by);

/// ulpfront-accuracy beside the running binary.
std::string default_checker();

/// A name as a regular expression that matches it alone.
std::string literally(const std::string& name);

}  // namespace ulpfront::bench
