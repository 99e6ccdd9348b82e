// What a timing process asks of the system: one CPU for itself, and addresses that are the same every time.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace ulpfront::paired {

/// In a worker that has read its request: starts it anew without address randomisation, where that is on
/// and the system permits to switch it off. Returns if there is nothing to do or it cannot be done.
void start_without_randomisation();

/// Binds this thread to the CPU that is least in demand, of all that it was allowed at first. Returns what
/// came of it, in the words of the result: {"cpus", "cpu" (null: not bound), "why_not_bound", "randomised"}.
nlohmann::json settle_down();

}  // namespace ulpfront::paired
