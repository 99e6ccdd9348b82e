// ulpfront-accuracy search
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <thread>

#include "accuracy/beam_search.hpp"
#include "accuracy/process/checksum.hpp"
#include "accuracy/process/commands.hpp"
#include "accuracy/process/function_check.hpp"
#include "accuracy/process/listing.hpp"
#include "accuracy/process/result.hpp"
#include "accuracy/process/table.hpp"
#include "accuracy/process/trial.hpp"
#include "accuracy/process/witnesses.hpp"
#include "impls/clock.hpp"
#include "impls/cpu.hpp"
#include "impls/environment.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

/// Where something may happen: the kernel's seams, the function's turning points, inputs where kernels were
/// at their worst, and a few that are special to every function.
std::vector<double> marks_of(const kernel_info& kernel) {
    std::vector<double> marks = kernel.seams;
    for (const monotone_piece& piece : find_function(kernel.function)->monotone)
        marks.insert(marks.end(), {piece.from, piece.to});
    for (const double each : read_witnesses(kernel.function, std::string(dtype_name(kernel.dtype))))
        marks.push_back(each);
    marks.insert(marks.end(), {-1.0, 0.0, 1.0});
    return marks;
}

/// The search for one kernel's worst inputs.
class kernel_search {
  public:
    kernel_search(const kernel_info& kernel, const search_options& options, const f64_reference& reference)
        : kernel_(kernel),
          // Kernels of one name on several ISAs look at the same inputs first.
          search_({options.budget, options.seed ^ checksum(kernel.function), marks_of(kernel)}),
          measured_(std::make_unique<tallies>()),
          trial_(kernel, options.timeout, reference, *measured_) {}

    /// Until the budget is spent, the kernel dies, or interrupted().
    outcome run(const std::function<void(double)>& progress) {
        outcome result;
        result.kernel = kernel_;
        result.special_outputs = trial_.try_specials();
        bool whole = false;
        while (!interrupted()) {
            const auto keys = search_.next();
            whole = keys.empty();
            if (whole) break;
            const auto errors = trial_.try_inputs(keys);
            if (errors.empty()) break;
            search_.tell(errors);
            progress(search_.share_done());
        }
        trial_.confirm(worst());
        trial_.report_to(result);
        result.interrupted = !whole && !result.death;
        result.measured = *measured_;
        return result;
    }

    /// Keys of the inputs with the largest errors, the largest first.
    [[nodiscard]] std::vector<std::uint64_t> worst() const {
        std::vector<std::uint64_t> keys;
        for (const search_hit& each : search_.worst()) keys.push_back(each.key);
        return keys;
    }

  private:
    const kernel_info& kernel_;
    beam_search search_;
    std::unique_ptr<tallies> measured_;
    kernel_trial trial_;
};

/// A kernel tried where others were at their worst, so that what is found of kernels of one function does not
/// depend on where each was looked at.
void try_where_others_fail(outcome& kernel, const std::set<std::uint64_t>& inputs,
                           const search_options& options, const f64_reference& reference) {
    if (inputs.empty() || kernel.death) return;
    const std::vector<std::uint64_t> keys(inputs.begin(), inputs.end());
    kernel_trial trial(kernel.kernel, options.timeout, reference, kernel.measured);
    std::vector<std::uint64_t> perhaps_worst;
    for (std::size_t begin = 0; begin < keys.size(); begin += beam_search::batch_size) {
        const auto batch =
            std::span(keys).subspan(begin, std::min(beam_search::batch_size, keys.size() - begin));
        const auto errors = trial.try_inputs(batch);
        if (errors.empty()) break;
        for (std::size_t i = 0; i < errors.size(); ++i)
            if (errors[i] > 0.0 && errors[i] * (1.0 + 0x1p-40) >= kernel.measured.worst.value)
                perhaps_worst.push_back(batch[i]);
    }
    trial.confirm(perhaps_worst);
    trial.report_to(kernel);
    kernel.interrupted = interrupted() && !kernel.death;
}

/// All searches, several at a time; results come in the kernels' order.
class search_run {
  public:
    search_run(const search_options& options, std::vector<kernel_info> kernels)
        : options_(options),
          kernels_(std::move(kernels)),
          outcomes_(kernels_.size()),
          worst_(kernels_.size()),
          done_(kernels_.size()),
          shares_(kernels_.size()) {
        for (std::size_t i = 0; i < kernels_.size(); ++i) {
            outcomes_[i].kernel = kernels_[i];
            outcomes_[i].skipped = kernels_[i].why_not_here();
            if (find_function(kernels_[i].function) == nullptr)
                outcomes_[i].skipped =
                    fmt::format("no reference: the catalogue has no function '{}'", kernels_[i].function);
            outcomes_[i].interrupted = outcomes_[i].skipped.empty();
            done_[i] = !outcomes_[i].skipped.empty();
            if (done_[i]) continue;
            function_kernels& group = functions_[kernels_[i].function];
            if (group.reference == nullptr)
                group.reference = std::make_unique<f64_reference>(load_engine(), kernels_[i].function);
            group.members.push_back(i);
            ++group.searching;
        }
    }

