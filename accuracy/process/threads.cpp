// Two threads at once: a kernel with an unsynchronised static in it gives itself away.
#include <fmt/format.h>

#include <array>
#include <atomic>
#include <optional>
#include <thread>

#include "accuracy/measurement.hpp"
#include "accuracy/process/clock.hpp"
#include "accuracy/process/integrity.hpp"
#include "accuracy/ulp.hpp"

namespace ulpfront {
namespace {

constexpr std::size_t array_length = 1027;
constexpr int enough_overlaps = 2000;
constexpr double enough_seconds = 0.010;  // of CPU time, where the two seldom run at once

/// How many calls a thread began and ended, for the other one to see.
struct alignas(64) progress {
    std::atomic<std::uint64_t> begun{0};
    std::atomic<std::uint64_t> ended{0};
};

/// One of the two threads.
struct caller {
    std::span<const float> x;
    std::vector<float> wanted;
    std::vector<float> got;
    std::optional<std::size_t> wrong;  // index of the first wrong result
    bool control_bits_kept = true;
    progress calls;
};

void compare(caller& own) {
    for (std::size_t i = 0; i < own.x.size(); ++i) {
        if (!same_result(own.got[i], own.wanted[i])) {
            own.wrong = i;
            return;
        }
    }
}

/// Calls until enough of its calls met one of the other thread's, or enough time has gone; then both end.
void call_often(const running_kernel& kernel, const kernel_context& context, caller& own,
                const progress& other, std::atomic<bool>& stop) {
    const double deadline = thread_seconds() + enough_seconds;
    for (int overlaps = 0; overlaps < enough_overlaps && !own.wrong && !stop;) {
        const std::uint64_t begun_before = other.begun;
        const bool other_inside = begun_before != other.ended;
        ++own.calls.begun;
        const bool kept = kernel.call_quietly(context, own.x.data(), own.got.data(), own.x.size());
        ++own.calls.ended;
        own.control_bits_kept = own.control_bits_kept && kept;
        if (other_inside || other.begun != begun_before) ++overlaps;
        compare(own);
        if (thread_seconds() > deadline) break;
    }
    stop = true;
}

}  // namespace

void check_threads(running_kernel& kernel, std::span<const float> pool) {
    const kernel_context contexts[] = {kernel.create(array_length), kernel.create(array_length)};
    std::array<caller, 2> callers;
    for (std::size_t t = 0; t < 2; ++t) {
        caller& own = callers[t];
        own.x = pool.subspan(t * array_length, array_length);
        own.got.resize(array_length);
        kernel.call(activity::threads, contexts[t], own.x.data(), own.got.data(), array_length);
        own.wanted = own.got;
    }
    kernel.begin(activity::threads, array_length);
    std::atomic<bool> stop{false};
    {
        std::thread other([&] { call_often(kernel, contexts[1], callers[1], callers[0].calls, stop); });
        call_often(kernel, contexts[0], callers[0], callers[1].calls, stop);
        other.join();
    }
    for (const caller& own : callers) {
        if (!own.control_bits_kept)
            kernel.faults().note("control_bits", "changed the control bits when two threads called at once");
        if (!own.wrong) continue;
        const std::size_t i = *own.wrong;
        kernel.faults().note(
            "threads",
            fmt::format("while another thread called it (n = {}): element {}, f({}) gave {}, alone {}",
                        array_length, i, hexfloat(own.x[i]), hexfloat(own.got[i]), hexfloat(own.wanted[i])));
    }
    kernel.begin(activity::destroying);
}

}  // namespace ulpfront
