// Clocks, in seconds.
#pragma once

#include <ctime>

namespace ulpfront {

inline double seconds_of(clockid_t clock) {
    struct timespec time {};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Only goes forward.
inline double wall_seconds() { return seconds_of(CLOCK_MONOTONIC); }

/// CPU time of the calling thread.
inline double thread_seconds() { return seconds_of(CLOCK_THREAD_CPUTIME_ID); }

}  // namespace ulpfront