    void run(std::size_t threads) {
        std::vector<std::thread> running;
        for (std::size_t i = 0; i < std::min(threads, kernels_.size()); ++i)
            running.emplace_back([this] { work(); });
        print_as_they_come();
        for (std::thread& each : running) each.join();
        if (error_) std::rethrow_exception(error_);
    }

    [[nodiscard]] const std::vector<kernel_info>& kernels() const { return kernels_; }
    [[nodiscard]] const std::vector<outcome>& outcomes() const { return outcomes_; }

  private:
    /// The kernels of a function that are searched.
    struct function_kernels {
        std::unique_ptr<f64_reference> reference;
        std::vector<std::size_t> members;
        std::size_t searching = 0;  // of the members; guarded by mutex_
    };

    void work() {
        for (std::size_t i = next_++; i < kernels_.size(); i = next_++) {
            if (!outcomes_[i].skipped.empty()) continue;
            function_kernels& group = functions_.at(kernels_[i].function);
            guard([&] { search(i, *group.reference); });
            {
                const std::lock_guard lock(mutex_);
                if (--group.searching > 0) continue;
            }
            guard([&] { exchange(group); });
            const std::lock_guard lock(mutex_);
            for (const std::size_t member : group.members) done_[member] = true;
            changed_.notify_one();
        }
    }

    /// What is thrown waits for the end.
    template <class Action>
    void guard(const Action& action) {
        try {
            if (!interrupted()) action();
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!error_) error_ = std::current_exception();
        }
    }

    void search(std::size_t i, const f64_reference& reference) {
        kernel_search of(kernels_[i], options_, reference);
        outcomes_[i] = of.run([&](double share) { shares_[i] = share; });
        worst_[i] = of.worst();
        for (const std::uint64_t key : worst_keys(outcomes_[i].measured)) worst_[i].push_back(key);
    }

    /// The worst inputs of each kernel are tried on the others. By one thread: it is little work.
    void exchange(const function_kernels& group) {
        for (const std::size_t i : group.members) {
            std::set<std::uint64_t> inputs;
            for (const std::size_t other : group.members)
                inputs.insert(worst_[other].begin(), worst_[other].end());
            for (const std::uint64_t own : worst_[i]) inputs.erase(own);
            try_where_others_fail(outcomes_[i], inputs, options_, *group.reference);
        }
    }

    void print_as_they_come() {
        const result_table table(kernels_);
        progress_line progress;
        for (std::size_t i = 0; i < kernels_.size(); ++i) {
            std::unique_lock lock(mutex_);
            while (!done_[i]) {
                changed_.wait_for(lock, std::chrono::milliseconds(200));
                double sum = 0.0;
                for (std::size_t k = 0; k < kernels_.size(); ++k) sum += done_[k] ? 1.0 : shares_[k].load();
                progress.show(kernels_[i].id(), sum / static_cast<double>(kernels_.size()));
            }
            progress.clear();
            table.print(outcomes_[i]);
        }
    }

    const search_options& options_;
    std::vector<kernel_info> kernels_;
    std::vector<outcome> outcomes_;
    std::vector<std::vector<std::uint64_t>> worst_;  // keys, of each kernel
    std::map<std::string, function_kernels> functions_;
    std::vector<bool> done_;  // guarded by mutex_, as what is done is printed
    std::vector<std::atomic<double>> shares_;
    std::atomic<std::size_t> next_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::exception_ptr error_;
};

std::vector<kernel_info> kernels_of_f64(const listing& all, const selection& which) {
    std::vector<kernel_info> kernels = select_kernels(all.kernels, which);
    std::erase_if(kernels, [](const kernel_info& each) { return each.dtype != ULPFRONT_DTYPE_F64; });
    if (kernels.empty())
        throw failure(
            exit_usage,
            "the selection has no kernel of f64, which search is for; 'check --inputs all' tries every "
            "input of the other types");
    return kernels;
}

}  // namespace

int run_search(const search_options& options) {
    const double start = wall_seconds();
    catch_interrupts();
    if (!options.out.empty()) require_writable(options.out);
    const listing all = list_libraries(options.which, options.timeout);
    search_run work(options, kernels_of_f64(all, options.which));
    work.run(options.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.threads);
    const status_counts counts = count_statuses(work.outcomes());
    put_out(fmt::format("{}; {:.1f} s\n", words_of(counts), wall_seconds() - start));
    if (!options.out.empty()) {
        const result_heading heading{
            !interrupted(),
            this_environment(),
            {{"mode", "search"},
             {"requested", fmt::format("budget {}, seed {}", options.budget, options.seed)}},
            describe_libraries(all.libraries, work.kernels())};
        write_whole(options.out, result_text(heading, work.outcomes()));
        put_out(fmt::format("{} written{}\n", options.out, interrupted() ? ", marked incomplete" : ""));
    }
    return exit_code_of(counts);
}

}  // namespace ulpfront
