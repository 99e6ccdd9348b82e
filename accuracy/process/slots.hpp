// Blocks of inputs with their reference, in memory that the supervisor writes and the workers only read.
#pragma once

#include <cstddef>
#include <cstdint>

#include "accuracy/process/inputs.hpp"
#include "accuracy/process/memory.hpp"
#include "accuracy/reference/engine.hpp"

namespace ulpfront {

/// A slot holds the inputs of a block and the one after it, then the values, bounds and groups of their
/// reference. The inputs end where their pages end.
struct slot_layout {
    static constexpr std::size_t page = std::size_t{1} << 16;  // the largest on any machine
    static constexpr std::size_t input_bytes = block_size * sizeof(float) + page;
    static constexpr std::size_t reference_bytes =
        2 * block_size * sizeof(double) + block_size / reference_group::size * sizeof(reference_group);
    static constexpr std::size_t bytes = input_bytes + reference_bytes;
};

/// A slot in this process.
class slot_view {
  public:
    slot_view(const descriptor& memory, std::size_t slot, protection how)
        : inputs_(mapping::of_shared(memory, slot * slot_layout::bytes, slot_layout::input_bytes, how, true)),
          reference_(mapping::of_shared(memory, slot * slot_layout::bytes + slot_layout::input_bytes,
                                        slot_layout::reference_bytes, how, false)) {}

    /// `n` inputs, the successor counted.
    [[nodiscard]] float* x(std::size_t n) const { return inputs_.upper<float>(n); }
    [[nodiscard]] double* value() const { return reference_.lower<double>(); }
    [[nodiscard]] double* bound() const { return reference_.lower<double>() + block_size; }
    [[nodiscard]] reference_group* groups() const {
        return reinterpret_cast<reference_group*>(reference_.lower<double>() + 2 * block_size);
    }

  private:
    mapping inputs_;
    mapping reference_;
};

}  // namespace ulpfront
