// The quick check: wrong kernels are not timed.
#pragma once

#include <string>
#include <vector>

#include "bench/supervisor.hpp"

namespace ulpfront::bench {

/// Has every kernel of the entries checked by `checker` (ulpfront-accuracy) with few inputs, and writes
/// into the entries what it found: a kernel that is broken, crashed or ran out of time gets its reason as
/// an error. Libraries are the --kernels paths. Returns how many kernels failed. Throws failure if the
/// checker cannot do it.
std::size_t check_entries(std::vector<entry>& entries, const std::string& checker,
                          const std::vector<std::string>& libraries);

/// ulpfront-accuracy beside the running binary.
std::string default_checker();

}  // namespace ulpfront::bench
