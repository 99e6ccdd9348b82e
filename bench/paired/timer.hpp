// The paired timer: short epochs of two kernels in random ABBA order on the same inputs, by the thread's
// CPU time. Slow drift of the machine meets both alike and cancels within a quad of four epochs.
#pragma once

#include "bench/paired/request.hpp"

namespace ulpfront::paired {

/// How long an epoch lasts at least, in seconds: many short ones tell more than few long ones, and one that
/// was interrupted is a small loss.
inline constexpr double epoch_seconds = 0.5e-3;

/// An epoch in which the thread was made to leave the CPU is discarded; one that lasts longer than this
/// cannot be spared all of it, and may be interrupted once for each such time.
inline constexpr double quiet_seconds = 1.5e-3;

/// In a worker: makes the visits of a request and answers each.
void time_pairs(const timing_request& request);

}  // namespace ulpfront::paired
