// Putting a report into a folder, all of it or nothing.
#pragma once

#include <string>
#include <vector>

#include "reports/report.hpp"

namespace ulpfront::reports {

/// Writes files below a folder, which is created if need be (its parent must exist). Every file is
/// complete on disk before the first one takes its place; other files in the folder are left alone.
/// Throws failure (exit_cannot_write), having changed nothing; or (exit_interrupted) after a signal.
void write_folder(const std::string& folder, const std::vector<report_file>& files);

}  // namespace ulpfront::reports
