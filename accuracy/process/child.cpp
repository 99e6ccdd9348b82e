#include "accuracy/process/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "accuracy/process/channel.hpp"
#include "impls/clock.hpp"
#include "impls/tool.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace ulpfront {
namespace {

[[noreturn]] void cannot_start(int error) {
    throw failure(exit_internal,
                  fmt::format("cannot start a worker: {}; use fewer --threads", std::strerror(error)));
}

/// The worker's descriptors: standard input empty, standard output on standard error (a kernel that prints
/// must not get into the results), and those of worker_descriptor.
class file_actions {
  public:
    file_actions() {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, STDERR_FILENO, STDOUT_FILENO);
    }
    file_actions(const file_actions&) = delete;
    file_actions& operator=(const file_actions&) = delete;
    ~file_actions() { posix_spawn_file_actions_destroy(&actions_); }

    /// `from` in this process becomes `to` in the worker.
    void give(const descriptor& from, int to) {
        // Out of the way of the numbers that the worker expects, so that no step overwrites a later one's
        // source.
        moved_[used_] = descriptor(fcntl(from.get(), F_DUPFD_CLOEXEC, 16));
        if (!moved_[used_]) cannot_start(errno);
        posix_spawn_file_actions_adddup2(&actions_, moved_[used_].get(), to);
        ++used_;
    }

    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

  private:
    posix_spawn_file_actions_t actions_{};
    std::array<descriptor, 3> moved_;
    std::size_t used_ = 0;
};

/// The worker leads a process group of its own: what its kernel forks can be ended with it.
class own_group {
  public:
    own_group() {
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
        posix_spawnattr_setpgroup(&attributes_, 0);
    }
    own_group(const own_group&) = delete;
    own_group& operator=(const own_group&) = delete;
    ~own_group() { posix_spawnattr_destroy(&attributes_); }

    [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

  private:
    posix_spawnattr_t attributes_{};
};

}  // namespace

child::child(const std::vector<std::string>& arguments, const descriptor* memory,
             const descriptor* reference) {
    auto [ours, theirs] = make_channel();
    file_actions actions;
    actions.give(theirs, worker_channel);
    if (memory != nullptr) actions.give(*memory, worker_memory);
    if (reference != nullptr) actions.give(*reference, reference_memory);
    std::vector<std::string> words{"ulpfront-accuracy", "worker"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const own_group group;
    const int error = posix_spawn(&pid_, "/proc/self/exe", actions.get(), group.get(), argv.data(), environ);
    if (error != 0) cannot_start(error);
    channel_ = std::move(ours);
}

child::~child() {
    if (pid_ > 0) reap();
}

double child::cpu_seconds() const {
    clockid_t clock{};
    return clock_getcpuclockid(pid_, &clock) == 0 ? seconds_of(clock) : 0.0;
}

void child::kill() const { ::kill(-pid_, SIGKILL); }

bool child::close_if_ended() const {
    siginfo_t info{};
    // Without reaping: until then no other process can have this number.
    const bool gone = waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
                      info.si_pid == pid_;
    if (gone) {
        kill();
        shutdown(channel(), SHUT_RDWR);
    }
    return gone;
}

bool child::ends_within(double seconds) const {
    const double deadline = wall_seconds() + seconds;
    while (!close_if_ended()) {
        if (wall_seconds() > deadline) return false;
        usleep(200);
    }
    return true;
}

int child::reap() {
    int status = 0;
    kill();
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
}

time_limit::time_limit(const child& of, double cpu_seconds)
    : cpu_limit_(cpu_seconds), cpu_start_(of.cpu_seconds()), wall_start_(wall_seconds()) {}

time_limit::verdict time_limit::judge(const child& of) const {
    if (of.cpu_seconds() - cpu_start_ > cpu_limit_) return verdict::over_cpu;
    if (wall_seconds() - wall_start_ > wall_factor * cpu_limit_) return verdict::over_wall;
    return verdict::within;
}

}  // namespace ulpfront
