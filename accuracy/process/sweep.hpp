// A worker's part of the sweep: blocks of inputs through the kernel, results into the tallies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "accuracy/f64_measurement.hpp"
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

/// How results of a wide type are measured.
template <class T>
using measurement_of = std::conditional_t<std::is_same_v<T, double>, f64_measurement, measurement>;

/// For kernels of element type E. What is narrower than binary32 is measured as binary32, which holds it.
template <class E>
class sweeper_of : public sweeper {
  public:
    using wide = wide_of<E>;

    sweeper_of(running_kernel& kernel, const kernel_context& context, const kernel_info& info);

    void sweep(const slot_view& slot, const sweep_block& block) override;

  private:
    void evaluate(const E* x, E* y, std::size_t n);
    const E* inputs(const wide* x, std::size_t n);
    static const wide* widened(const E* y, std::size_t n, std::vector<wide>& room);
    void measure(const slot_view& slot, std::size_t begin, const wide* x, const wide* y, std::size_t n,
                 bool successor);
    void check_mirrored(const wide* x, const wide* y, std::size_t n);

    running_kernel& kernel_;
    const kernel_context& context_;
    measurement_of<wide> measurement_;
    mapping input_;              // where E is narrower than its wide type: a chunk of inputs, narrowed
    mapping output_;             // of a chunk, by turns flush with its pages' end and with their beginning
    std::vector<wide> results_;  // of that type
    std::vector<wide> mirrored_results_;
    std::vector<E> mirrored_x_;
    std::vector<E> mirrored_y_;
};

}  // namespace ulpfront
