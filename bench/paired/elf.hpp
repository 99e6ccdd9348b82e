// What the loader would share between two builds of a library.
#pragma once

#include <string>
#include <vector>

namespace ulpfront::paired {

/// The symbols of an ELF file that the loader makes unique in a process (STB_GNU_UNIQUE): of two builds the
/// second would read and write the first one's. Throws failure (exit_bad_input) for a file that is no
/// 64-bit ELF shared object.
std::vector<std::string> unique_symbols(const std::string& path);

}  // namespace ulpfront::paired
