// A shard: one part of a check that many machines share, as a file that says all that merging needs.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "accuracy/process/function_check.hpp"
#include "accuracy/process/groups.hpp"
#include "impls/catalogue.hpp"

namespace ulpfront {

/// A set of blocks, kept as ranges.
class block_set {
  public:
    /// Adds [begin, end).
    void add(std::uint64_t begin, std::uint64_t end);
    [[nodiscard]] bool has(std::uint64_t block) const;
    /// A block that both have; nullopt if they have none in common.
    [[nodiscard]] std::optional<std::uint64_t> common(const block_set& other) const;
    /// What is missing of [0, end).
    [[nodiscard]] block_set missing(std::uint64_t end) const;
    void add(const block_set& other);

    [[nodiscard]] bool empty() const { return ranges_.empty(); }
    /// begin -> end; apart from one another.
    [[nodiscard]] const std::map<std::uint64_t, std::uint64_t>& ranges() const { return ranges_; }
    friend bool operator==(const block_set&, const block_set&) = default;

  private:
    std::map<std::uint64_t, std::uint64_t> ranges_;
};

/// "3, 7-9".
std::string words_of(const block_set& blocks);

/// What one file holds.
// NOLINTNEXTLINE(bugprone-exception-escape): JSON moves without throwing, and does not say so
struct shard {
    nlohmann::json run;              ///< describe_run(): the same in all shards of a run
    std::vector<std::string> parts;  ///< "3/64": which shards these are, sorted
    bool complete = false;           ///< all blocks that are its own are done
    std::vector<block_set> done;     ///< of each group of the run
    std::vector<outcome> outcomes;   ///< of each kernel of the run, over those blocks
};

/// What results depend on: build and machine, inputs, the kernels and what is to be done. Says "build",
/// "machine", "inputs", "libraries", "kernels" and "groups".
nlohmann::json describe_run(const library_list& libraries, const input_request& request,
                            const std::vector<outcome>& kernels, const std::vector<kernel_group>& groups);

/// The same words for this program alone, as they stand in "build".
std::string this_tool();

/// In what two runs differ, for people: "another machine (/cpu: \"A\", not \"B\")"; empty if in nothing.
std::string difference(const nlohmann::json& run, const nlohmann::json& expected);

/// Writes a shard whole or not at all, with a checksum. Throws failure (exit_cannot_write).
void write_shard(const std::string& path, const shard& from);

/// Throws failure (exit_bad_input) naming the file and why it is not a whole, unedited shard.
shard read_shard(const std::string& path);

}  // namespace ulpfront
