// What results were measured on and with.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace ulpfront {

/// The machine and the build, in the words of the result files. Says nothing about time or place, so that
/// the same machine and build give the same words.
struct environment {
    std::string cpu;                ///< model name
    std::string architecture;       ///< "x86_64", "aarch64"
    std::string os;                 ///< distribution and kernel
    std::string libc;               ///< whose math functions scalar kernels call
    std::string compiler;           ///< of the tools; a library's own stands in its table
    std::string version;            ///< of this project
    std::string commit;             ///< of this project, "-dirty" behind it; "unknown" outside a repository
    std::vector<std::string> isas;  ///< those built whose features this CPU has
};

environment this_environment();

void to_json(nlohmann::json& to, const environment& from);

}  // namespace ulpfront
