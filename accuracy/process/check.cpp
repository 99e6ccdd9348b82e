// ulpfront-accuracy check
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "accuracy/process/commands.hpp"
#include "accuracy/process/function_check.hpp"
#include "accuracy/process/groups.hpp"
#include "accuracy/process/listing.hpp"
#include "accuracy/process/result.hpp"
#include "accuracy/process/ring.hpp"
#include "accuracy/process/row.hpp"
#include "accuracy/process/shard.hpp"
#include "accuracy/process/table.hpp"
#include "impls/clock.hpp"
#include "impls/environment.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

/// A whole check: group by group, each with one reference for all its kernels.
class check {
  public:
    check(const check_options& options, const listing& all, std::vector<kernel_info> kernels)
        : request_(parse_inputs(options.inputs)),
          settings_{
              options.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.threads,
              options.timeout},
          kernels_(std::move(kernels)),
          groups_(group_kernels(kernels_, request_)),
          outcomes_(kernels_.size()),
          table_(kernels_) {
        for (std::size_t i = 0; i < kernels_.size(); ++i) {
            outcomes_[i].kernel = kernels_[i];
            outcomes_[i].skipped = why_unchecked(kernels_[i]);
            outcomes_[i].interrupted = outcomes_[i].skipped.empty();
        }
        if (!options.shard.empty())
            shard_.emplace(parse_shard(options.shard), options.out, all.libraries, request_, outcomes_,
                           groups_, settings_);
    }

    void run() {
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            if (!interrupted()) take(groups_[g], shard_ ? shard_->check(g, progress_of(g)) : check_group(g));
        }
        for (const outcome& each : outcomes_) {
            if (!each.skipped.empty() || each.interrupted) table_.print(each);
        }
        explain_f64();
        explain_reference();
    }

    [[nodiscard]] const std::vector<kernel_info>& kernels() const { return kernels_; }
    [[nodiscard]] const std::vector<outcome>& outcomes() const { return outcomes_; }
    [[nodiscard]] const input_request& request() const { return request_; }
    [[nodiscard]] double reference_seconds() const {
        return reference_seconds_ + (shard_ ? shard_->reference_seconds() : 0.0);
    }

  private:
    /// Of 2^64 inputs nobody tries all.
    void explain_f64() const {
        const bool any = std::any_of(groups_.begin(), groups_.end(), [](const kernel_group& each) {
            return each.dtype == ULPFRONT_DTYPE_F64 && each.inputs != nullptr;
        });
        if (any && request_.kind == input_request::mode::all)
            put_out(
                fmt::format("f64: in place of all 2^64 inputs {} chosen ones of each function\n", f64_all));
    }

    /// Of the functions whose every input was tried: was that against a certified reference?
    void explain_reference() const {
        std::set<std::string> certified;
        std::set<std::string> others;
        for (const outcome& each : outcomes_) {
            if (each.kernel.dtype != ULPFRONT_DTYPE_F32 || !is_exhaustive(each)) continue;
            (is_certified(each) ? certified : others).insert(each.kernel.function);
        }
        if (!certified.empty())
            put_out(fmt::format("f32: the reference is certified: {}\n", fmt::join(certified, ", ")));
        if (!others.empty())
            put_out(fmt::format("f32: the reference has no certificate that is whole and this build's: {}\n",
                                fmt::join(others, ", ")));
    }

    std::function<void(double)> progress_of(std::size_t g) {
        const auto before = static_cast<double>(done_);
        return [this, g, before](double share) {
            const double done = before + share * static_cast<double>(groups_[g].members.size());
            progress_.show(groups_[g].name(), done / static_cast<double>(kernels_.size()));
        };
    }

    std::vector<outcome> check_group(std::size_t g) {
        const kernel_group& group = groups_[g];
        std::vector<kernel_info> kernels;
        for (const std::size_t member : group.members) kernels.push_back(kernels_[member]);
        const auto progress = progress_of(g);
        if (group.inputs == nullptr) return function_check(kernels, nullptr, 0, settings_, progress).run();
        std::vector<std::uint64_t> blocks(group.blocks());
        std::iota(blocks.begin(), blocks.end(), std::uint64_t{0});
        const auto source = source_of(group);
        reference_ring ring(*source, blocks, settings_.threads);
        auto results = function_check(kernels, &ring, blocks.size(), settings_, progress).run();
        reference_seconds_ += ring.cpu_seconds();
        return results;
    }

    void take(const kernel_group& group, std::vector<outcome> results) {
        progress_.clear();
        for (std::size_t i = 0; i < results.size(); ++i) {
            if (!results[i].interrupted) table_.print(results[i]);
            outcomes_[group.members[i]] = std::move(results[i]);
        }
        done_ += results.size();
    }

    input_request request_;
    check_settings settings_;
    std::vector<kernel_info> kernels_;
    std::vector<kernel_group> groups_;
    std::vector<outcome> outcomes_;  // one for each kernel
    std::optional<shard_run> shard_;
    result_table table_;
    progress_line progress_;
    std::size_t done_ = 0;  // kernels
    double reference_seconds_ = 0.0;
};

/// Says what was done, and returns the exit code it makes.
int summarise(const check& done, double seconds) {
    const status_counts counts = count_statuses(done.outcomes());
    double kernel_seconds = 0.0;
    for (const outcome& each : done.outcomes()) kernel_seconds += each.kernel_seconds;
    put_out(fmt::format("{}; {:.1f} s (CPU: kernels {:.1f} s, reference {:.1f} s)\n", words_of(counts),
                        seconds, kernel_seconds, done.reference_seconds()));
    return exit_code_of(counts);
}

}  // namespace

int run_check(const check_options& options) {
    const double start = wall_seconds();
    catch_interrupts();
    static_cast<void>(parse_inputs(options.inputs));
    if (!options.shard.empty()) require_shard_file(parse_shard(options.shard), options.out);
    if (!options.out.empty()) require_writable(options.out);
    const listing all = list_libraries(options.which, options.timeout);
    check work(options, all, select_kernels(all.kernels, options.which));
    work.run();
    for (const skipped_library& each : all.libraries.skipped)
        put_out(fmt::format("skipped {}: {}\n", each.path, each.reason));
    const int code = summarise(work, wall_seconds() - start);
    if (options.out.empty()) return code;
    if (options.shard.empty()) {
        const result_heading heading{!interrupted(), this_environment(), describe_inputs(work.request()),
                                     describe_libraries(all.libraries, work.kernels())};
        write_whole(options.out, result_text(heading, work.outcomes()));
    }
    put_out(fmt::format("{} written{}\n", options.out, interrupted() ? ", marked incomplete" : ""));
    return code;
}

}  // namespace ulpfront
