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
#include <thread>

#include "accuracy/beam_search.hpp"
#include "accuracy/f64_measurement.hpp"
#include "accuracy/process/checksum.hpp"
#include "accuracy/process/commands.hpp"
#include "accuracy/process/function_check.hpp"
#include "accuracy/process/listing.hpp"
#include "accuracy/process/result.hpp"
#include "accuracy/process/session.hpp"
#include "accuracy/process/table.hpp"
#include "accuracy/process/witnesses.hpp"
#include "accuracy/ulp.hpp"
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
          reference_(reference),
          // Kernels of one name on several ISAs look at the same inputs first.
          search_({options.budget, options.seed ^ checksum(kernel.function), marks_of(kernel)}),
          session_(kernel, options.timeout),
          measured_(std::make_unique<tallies>()),
          measurement_(kernel, *measured_) {}

    /// Until the budget is spent, the kernel dies, or interrupted().
    outcome run(const std::function<void(double)>& progress) {
        outcome result;
        result.kernel = kernel_;
        result.special_outputs = try_specials();
        bool whole = false;
        while (!interrupted()) {
            const auto keys = search_.next();
            whole = keys.empty();
            if (whole || !try_batch(keys)) break;
            progress(search_.share_done());
        }
        confirm();
        result.interrupted = !whole && !session_.death();
        result.death = session_.death();
        for (const fault& each : session_.faults()) keep_first(result.faults, each);
        result.measured = *measured_;
        result.kernel_seconds = session_.cpu_seconds();
        return result;
    }

  private:
    std::vector<std::uint64_t> try_specials() {
        std::vector<std::uint64_t> inputs;
        for (const special_value& each : special_values(kernel_))
            inputs.push_back(std::bit_cast<std::uint64_t>(each.input));
        return session_.evaluate(inputs).value_or(std::vector<std::uint64_t>{});
    }

    bool try_batch(std::span<const std::uint64_t> keys) {
        x_.resize(keys.size());
        std::transform(keys.begin(), keys.end(), x_.begin(), from_ordered_key<double>);
        const auto outputs = session_.evaluate(bits_of(x_));
        if (!outputs) return false;
        y_.resize(keys.size());
        std::transform(outputs->begin(), outputs->end(), y_.begin(),
                       [](std::uint64_t bits) { return std::bit_cast<double>(bits); });
        exact_.resize(keys.size());
        reference_.locate(x_.data(), exact_.data(), x_.size());
        errors_.resize(keys.size());
        measurement_.add({x_.data(), exact_.data(), y_.data(), x_.size()}, errors_.data());
        search_.tell(errors_);
        return true;
    }

    static std::vector<std::uint64_t> bits_of(const std::vector<double>& x) {
        std::vector<std::uint64_t> bits(x.size());
        std::transform(x.begin(), x.end(), bits.begin(),
                       [](double each) { return std::bit_cast<std::uint64_t>(each); });
        return bits;
    }

    /// The judge says how large the errors at the worst inputs are.
    void confirm() {
        const std::vector<search_hit> worst = search_.worst();
        std::vector<double> x;
        for (const search_hit& each : worst) x.push_back(from_ordered_key<double>(each.key));
        if (x.empty()) return;
        const auto outputs = session_.evaluate(bits_of(x));
        if (!outputs) return;
        for (std::size_t i = 0; i < x.size(); ++i)
            measurement_.confirm(x[i], std::bit_cast<double>((*outputs)[i]));
    }

    const kernel_info& kernel_;
    const f64_reference& reference_;
    beam_search search_;
    kernel_session session_;
    std::unique_ptr<tallies> measured_;
    f64_measurement measurement_;
    std::vector<double> x_;
    std::vector<double> y_;
    std::vector<double> errors_;
    std::vector<located> exact_;
};

/// All searches, several at a time; results come in the kernels' order.
class search_run {
  public:
    search_run(const search_options& options, std::vector<kernel_info> kernels)
        : options_(options),
          kernels_(std::move(kernels)),
          outcomes_(kernels_.size()),
          shares_(kernels_.size()) {
        for (std::size_t i = 0; i < kernels_.size(); ++i) {
            outcomes_[i].kernel = kernels_[i];
            outcomes_[i].skipped = kernels_[i].why_not_here();
            outcomes_[i].interrupted = outcomes_[i].skipped.empty();
            if (find_function(kernels_[i].function) == nullptr)
                outcomes_[i].skipped =
                    fmt::format("no reference: the catalogue has no function '{}'", kernels_[i].function);
            if (outcomes_[i].skipped.empty() && references_[kernels_[i].function] == nullptr)
                references_[kernels_[i].function] =
                    std::make_unique<f64_reference>(load_engine(), kernels_[i].function);
            done_.push_back(!outcomes_[i].skipped.empty());
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
    void work() {
        for (std::size_t i = next_++; i < kernels_.size(); i = next_++) {
            try {
                if (outcomes_[i].skipped.empty() && !interrupted()) search(i);
            } catch (...) {
                const std::lock_guard lock(mutex_);
                if (!error_) error_ = std::current_exception();
            }
            const std::lock_guard lock(mutex_);
            done_[i] = true;
            changed_.notify_one();
        }
    }

    void search(std::size_t i) {
        kernel_search of(kernels_[i], options_, *references_.at(kernels_[i].function));
        outcome found = of.run([&](double share) { shares_[i] = share; });
        const std::lock_guard lock(mutex_);
        outcomes_[i] = std::move(found);
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
    std::map<std::string, std::unique_ptr<f64_reference>> references_;
    std::vector<std::atomic<double>> shares_;
    std::atomic<std::size_t> next_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<bool> done_;
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
