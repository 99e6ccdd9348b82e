// What the CPU can run, and the names of the ABI's numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulpfront {

/// An instruction set of this build: the features it needs, as Linux names them, separated by blanks.
struct isa_facts {
    std::uint32_t id;
    const char* name;
    const char* features;
};

/// The ISAs this build has kernel libraries for, in ascending order of width.
const std::vector<isa_facts>& built_isas();

/// The features an ISA needs that this CPU lacks, separated by blanks; empty if it runs. An ISA of
/// another architecture is missing by its own name. `auto` and `scalar` always run.
std::string missing_features(std::uint32_t isa);

/// The CPU's model name as the kernel tells it; "unknown" where it does not.
const std::string& cpu_model();

// Names as in the JSON results and on the command line; empty for a number the ABI does not have.
std::string_view dtype_name(std::uint32_t dtype);
std::string_view isa_name(std::uint32_t isa);
std::string_view method_name(std::uint32_t method);
std::string_view promise_name(std::uint32_t kind);

// The other way round; nullopt for an unknown name.
std::optional<std::uint32_t> dtype_from_name(std::string_view name);
std::optional<std::uint32_t> isa_from_name(std::string_view name);

}  // namespace ulpfront
