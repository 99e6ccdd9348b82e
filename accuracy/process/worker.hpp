// The hidden subcommand `worker`: a process that loads one kernel library and does what it is told.
#pragma once

#include <string>
#include <vector>

namespace ulpfront {

/// `list PATH`: sends {"kernels": [...]} or {"error", "code"}. `run PATH ROW SLOTS`: prepares one kernel and
/// obeys the commands that come: {"do": "integrity" | "sweep" | "evaluate" | "finish", ...}; each is answered
/// by any number of {"fault": ...} and one {"done": true, ...}. Returns the exit code.
int worker_main(const std::vector<std::string>& arguments);

}  // namespace ulpfront
