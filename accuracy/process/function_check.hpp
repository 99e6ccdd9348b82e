// Checks the kernels of one function: hands blocks of inputs to workers, watches them, gathers what they
// find.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "accuracy/measurement.hpp"
#include "accuracy/process/child.hpp"
#include "accuracy/process/ring.hpp"
#include "accuracy/process/worker_state.hpp"

namespace ulpfront {

/// What a check found out about one kernel.
struct outcome {
    kernel_info kernel;
    std::string skipped;         ///< why it was not run or not measured; empty: it was
    std::vector<fault> faults;   ///< one of a code, the first by place; in the order of places
    std::optional<fault> death;  ///< why its process ended before the work was done; the first by place
    bool interrupted = false;    ///< not everything was tried
    tallies measured;
    std::vector<std::uint64_t> special_outputs;  ///< wide bits (element.hpp), for special_values(kernel)
    double kernel_seconds = 0.0;                 ///< CPU time inside the kernel during sweeps
    std::uint64_t reference = 0;                 ///< the fingerprints of what it was compared with, added up
};

/// Adds what was found unless the same code is known from an earlier place.
void keep_first(std::vector<fault>& among, const fault& found);
void keep_first(std::optional<fault>& death, const fault& found);

/// Joins what was found in other blocks; which comes first does not matter.
void join(outcome& to, const outcome& part);

/// How to check.
struct check_settings {
    std::size_t threads = 1;  ///< workers that work at a time; threads that compute references
    double timeout = 20.0;  ///< CPU seconds a worker may take for one command; on the wall ten times as many
    bool prepares = true;   ///< array integrity and special values come before the sweep
};

/// One check of the kernels of one function. A kernel gets another worker when a block waits for it while
/// fewer than `threads` are at work.
class function_check {
  public:
    /// `ring` may be null: then array integrity alone is checked. `blocks`: how many the ring gives.
    /// `progress` is called with the share done.
    function_check(const std::vector<kernel_info>& kernels, reference_ring* ring, std::uint64_t blocks,
                   const check_settings& settings, std::function<void(double)> progress);
    function_check(const function_check&) = delete;
    function_check& operator=(const function_check&) = delete;
    ~function_check();

    /// Until everything is done, or interrupted() and the calls under way have come back.
    std::vector<outcome> run();

  private:
    struct job;
    struct worker;
    struct live_block {
        ready_block what;
        std::size_t pending;  // kernels that have not done it
    };

    void take_ready_blocks();
    void dispatch();
    job* most_urgent();
    [[nodiscard]] bool has_work(const job& kernel) const;
    worker* idle_worker(const job& kernel);
    worker& start_worker(job& kernel);
    void send_next(job& kernel);
    void send(worker& to, const nlohmann::json& command);
    void let_go_idle();
    void wait();
    void handle(worker& from);
    void advance(worker& from, const nlohmann::json& reply);
    void end(worker& gone);
    void fail(job& kernel);
    void complete(std::uint64_t arrival);
    void enforce_limits();
    [[nodiscard]] std::uint64_t place_of(const worker& at) const;
    void add_fault(job& kernel, fault found, std::uint64_t place);
    [[nodiscard]] bool finished() const;
    [[nodiscard]] std::size_t busy() const;
    void report_progress();

    std::vector<std::unique_ptr<job>> jobs_;
    std::list<worker> workers_;
    reference_ring* ring_;
    std::uint64_t blocks_;
    check_settings settings_;
    std::function<void(double)> progress_;
    std::map<std::uint64_t, live_block> live_;  // by order of arrival
    std::uint64_t arrived_ = 0;
    std::optional<double> stop_deadline_;  // on the wall, after an interrupt
};

}  // namespace ulpfront
