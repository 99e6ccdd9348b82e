// What kernels there are, found out without loading a kernel library into this process.
#pragma once

#include <string>
#include <vector>

#include "impls/catalogue.hpp"

namespace ulpfront {

/// All libraries and their kernels.
struct listing {
    library_list libraries;
    std::vector<kernel_info> kernels;  ///< in the order of every list
};

/// Lists the libraries of a selection, whatever it says of their kernels, each in a worker of its own. Throws
/// failure (exit_usage) that names a library which cannot be loaded, dies when loaded, or takes longer than
/// `timeout` CPU seconds.
listing list_libraries(const selection& which, double timeout);

}  // namespace ulpfront
