#include "bench/paired/timer.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cfenv>
#include <cmath>
#include <map>
#include <memory>
#include <new>
#include <nlohmann/json.hpp>
#include <optional>

#include "bench/paired/loaded.hpp"
#include "bench/paired/machine.hpp"
#include "bench/prepared_kernel.hpp"
#include "bench/worker.hpp"
#include "impls/clock.hpp"

namespace ulpfront::paired {
namespace {

using bench::callable;
using bench::workload;
/// How often this thread was made to leave the CPU while it had work.
long involuntary_switches() {
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_nivcsw;
}

constexpr int most_tries = 5;  // of one epoch, before the quad is given up
/// A call this long (s) is no different for what the caches and predictors held before it.
constexpr double cold_call = 0.01;

struct epoch {
    double seconds = 0.0;
    bool quiet = true;
};

/// Calls over consecutive windows of the inputs. noexcept: what a kernel throws is a crash of the kernel.
void call(const callable& kernel, const workload& on, std::size_t window, std::size_t calls) noexcept {
    std::size_t at = window % on.windows() * on.stride();
    for (std::size_t i = 0; i < calls; ++i) {
        kernel.eval(kernel.ctx, on.input() + at, on.output() + at % bench::page, on.shape().n);
        at += on.stride();
        if (at == on.bytes()) at = 0;
    }
}

epoch time_epoch(const callable& kernel, const workload& on, std::size_t window, std::size_t calls) {
    // Whatever mode the kernel before left behind is not this one's.
    std::fesetenv(FE_DFL_ENV);
    const long before = involuntary_switches();
    const double begin = thread_seconds();
    call(kernel, on, window, calls);
    const double seconds = thread_seconds() - begin;
    const auto switches = static_cast<double>(involuntary_switches() - before);
    return {seconds, switches <= std::floor(seconds / quiet_seconds)};
}

/// The fewest calls that fill an epoch.
std::size_t calls_per_epoch(const callable& kernel, const workload& on) {
    std::size_t calls = 1;
    for (;;) {
        const double seconds = time_epoch(kernel, on, 0, calls).seconds;
        if (seconds >= 0.25 * epoch_seconds) {
            const double wanted = static_cast<double>(calls) * epoch_seconds / seconds;
            return std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(wanted)));
        }
        calls *= 2;
    }
}

/// A pair ready to be timed, its contexts made.
class ready_pair {
  public:
    ready_pair(const ulpfront_row& base, const ulpfront_row& candidate, std::shared_ptr<workload> on,
               sides which)
        : on_(std::move(on)), which_(which) {
        const std::size_t n = on_->shape().n;
        if (which != sides::candidate) base_.emplace(base, n);
        if (which != sides::base) candidate_.emplace(candidate, n);
    }

    [[nodiscard]] std::string error() const {
        if (base_ && !base_->ready()) return "the base's create() returned null";
        if (candidate_ && !candidate_->ready()) return "the candidate's create() returned null";
        return "";
    }

    visit_result stay(const visit& plan, bench::random_bits& random) {
        visit_result result;
        const double wall = wall_seconds();
        const double begin = thread_seconds();
        if (calls_ == 0) calls_ = calls_per_epoch(first().call(), *on_);
        if (last_warm_up_ < cold_call) last_warm_up_ = warm_up();
        // A busy machine interrupts quad after quad: the stay ends in any case.
        for (std::size_t tries = 0; result.quads.size() < plan.quads && tries < 2 * plan.quads; ++tries) {
            const auto taken = take_quad((random.next() >> 63) != 0, result.discarded);
            if (taken) result.quads.push_back(*taken);
            if (thread_seconds() - begin > plan.seconds) break;
        }
        result.seconds = wall_seconds() - wall;
        return result;
    }

  private:
    [[nodiscard]] const bench::prepared_kernel& first() const { return base_ ? *base_ : *candidate_; }
    [[nodiscard]] const bench::prepared_kernel& second() const { return candidate_ ? *candidate_ : *base_; }

    /// Returns what a call of the first kernel took.
    double warm_up() {
        const double seconds = time_epoch(first().call(), *on_, window_, calls_).seconds;
        if (which_ == sides::both) time_epoch(second().call(), *on_, window_, calls_);
        window_ += calls_;
        return seconds / static_cast<double>(calls_);
    }

