// Blocks of inputs with their reference, in memory that the supervisor writes and the workers only read.
#pragma once

#include <cstddef>
#include <cstdint>

#include "accuracy/process/inputs.hpp"
#include "accuracy/process/memory.hpp"
#include "accuracy/reference/engine.hpp"
#include "accuracy/reference/f64_reference.hpp"

namespace ulpfront {

/// A slot holds the inputs of a block and the one after it, then the arrays of their reference. The inputs
/// end where their pages end. Values and bounds come last: of most groups they are never written, and take no
/// memory.
struct slot_layout {
    static constexpr std::size_t page = std::size_t{1} << 16;  // the largest on any machine
    static constexpr std::size_t input_bytes = block_size * sizeof(float) + page;
    static constexpr std::size_t narrow_bytes = 2 * block_size * sizeof(float);
    static constexpr std::size_t group_bytes =
        reference_block::groups_of(block_size) * sizeof(reference_group);
    static constexpr std::size_t wide_bytes = 2 * block_size * sizeof(double);
    static constexpr std::size_t reference_bytes = narrow_bytes + group_bytes + wide_bytes;
    static constexpr std::size_t bytes = input_bytes + reference_bytes;
    static_assert((f64_block_size + 1) * sizeof(double) <= input_bytes);
    static_assert(f64_block_size * sizeof(located) <= reference_bytes);
};

/// A slot in this process.
class slot_view {
  public:
    slot_view(const descriptor& memory, std::size_t slot, protection how)
        : inputs_(mapping::of_shared(memory, slot * slot_layout::bytes, slot_layout::input_bytes, how, true)),
          reference_(mapping::of_shared(memory, slot * slot_layout::bytes + slot_layout::input_bytes,
                                        slot_layout::reference_bytes, how, false)) {}

    /// `n` inputs of type T (float, double), the successor counted.
    template <class T>
    [[nodiscard]] T* x(std::size_t n) const {
        return inputs_.upper<T>(n);
    }
    /// The exact values of inputs of binary64, in place of the reference.
    [[nodiscard]] located* exact() const { return reference_.lower<located>(); }
    [[nodiscard]] reference_block reference() const {
        auto* const narrow = reference_.lower<float>();
        auto* const groups = reinterpret_cast<reference_group*>(narrow + 2 * block_size);
        auto* const wide = reinterpret_cast<double*>(groups + reference_block::groups_of(block_size));
        return {narrow, narrow + block_size, wide, wide + block_size, groups};
    }

  private:
    mapping inputs_;
    mapping reference_;
};

}  // namespace ulpfront
