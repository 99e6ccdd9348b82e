#include "accuracy/process/shard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "accuracy/process/ring.hpp"
#include "impls/clock.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

/// A batch of blocks is done whole or again: so long it should take, in seconds. Starting its workers takes
/// a fraction of a second.
constexpr double batch_seconds = 6.0;
constexpr std::size_t largest_batch = 1024;
/// The file is written when so many seconds have passed since the last time.
constexpr double save_seconds = 5.0;

std::string words_of(const shard_number& number) { return fmt::format("{}/{}", number.part, number.of); }

}  // namespace

shard_number parse_shard(const std::string& text) {
    shard_number number;
    const char* const end = text.data() + text.size();
    const auto part = std::from_chars(text.data(), end, number.part);
    const bool slash = part.ec == std::errc{} && part.ptr != end && *part.ptr == '/';
    const auto of = slash ? std::from_chars(part.ptr + 1, end, number.of) : part;
    if (!slash || of.ec != std::errc{} || of.ptr != end)
        throw failure(exit_usage, fmt::format("--shard '{}': say i/N, such as 0/64", text));
    if (number.part >= number.of) {
        throw failure(exit_usage,
                      number.of == 0
                          ? fmt::format("--shard '{}': there is no part of nothing; N is at least 1", text)
                          : fmt::format("--shard '{}': parts are counted from 0; of {} the last one is {}/{}",
                                        text, number.of, number.of - 1, number.of));
    }
    return number;
}

void require_shard_file(const shard_number& number, const std::string& path) {
    if (path.empty()) {
        throw failure(exit_usage, fmt::format("--shard {0}: say where it goes, such as --out shard.{1}.json",
                                              words_of(number), number.part));
    }
    if (!std::filesystem::is_regular_file(path)) return;
    const shard there = read_shard(path);
    if (there.parts != std::vector{words_of(number)}) {
        throw failure(exit_bad_input, fmt::format("'{}' is shard {}, not {}; name another file, or remove it",
                                                  path, fmt::join(there.parts, ", "), words_of(number)));
    }
}

shard_run::shard_run(const shard_number& number, std::string path, const library_list& libraries,
                     const input_request& request, const std::vector<outcome>& kernels,
                     const std::vector<kernel_group>& groups, const check_settings& settings)
    : number_(number),
      path_(std::move(path)),
      groups_(groups),
      settings_(settings),
      saved_at_(wall_seconds()) {
    require_enough_blocks();
    state_.run = describe_run(libraries, request, kernels, groups);
    state_.parts = {words_of(number)};
    state_.done.resize(groups.size());
    state_.outcomes = kernels;
    go_on_from_file();
    for (std::size_t i = 0; i < kernels.size(); ++i) state_.outcomes[i].kernel = kernels[i].kernel;
}

void shard_run::require_enough_blocks() const {
    const auto largest = std::max_element(
        groups_.begin(), groups_.end(), [](const auto& a, const auto& b) { return a.blocks() < b.blocks(); });
    const std::uint64_t most = largest == groups_.end() ? 1 : largest->blocks();
    if (number_.of <= most) return;
    throw failure(
        exit_usage,
        fmt::format("--shard {}: more shards than blocks of inputs; {} has {}, so N is at most that",
                    words_of(number_), largest == groups_.end() ? "nothing" : largest->name(), most));
}

void shard_run::go_on_from_file() {
    if (!std::filesystem::is_regular_file(path_)) return;
    shard there = read_shard(path_);
    if (const std::string differs = difference(there.run, state_.run); !differs.empty()) {
        throw failure(exit_bad_input,
                      fmt::format("'{}' is of {}; name another file, or remove it", path_, differs));
    }
    state_ = std::move(there);
}

std::vector<std::uint64_t> shard_run::blocks_left(std::size_t group) const {
    std::vector<std::uint64_t> blocks;
    const std::uint64_t first = (number_.part + number_.of - group % number_.of) % number_.of;
    for (std::uint64_t block = first; block < groups_[group].blocks(); block += number_.of) {
        if (!state_.done[group].has(block)) blocks.push_back(block);
    }
    return blocks;
}

std::vector<outcome> shard_run::check(std::size_t group, const std::function<void(double)>& progress) {
    const std::vector<std::uint64_t> left = blocks_left(group);
    const auto share = [&](double done) {
        return done / static_cast<double>(std::max<std::size_t>(left.size(), 1));
    };
    std::size_t done = 0;
    while (done < left.size()) {
        const double start = wall_seconds();
        const std::size_t size = std::min(batch_size_, left.size() - done);
        const std::vector<std::uint64_t> batch(left.begin() + static_cast<std::ptrdiff_t>(done),
                                               left.begin() + static_cast<std::ptrdiff_t>(done + size));
        if (!check_batch(group, batch, [&](double of_batch) {
                progress(share(static_cast<double>(done) + of_batch * static_cast<double>(size)));
            })) {
            break;
        }
        done += size;
        if (wall_seconds() - start < batch_seconds / 2)
            batch_size_ = std::min(2 * batch_size_, largest_batch);
        if (wall_seconds() - start > batch_seconds * 2)
            batch_size_ = std::max<std::size_t>(batch_size_ / 2, 1);
        if (wall_seconds() - saved_at_ > save_seconds) save();
    }
    if (interrupted() || group + 1 == groups_.size()) save();
    std::vector<outcome> results;
    for (const std::size_t member : groups_[group].members) {
        results.push_back(state_.outcomes[member]);
        results.back().interrupted = done < left.size();
    }
    return results;
}

/// False where it was interrupted: then it is as if it had not been begun.
bool shard_run::check_batch(std::size_t group, const std::vector<std::uint64_t>& blocks,
                            const std::function<void(double)>& progress) {
    std::vector<std::size_t> alive;
    std::vector<kernel_info> kernels;
    for (const std::size_t member : groups_[group].members) {
        if (state_.outcomes[member].death) continue;
        alive.push_back(member);
        kernels.push_back(state_.outcomes[member].kernel);
    }
    if (!kernels.empty()) {
        const std::vector<outcome> found = run_kernels(group, kernels, blocks, progress);
        if (interrupted()) return false;
        for (std::size_t i = 0; i < found.size(); ++i) join(state_.outcomes[alive[i]], found[i]);
    }
    for (const std::uint64_t block : blocks) state_.done[group].add(block, block + 1);
    return true;
}

std::vector<outcome> shard_run::run_kernels(std::size_t group, const std::vector<kernel_info>& kernels,
                                            const std::vector<std::uint64_t>& blocks,
                                            const std::function<void(double)>& progress) {
    check_settings settings = settings_;
    settings.prepares = blocks.front() == 0;
    if (groups_[group].inputs == nullptr)
        return function_check(kernels, nullptr, 0, settings, progress).run();
    const auto source = source_of(groups_[group]);
    reference_ring ring(*source, blocks, settings.threads);
    auto found = function_check(kernels, &ring, blocks.size(), settings, progress).run();
    reference_seconds_ += ring.cpu_seconds();
    return found;
}

void shard_run::save() {
    state_.complete = true;
    for (std::size_t g = 0; g < groups_.size(); ++g)
        state_.complete = state_.complete && blocks_left(g).empty();
    write_shard(path_, state_);
    saved_at_ = wall_seconds();
}

}  // namespace ulpfront
