// Workers as the supervisor sees them: fresh processes of this same binary.
#pragma once

#include <sys/types.h>

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "accuracy/process/memory.hpp"

namespace ulpfront {

/// File descriptors a worker finds open.
enum worker_descriptor : int {
    worker_channel = 3,
    worker_memory = 4,     ///< its worker_state
    reference_memory = 5,  ///< inputs and references, see reference_ring
};

/// A worker process, the processes its kernel may have forked, and the channel to it. They are killed, if
/// still alive, and the worker is reaped in the end.
class child {
  public:
    /// Starts `ulpfront-accuracy worker ARGUMENTS...`. `memory` and `reference` may be null. The address
    /// space is not copied (posix_spawn), so that this process may have threads.
    child(const std::vector<std::string>& arguments, const descriptor* memory, const descriptor* reference);
    child(const child&) = delete;
    child& operator=(const child&) = delete;
    ~child();

    [[nodiscard]] int channel() const { return channel_.get(); }

    /// CPU time it has used, in seconds.
    [[nodiscard]] double cpu_seconds() const;

    /// The worker and all that it forked.
    void kill() const;

    /// Has it ended? Then what it forked ends too, and the channel, which that may hold open, gives what was
    /// sent and then its end.
    bool close_if_ended() const;

    /// Waits for its end, at most so many seconds; whether it came.
    [[nodiscard]] bool ends_within(double seconds) const;

    /// Its status as waitpid gives it; killed if it has not ended.
    int reap();

  private:
    pid_t pid_ = -1;
    descriptor channel_;
};

/// A time budget of a child: CPU seconds, and ten times as many on the wall, since what sleeps or waits
/// forever uses no CPU.
class time_limit {
  public:
    static constexpr double wall_factor = 10.0;

    /// From now on.
    time_limit(const child& of, double cpu_seconds);

    enum class verdict { within, over_cpu, over_wall };
    [[nodiscard]] verdict judge(const child& of) const;

  private:
    double cpu_limit_;
    double cpu_start_;
    double wall_start_;
};

}  // namespace ulpfront