    /// An epoch that was interrupted is made again at once: the time slice is then a fresh one.
    epoch quiet_epoch(const bench::prepared_kernel& kernel, std::size_t& discarded) const {
        epoch last;
        for (int tries = 0; tries < most_tries; ++tries) {
            last = time_epoch(kernel.call(), *on_, window_, calls_);
            if (last.quiet) break;
            ++discarded;
        }
        return last;
    }

    /// ABBA, or BAAB: each half is a pair on inputs of its own, so that nothing is learnt from the first by
    /// the second.
    std::optional<quad> take_quad(bool candidate_first, std::size_t& discarded) {
        epoch base[2];
        epoch candidate[2];
        for (int half = 0; half < 2; ++half) {
            const bool swapped = candidate_first == (half == 0);
            if (swapped) candidate[half] = quiet_epoch(second(), discarded);
            base[half] = quiet_epoch(first(), discarded);
            if (!swapped) candidate[half] = quiet_epoch(second(), discarded);
            window_ += calls_;
            if (!base[half].quiet || !candidate[half].quiet) return std::nullopt;
            if (!(base[half].seconds > 0.0) || !(candidate[half].seconds > 0.0)) return std::nullopt;
        }
        const double elements = 2.0 * static_cast<double>(calls_) * static_cast<double>(on_->shape().n);
        return quad{0.5 * (std::log(candidate[0].seconds / base[0].seconds) +
                           std::log(candidate[1].seconds / base[1].seconds)),
                    1e9 * (base[0].seconds + base[1].seconds) / elements,
                    1e9 * (candidate[0].seconds + candidate[1].seconds) / elements};
    }

    std::optional<bench::prepared_kernel> base_;
    std::optional<bench::prepared_kernel> candidate_;
    std::shared_ptr<workload> on_;
    sides which_;
    std::size_t calls_ = 0;
    std::size_t window_ = 0;
    double last_warm_up_ = 0.0;
};

/// Pairs as they are needed, and the workloads they share.
class timing_floor {
  public:
    explicit timing_floor(const timing_request& request) : request_(request), random_(request.seed) {
        // All of one side first: the order in which the loader places them is what is swapped.
        for (const bool candidate : {request.candidate_first, !request.candidate_first}) {
            for (const pair_task& task : request.tasks)
                static_cast<void>(libraries_.row(candidate ? task.candidate : task.base));
        }
    }

    visit_result make(const visit& plan) {
        const pair_task& task = request_.tasks.at(plan.task);
        auto& slot = pairs_[plan.task];
        try {
            if (!slot) {
                slot = std::make_unique<ready_pair>(libraries_.row(task.base), libraries_.row(task.candidate),
                                                    workload_of(task.shape), request_.which);
            }
        } catch (const std::bad_alloc&) {
            visit_result result;
            result.error = "there is not enough memory for its inputs and outputs";
            return result;
        }
        visit_result result;
        result.error = slot->error();
        return result.error.empty() ? slot->stay(plan, random_) : result;
    }

  private:
    std::shared_ptr<workload> workload_of(const bench::workload_shape& shape) {
        for (const auto& known : workloads_) {
            if (known->shape() == shape) return known;
        }
        workloads_.push_back(std::make_shared<workload>(shape, request_.seed));
        return workloads_.back();
    }

    const timing_request& request_;
    bench::random_bits random_;
    loaded_libraries libraries_;
    std::vector<std::shared_ptr<workload>> workloads_;
    std::map<std::size_t, std::unique_ptr<ready_pair>> pairs_;
};

/// How much of the CPU this thread got, a second at a time.
class share_watch {
  public:
    /// True once a second, if it was less than half.
    bool is_small() {
        const double wall = wall_seconds();
        if (wall - wall_ < 1.0) return false;
        const double cpu = thread_seconds();
        const bool small = cpu - cpu_ < 0.5 * (wall - wall_);
        wall_ = wall;
        cpu_ = cpu;
        return small;
    }

  private:
    double wall_ = wall_seconds();
    double cpu_ = thread_seconds();
};

}  // namespace

void time_pairs(const timing_request& request) {
    start_without_randomisation();
    bench::answer({{"machine", settle_down()}});
    timing_floor floor(request);
    share_watch share;
    for (std::size_t i = 0; i < request.visits.size(); ++i) {
        bench::answer({{"begin", i}});
        bench::answer({{"end", i}, {"visit", encode(floor.make(request.visits[i]))}});
        // Whoever has come to this CPU since may stay: another one may be free now.
        if (share.is_small()) static_cast<void>(settle_down());
    }
}

}  // namespace ulpfront::paired
