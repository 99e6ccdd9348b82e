// A worker's part of the sweep: blocks of inputs through the kernel, results into the tallies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "accuracy/measurement.hpp"
#include "accuracy/process/memory.hpp"
#include "accuracy/process/running_kernel.hpp"
#include "accuracy/process/slots.hpp"

namespace ulpfront {

/// One block to sweep.
struct sweep_block {
    std::uint64_t
        index;  ///< even ones have their output flush with its pages' end, odd ones with the beginning
    std::size_t count;
    bool successor;  ///< another input follows the last one
};

/// Sweeps blocks with one kernel; its tallies in the worker's state are up to date after each.
class sweeper {
  public:
    sweeper(running_kernel& kernel, const kernel_context& context, const engine_table& engine,
            const kernel_info& info);

    void sweep(const slot_view& slot, const sweep_block& block);

  private:
    void evaluate(const float* x, float* y, std::size_t n);
    void check_mirrored(const float* x, const float* y, std::size_t n);

    running_kernel& kernel_;
    const kernel_context& context_;
    measurement measurement_;
    mapping output_;
    std::vector<float> mirrored_x_;
    std::vector<float> mirrored_y_;
};

}  // namespace ulpfront
