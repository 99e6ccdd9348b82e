#include "bench/supervisor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <nlohmann/json.hpp>
#include <optional>

#include "bench/process.hpp"
#include "bench/worker.hpp"
#include "impls/tool.hpp"

namespace ulpfront::bench {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using clock = std::chrono::steady_clock;

/// A hang without CPU time (a deadlock, a sleep) is given this much longer: the machine may be busy.
constexpr double wall_per_cpu = 10.0;

[[noreturn]] void raise(const json& error) {
    throw failure(error.at("code"), error.at("message").get<std::string>());
}

/// Runs what is left of a plan in one worker.
class attempt {
  public:
    attempt(std::vector<entry>& entries, std::deque<std::size_t>& left, const supervision& how)
        : entries_(entries), left_(left), how_(how), child_(request()) {
        mark_time();
    }

    /// Until all is measured, the worker ends or hangs, or an interrupt comes.
    void run() {
        std::string line;
        while (!left_.empty() && !interrupted()) {
            const auto news = child_.next(line, 100ms);
            if (news == child_process::news::end) return blame_death();
            if (news == child_process::news::line && !take(json::parse(line, nullptr, false))) {
                return blame_death();
            }
            if (news == child_process::news::none && is_hung()) return blame_hang();
            how_.on_progress();
        }
    }

  private:
    std::string request() {
        timing_request all{.settings = how_.settings, .seed = how_.seed, .tasks = {}, .steps = {}};
        for (const entry& each : entries_) {
            all.tasks.push_back(
                {each.what.name(), each.what.kernel.path, each.what.kernel.row, each.what.shape});
        }
        for (const std::size_t index : left_) {
            const auto& known = entries_[index].samples;
            all.steps.push_back({index, known.empty() ? 0 : known.front().iterations});
        }
        return encode_timing_request(all);
    }

    /// False for a line that no worker writes: something else has got hold of it.
    bool take(const json& event) {
        mark_time();
        if (event.is_discarded()) return false;
        if (event.contains("failure")) raise(event["failure"]);
        if (event.contains("begin")) {
            current_ = left_.front();
        } else {
            finish_step(decode_sample(event.at("sample")));
        }
        return true;
    }

    void finish_step(sample measured) {
        entry& timed = entries_[left_.front()];
        left_.pop_front();
        if (measured.error.empty() && !(measured.cpu_seconds > 0.0)) {
            measured.error = "took no time that could be measured; --benchmark_min_time can be longer";
        }
        if (timed.error.empty()) timed.error = measured.error;
        if (measured.error.empty()) timed.samples.push_back(std::move(measured));
    }

    void mark_time() {
        cpu_begun_ = child_.cpu_seconds();
        wall_begun_ = clock::now();
    }

    [[nodiscard]] double limit() const {
        return how_.time_limit + 20.0 * (how_.settings.min_time + how_.settings.min_warmup_time);
    }

    [[nodiscard]] bool is_hung() const {
        const std::chrono::duration<double> wall = clock::now() - wall_begun_;
        return child_.cpu_seconds() - cpu_begun_ > limit() || wall.count() > wall_per_cpu * limit();
    }

    void blame_hang() {
        const bool computing = child_.cpu_seconds() - cpu_begun_ > limit();
        child_.kill();
        fail(fmt::format("a single run of {} took over {:.3g} s{}; --time-limit allows more",
                         entries_[suspect()].what.name(), computing ? limit() : wall_per_cpu * limit(),
                         computing ? "" : ", most of them waiting"));
    }

    /// What the worker was at, or would have come to.
    [[nodiscard]] std::size_t suspect() const { return current_.value_or(left_.front()); }

    void blame_death() {
        if (!child_.ended(1s)) child_.kill();
        if (!current_) {
            throw failure(exit_internal, fmt::format("the timing process {} before its first benchmark",
                                                     child_.how_it_ended()));
        }
        entry& dead = entries_[suspect()];
        const std::string how =
            fmt::format("the timing process {} in {}", child_.how_it_ended(), dead.what.name());
        if (!dead.first_death.empty()) return fail(how);
        // Once may be the aftermath of another kernel's doing: it comes first in a fresh process.
        dead.first_death = how;
        std::stable_partition(left_.begin(), left_.end(),
                              [&](std::size_t index) { return index == suspect(); });
    }

    void fail(const std::string& why) {
        entries_[suspect()].error = why;
        entries_[suspect()].died = true;
    }

    std::vector<entry>& entries_;
    std::deque<std::size_t>& left_;
    const supervision& how_;
    child_process child_;
    std::optional<std::size_t> current_;
    double cpu_begun_ = 0.0;
    clock::time_point wall_begun_;
};

}  // namespace

std::vector<kernel_info> list_kernels(const std::vector<std::string>& libraries) {
    child_process child(encode_list_request(libraries));
    std::string loading;
    std::string line;
    const auto deadline = clock::now() + 60s;
    for (;;) {
        const auto news = child.next(line, 100ms);
        if (interrupted()) throw failure(exit_interrupted, "interrupted while loading kernel libraries");
        if (news == child_process::news::end || clock::now() > deadline) {
            const bool ended = child.ended(1s);
            throw failure(exit_usage, fmt::format("--kernels '{}': the process that loads it {}", loading,
                                                  ended ? child.how_it_ended() : "does not come back"));
        }
        if (news == child_process::news::none) continue;
        const json event = json::parse(line);
        if (event.contains("failure")) raise(event["failure"]);
        if (event.contains("kernels")) return event["kernels"];
        loading = event.at("loading");
    }
}

bool time_entries(std::vector<entry>& entries, const std::vector<std::size_t>& order,
                  const supervision& how) {
    std::deque<std::size_t> left(order.begin(), order.end());
    for (;;) {
        left.erase(std::remove_if(left.begin(), left.end(),
                                  [&](std::size_t index) { return !entries[index].error.empty(); }),
                   left.end());
        if (left.empty()) return true;
        if (interrupted()) return false;
        attempt(entries, left, how).run();
    }
}

}  // namespace ulpfront::bench
