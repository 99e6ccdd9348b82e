// A kernel inside its worker: every call is recorded where the supervisor can see it, and watched.
#pragma once

#include <unistd.h>

#include <cstddef>
#include <set>
#include <string>

#include "accuracy/process/machine.hpp"
#include "accuracy/process/worker_state.hpp"
#include "impls/element.hpp"
#include "impls/kernel_abi.h"

namespace ulpfront {

/// Reports faults to the supervisor as soon as they are found, so that a later crash takes none of them
/// away; of each code the first one alone.
class fault_log {
  public:
    explicit fault_log(int channel) : channel_(channel) {}
    void note(const std::string& code, const std::string& message);
    [[nodiscard]] bool has(const std::string& code) const { return codes_.contains(code); }

  private:
    int channel_;
    std::set<std::string> codes_;
};

/// What create() gave; destroyed in the end.
class kernel_context {
  public:
    kernel_context(const ulpfront_row& row, void* pointer) : row_(&row), pointer_(pointer) {}
    kernel_context(const kernel_context&) = delete;
    kernel_context& operator=(const kernel_context&) = delete;
    ~kernel_context() {
        if (row_->destroy != nullptr && pointer_ != nullptr) row_->destroy(pointer_);
    }
    [[nodiscard]] void* get() const { return pointer_; }

  private:
    const ulpfront_row* row_;
    void* pointer_;
};

/// Calls a kernel.
class running_kernel {
  public:
    running_kernel(const ulpfront_row& row, worker_state& state, fault_log& faults)
        : row_(row), state_(state), faults_(faults), control_(read_control_bits()), process_(getpid()) {}

    /// A context for calls of up to n_max elements. Throws creation_failed if create() returns null.
    [[nodiscard]] kernel_context create(std::size_t n_max);

    /// out[i] = f(in[i]) for i < n of the kernel's element type, with a record of what is being done, for if
    /// the worker dies of it. The control bits are compared and restored.
    template <class E>
    void call(activity doing, const kernel_context& context, const E* in, E* out, std::size_t n) {
        record(doing, in, out, n, sizeof(E), n == 0 ? 0.0 : static_cast<double>(widen(in[0])));
        evaluate_watched(context, in, out, n);
    }

    /// The same without the record, for any thread. Whether the control bits were left as they were found;
    /// they are restored.
    [[nodiscard]] bool call_quietly(const kernel_context& context, const void* in, void* out,
                                    std::size_t n) const;

    /// Notes what is done from now on.
    void begin(activity doing, std::size_t n = 0);

    [[nodiscard]] worker_state& state() const { return state_; }
    [[nodiscard]] fault_log& faults() const { return faults_; }

  private:
    void record(activity doing, const void* in, void* out, std::size_t n, std::size_t element_size,
                double first);
    void evaluate_watched(const kernel_context& context, const void* in, void* out, std::size_t n);
    void end_if_forked() const;

    const ulpfront_row& row_;
    worker_state& state_;
    fault_log& faults_;
    control_bits control_;  // as kernels find them
    pid_t process_;         // the one they are to return in
};

/// create() returned null.
struct creation_failed {};

}  // namespace ulpfront
