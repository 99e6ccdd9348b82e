// Worst inputs of earlier runs, kept in text files: every later check tries them again.
#pragma once

#include <string>
#include <vector>

namespace ulpfront {

/// The inputs of FUNCTION.DTYPE.txt in the folder witnesses of the build: one a line, a hexfloat and, behind
/// it, where it comes from; '#' begins a comment. No file, no inputs. Throws failure (exit_bad_input) naming
/// the line that is something else.
std::vector<double> read_witnesses(const std::string& function, const std::string& dtype);

}  // namespace ulpfront
