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
    std::size_t count;
    bool successor;  ///< another input follows the last one
};

/// Sweeps blocks with one kernel; its tallies in the worker's state are up to date after each.
class sweeper {
  public:
    virtual ~sweeper() = default;
    virtual void sweep(const slot_view& slot, const sweep_block& block) = 0;
};

/// For kernels of element type E. What is not binary32 is measured as binary32, which holds it.
template <class E>
class sweeper_of : public sweeper {
  public:
    sweeper_of(running_kernel& kernel, const kernel_context& context, const engine_table& engine,
               const kernel_info& info);

    void sweep(const slot_view& slot, const sweep_block& block) override;

  private:
    void evaluate(const E* x, E* y, std::size_t n);
    const E* inputs(const float* x, std::size_t n);
    static const float* widened(const E* y, std::size_t n, std::vector<float>& room);
    void check_mirrored(const float* x, const float* y, std::size_t n);

    running_kernel& kernel_;
    const kernel_context& context_;
    measurement measurement_;
    mapping input_;               // where E is not binary32: a chunk of inputs, narrowed
    mapping output_;              // of a chunk, by turns flush with its pages' end and with their beginning
    std::vector<float> results_;  // as binary32, where E is not
    std::vector<float> mirrored_results_;
    std::vector<E> mirrored_x_;
    std::vector<E> mirrored_y_;
};

}  // namespace ulpfront
