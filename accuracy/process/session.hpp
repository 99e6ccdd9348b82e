// One kernel in a worker of its own that evaluates what it is given.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "accuracy/measurement.hpp"
#include "accuracy/process/child.hpp"
#include "accuracy/process/worker_state.hpp"

namespace ulpfront {

/// Its worker ends with it.
class kernel_session {
  public:
    /// Starts the worker. `timeout`: CPU seconds for one call.
    kernel_session(const kernel_info& kernel, double timeout);
    kernel_session(const kernel_session&) = delete;
    kernel_session& operator=(const kernel_session&) = delete;
    kernel_session(kernel_session&&) = delete;
    kernel_session& operator=(kernel_session&&) = delete;
    ~kernel_session() = default;

    /// Bits of the results for bits of inputs, both in the elements' wide type (impls/element.hpp). nullopt
    /// where the worker died of it (then death() says why), or interrupted().
    std::optional<std::vector<std::uint64_t>> evaluate(const std::vector<std::uint64_t>& inputs);

    [[nodiscard]] const std::optional<fault>& death() const { return death_; }
    /// What calls were found to do wrong, such as changing control bits.
    [[nodiscard]] const std::vector<fault>& faults() const { return faults_; }
    /// CPU time of the worker.
    [[nodiscard]] double cpu_seconds() const { return process_.cpu_seconds(); }

  private:
    double timeout_;
    descriptor memory_;
    mapping shared_;
    worker_state* state_;
    child process_;
    std::optional<fault> death_;
    std::vector<fault> faults_;
};

}  // namespace ulpfront
