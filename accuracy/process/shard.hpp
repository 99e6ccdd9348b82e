// One machine's share of a check, with a file that a killed run goes on from.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "accuracy/process/function_check.hpp"
#include "accuracy/process/groups.hpp"
#include "accuracy/process/shard_file.hpp"

namespace ulpfront {

/// "i/N": the part with this number, counted from 0, of so many.
struct shard_number {
    std::uint64_t part = 0;
    std::uint64_t of = 1;
};

/// Parses "i/N". Throws failure (exit_usage) unless i < N.
shard_number parse_shard(const std::string& text);

/// Throws failure unless `path` is fit to become, or go on being, this shard's file: exit_usage where none is
/// named, exit_bad_input where something else is there.
void require_shard_file(const shard_number& number, const std::string& path);

/// Checks blocks of every group: block b of group g belongs to part (b + g) mod N, so that each part has some
/// of every kind of input, and array integrity and special values, which go with block 0, are spread. What is
/// done goes to the file every few seconds; a later run with the same arguments goes on from there.
class shard_run {
  public:
    /// Throws failure (exit_usage) where there are more parts than blocks, (exit_bad_input) where the file is
    /// of another run. `kernels` and `groups` outlive it.
    shard_run(const shard_number& number, std::string path, const library_list& libraries,
              const input_request& request, const std::vector<outcome>& kernels,
              const std::vector<kernel_group>& groups, const check_settings& settings);

    /// Works on its blocks of a group until they are done, or interrupted(); what has been found about the
    /// group's kernels, then and in earlier runs.
    std::vector<outcome> check(std::size_t group, const std::function<void(double)>& progress);

    /// CPU time of this run.
    [[nodiscard]] double reference_seconds() const { return reference_seconds_; }

  private:
    [[nodiscard]] std::vector<std::uint64_t> blocks_left(std::size_t group) const;
    void require_enough_blocks() const;
    void go_on_from_file();
    bool check_batch(std::size_t group, const std::vector<std::uint64_t>& blocks,
                     const std::function<void(double)>& progress);
    std::vector<outcome> run_kernels(std::size_t group, const std::vector<kernel_info>& kernels,
                                     const std::vector<std::uint64_t>& blocks,
                                     const std::function<void(double)>& progress);
    void save();

    shard_number number_;
    std::string path_;
    const std::vector<kernel_group>& groups_;
    check_settings settings_;
    shard state_;
    std::size_t batch_size_ = 32;
    double saved_at_;
    double reference_seconds_ = 0.0;
};

}  // namespace ulpfront
