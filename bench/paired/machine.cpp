#include "bench/paired/machine.hpp"

#include <sched.h>
#include <sys/personality.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <nlohmann/json.hpp>
#include <vector>

#include "bench/worker.hpp"
#include "impls/clock.hpp"

namespace ulpfront::paired {
namespace {

constexpr unsigned long ask = 0xffffffff;
constexpr double probe_seconds = 10e-3;
constexpr std::size_t most_probes = 8;

bool is_randomised() { return (personality(ask) & ADDR_NO_RANDOMIZE) == 0; }

std::vector<int> allowed_cpus() {
    cpu_set_t set;
    CPU_ZERO(&set);
    std::vector<int> cpus;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return cpus;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (CPU_ISSET(cpu, &set)) cpus.push_back(cpu);
    }
    return cpus;
}

bool bind_to(int cpu) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    return sched_setaffinity(0, sizeof set, &set) == 0;
}

/// The share of the time that this thread gets of the CPU it is on, found by using it.
double share_here() {
    using clock = std::chrono::steady_clock;
    const auto begin = clock::now();
    const double used = thread_seconds();
    double elapsed = 0.0;
    while (elapsed < probe_seconds) elapsed = std::chrono::duration<double>(clock::now() - begin).count();
    return (thread_seconds() - used) / elapsed;
}

}  // namespace

void start_without_randomisation() {
    const int before = personality(ask);
    if (before < 0 || (before & ADDR_NO_RANDOMIZE) != 0) return;
    if (personality(static_cast<unsigned long>(before) | ADDR_NO_RANDOMIZE) < 0) return;
    if (!is_randomised() && lseek(bench::request_descriptor, 0, SEEK_SET) == 0)
        execl("/proc/self/exe", "ulpfront-worker", bench::worker_flag, nullptr);
    // Still here: then as we are.
    personality(static_cast<unsigned long>(before));
}

nlohmann::json settle_down() {
    static const auto cpus = allowed_cpus();
    nlohmann::json said{
        {"cpus", cpus.size()}, {"cpu", nullptr}, {"why_not_bound", ""}, {"randomised", is_randomised()}};
    int best = -1;
    double best_share = -1.0;
    int error = 0;
    // The last ones first: the first is where systems like to put their own work.
    for (std::size_t i = 0; i < cpus.size() && i < most_probes; ++i) {
        const int cpu = cpus[cpus.size() - 1 - i];
        if (!bind_to(cpu)) {
            error = errno;
            continue;
        }
        const double share = share_here();
        if (share > best_share + 0.02) {
            best = cpu;
            best_share = share;
        }
    }
    if (best >= 0 && bind_to(best)) {
        said["cpu"] = best;
    } else {
        said["why_not_bound"] = std::strerror(error);
    }
    return said;
}

}  // namespace ulpfront::paired
