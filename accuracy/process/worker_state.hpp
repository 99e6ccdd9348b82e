// What a worker leaves in memory that the supervisor can read even after the worker has died.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "accuracy/process/machine.hpp"
#include "accuracy/tallies.hpp"

namespace ulpfront {

/// What a worker is doing with its kernel.
enum class activity : std::uint32_t {
    loading,
    creating,
    alone,
    repeating,
    lengths,
    alignments,
    distances,
    lanes,
    in_place,
    large,
    fresh,
    threads,
    sweeping,
    evaluating,
    destroying,
};

/// Addresses of an array in the worker.
struct array_bounds {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
};

/// Written by the worker; plain data in shared memory.
struct worker_state {
    activity doing = activity::loading;
    bool create_failed = false;                ///< create() returned null
    bool finished = false;                     ///< the worker ended by itself, everything done
    bool channel_lost = false;                 ///< the worker's descriptors were closed
    std::uint64_t n = 0;                       ///< of the call at hand
    double input = 0.0;                        ///< its first input
    std::size_t element_size = sizeof(float);  ///< in bytes
    array_bounds in;                           ///< of the call at hand
    array_bounds out;

    // Left by the signal handler.
    int signal = 0;
    std::uintptr_t address = 0;
    access_kind access = access_kind::unknown;

    double kernel_seconds = 0.0;  ///< CPU time inside the kernel during sweeps
    tallies measured;
};
static_assert(std::is_trivially_copyable_v<worker_state>);

}  // namespace ulpfront
