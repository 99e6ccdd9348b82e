// Two threads at once: a kernel with an unsynchronised static in it gives itself away.
#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <ctime>
#include <optional>
#include <thread>
#include <utility>

#include "accuracy/measurement.hpp"
#include "accuracy/process/integrity.hpp"
#include "accuracy/ulp.hpp"
#include "impls/clock.hpp"

namespace ulpfront {
namespace {

constexpr std::size_t array_length = 1027;
constexpr double most_seconds = 0.004;  // of CPU time, for each thread and each way
constexpr long tick_nanoseconds = 50'000;

/// One of the two threads.
template <class E>
struct caller {
    alignas(64) std::atomic<std::uint64_t> calls{0};  // ended, for the other thread to see
    std::span<const E> x;
    std::vector<E> wanted;
    std::vector<E> got;
    std::optional<std::size_t> wrong;  // index of the first wrong result
    bool control_bits_kept = true;
};

thread_local timer_t own_timer;
thread_local bool has_timer = false;

void set_timer() {
    if (!has_timer) return;
    struct itimerspec once {};
    once.it_value.tv_nsec = tick_nanoseconds;
    timer_settime(own_timer, 0, &once, nullptr);
}

/// The timer is set again only now: one that went on by itself would have run out once more before this
/// thread got its turn, and nothing would be done between two interruptions.
extern "C" void give_way(int /*signal*/) {
    sched_yield();
    set_timer();
}

/// While it lives, the calling thread gives way to others after every 50 microseconds, wherever it is.
class interruptions {
  public:
    interruptions() {
        struct sigaction action {};
        action.sa_handler = give_way;
        action.sa_flags = SA_RESTART;
        sigaction(SIGALRM, &action, nullptr);
        struct sigevent event {};
        event.sigev_notify = SIGEV_THREAD_ID;
        event.sigev_signo = SIGALRM;
        event._sigev_un._tid = gettid();
        has_timer = timer_create(CLOCK_MONOTONIC, &event, &own_timer) == 0;
        set_timer();
    }
    ~interruptions() {
        if (std::exchange(has_timer, false)) timer_delete(own_timer);
    }
    interruptions(const interruptions&) = delete;
    interruptions& operator=(const interruptions&) = delete;
};

/// While it lives, the calling thread and those it starts share one CPU.
class shared_cpu {
  public:
    shared_cpu() {
        CPU_ZERO(&before_);
        sched_getaffinity(0, sizeof before_, &before_);
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
        sched_setaffinity(0, sizeof one, &one);
    }
    ~shared_cpu() { sched_setaffinity(0, sizeof before_, &before_); }
    shared_cpu(const shared_cpu&) = delete;
    shared_cpu& operator=(const shared_cpu&) = delete;

  private:
    cpu_set_t before_{};
};

template <class E>
void compare(caller<E>& own) {
    for (std::size_t i = 0; i < own.x.size(); ++i) {
        if (!same_element(own.got[i], own.wanted[i])) {
            own.wrong = i;
            return;
        }
    }
}

/// Two callers of a kernel, each with a context of its own.
template <class E>
class pair_of_callers {
  public:
    pair_of_callers(running_kernel& kernel, std::span<const E> pool)
        : kernel_(kernel), contexts_{kernel.create(array_length), kernel.create(array_length)} {
        for (std::size_t t = 0; t < 2; ++t) {
            caller<E>& own = callers_[t];
            own.x = pool.subspan(t * array_length, array_length);
            own.got.resize(array_length);
            kernel.call(activity::threads, contexts_[t], own.x.data(), own.got.data(), array_length);
            own.wanted = own.got;
        }
        kernel.begin(activity::threads, array_length);
    }

    /// Both call until one of them has seen the other's calls end during enough of its own, or has used up
    /// its time, or got a wrong result.
    void call_at_once(int enough_meetings, bool interrupted) {
        std::atomic<bool> stop{false};
        std::thread other([&] { call_often(1, enough_meetings, interrupted, stop); });
        call_often(0, enough_meetings, interrupted, stop);
        other.join();
    }

    void report() const {
        for (const caller<E>& own : callers_) {
            if (!own.control_bits_kept)
                kernel_.faults().note("control_bits",
                                      "changed the control bits when two threads called at once");
            if (!own.wrong) continue;
            const std::size_t i = *own.wrong;
            kernel_.faults().note(
                "threads",
                fmt::format("while another thread called it (n = {}): element {}, f({}) gave {}, alone {}",
                            array_length, i, hexfloat(widen(own.x[i])), hexfloat(widen(own.got[i])),
                            hexfloat(widen(own.wanted[i]))));
        }
    }

  private:
    void call_often(std::size_t self, int enough_meetings, bool interrupted, std::atomic<bool>& stop) {
        caller<E>& own = callers_[self];
        const std::atomic<std::uint64_t>& others = callers_[1 - self].calls;
        std::optional<interruptions> ticks;
        if (interrupted) ticks.emplace();
        const double deadline = thread_seconds() + most_seconds;
        int meetings = 0;
        while (meetings < enough_meetings && !own.wrong && !stop && thread_seconds() < deadline) {
            const std::uint64_t before = others;
            const bool kept =
                kernel_.call_quietly(contexts_[self], own.x.data(), own.got.data(), own.x.size());
            if (others != before) ++meetings;
            ++own.calls;
            own.control_bits_kept = own.control_bits_kept && kept;
            compare(own);
        }
        stop = true;
    }

    running_kernel& kernel_;
    kernel_context contexts_[2];
    std::array<caller<E>, 2> callers_;
};

}  // namespace

template <class E>
void check_threads(running_kernel& kernel, std::span<const E> pool) {
    pair_of_callers<E> callers(kernel, pool);
    callers.call_at_once(1000, false);
    // Where the CPUs are busy, or there is but one, threads seldom run at the same time. So let them take
    // turns, changing in the middle of calls.
    const shared_cpu together;
    callers.call_at_once(30, true);
    callers.report();
    kernel.begin(activity::destroying);
}

template void check_threads<double>(running_kernel&, std::span<const double>);
template void check_threads<float>(running_kernel&, std::span<const float>);
template void check_threads<f16>(running_kernel&, std::span<const f16>);
template void check_threads<bf16>(running_kernel&, std::span<const bf16>);

}  // namespace ulpfront
