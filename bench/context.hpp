// Under what circumstances was it measured: the "context" of a result.
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "impls/catalogue.hpp"

namespace ulpfront::bench {

/// The machine, the system and this build: every member of the context that does not depend on the run.
nlohmann::json describe_circumstances(const std::string& executable);

/// name, version, compiler and flags of every library among the kernels, each once.
nlohmann::json describe_libraries(const std::vector<kernel_info>& kernels);

/// Bytes of the largest cache as the system reports it; 32 MiB where it reports none.
std::size_t last_level_cache();

}  // namespace ulpfront::bench
