// Which kernels are checked together, and on which inputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "accuracy/process/inputs.hpp"
#include "accuracy/process/ring.hpp"
#include "impls/catalogue.hpp"

namespace ulpfront {

/// The kernels of one function and dtype that run here: they share inputs and reference.
struct kernel_group {
    std::string function;
    std::uint32_t dtype = 0;
    std::vector<std::size_t> members;         ///< indices into the selected kernels
    std::shared_ptr<const input_set> inputs;  ///< null: the catalogue lacks the function

    /// What there is to do, in blocks: without inputs array integrity is one.
    [[nodiscard]] std::uint64_t blocks() const { return inputs == nullptr ? 1 : inputs->blocks(); }
    /// "FUNCTION/f32", for people.
    [[nodiscard]] std::string name() const;
};

/// Why a kernel is not checked here; empty if it is.
std::string why_unchecked(const kernel_info& kernel);

/// The groups of the kernels that can be checked, in the kernels' order. Throws failure where the files of
/// witnesses are not what they should be.
std::vector<kernel_group> group_kernels(const std::vector<kernel_info>& kernels,
                                        const input_request& request);

/// Inputs and references of a group that has inputs. Throws failure (exit_internal) if the engine lacks its
/// function.
std::unique_ptr<const block_source> source_of(const kernel_group& group);

}  // namespace ulpfront
