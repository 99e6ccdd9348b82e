// Why a worker died, in one sentence.
#pragma once

#include <string>

#include "accuracy/measurement.hpp"
#include "accuracy/process/child.hpp"
#include "accuracy/process/worker_state.hpp"

namespace ulpfront {

/// "in the sweep from input 0x1.8p+1 on (n = 32769)".
std::string describe_activity(const worker_state& state);

/// The fault of a worker that ended before its work was done, from what it left behind and the status
/// waitpid gave.
fault describe_death(const worker_state& state, int status);

/// The fault of a worker that was killed for being over a limit of this many CPU seconds.
fault describe_timeout(const worker_state& state, time_limit::verdict verdict, double cpu_seconds);

/// "SIGSEGV (invalid memory access)".
std::string signal_words(int number);

}  // namespace ulpfront
