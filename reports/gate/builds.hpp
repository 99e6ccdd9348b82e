// The two builds: their libraries, their kernels, and which kernel of one is which of the other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "impls/catalogue.hpp"
#include "impls/tool.hpp"
#include "reports/gate/model.hpp"

namespace ulpfront::gate {

/// Why two builds cannot be compared at all: a verdict, not an error.
class incomparable_builds : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The same kernel of both builds; one of them may lack it.
struct kernel_pair {
    std::string id;
    std::optional<kernel_info> base;
    std::optional<kernel_info> candidate;

    [[nodiscard]] bool is_complete() const { return base && candidate; }
    [[nodiscard]] const kernel_info& any() const { return candidate ? *candidate : *base; }
    /// What they promise is the same.
    [[nodiscard]] bool has_same_promise() const;
    /// The same object code and the same promise.
    [[nodiscard]] bool is_identical() const;
    /// Why it cannot be run here; empty if it can.
    [[nodiscard]] std::string why_not_here() const;
};

/// A copy of kernel libraries, gone with this object.
class library_copies {
  public:
    /// The path of a copy under the same file name.
    std::string copy(const std::string& path);

  private:
    std::optional<scratch_folder> folder_;
};

/// Both builds, loaded in workers.
struct both_builds {
    std::vector<std::string> base_paths;  ///< libraries, absolute
    std::vector<std::string> candidate_paths;
    std::vector<kernel_info> base;
    std::vector<kernel_info> candidate;
};

/// Lists both builds and writes what they are into the result. A library that is one file on both sides is
/// copied for the candidate. Throws failure (exit_usage) for a path that is no library or folder of them,
/// incomparable_builds for libraries that cannot be loaded, or not side by side.
both_builds load_builds(const std::string& base, const std::string& candidate, library_copies& copies,
                        gate_result& into);

/// Pairs the selected kernels by name, in the order of every list. Throws failure (exit_usage) for a
/// selection that matches nothing, incomparable_builds if no kernel is in both.
std::vector<kernel_pair> pair_kernels(const both_builds& builds, const selection& by);

}  // namespace ulpfront::gate
