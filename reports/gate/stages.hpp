// The three measurements of a gate run. Each writes what it finds into the result as it goes, so that an
// interrupted run keeps what it has.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "reports/gate/builds.hpp"
#include "reports/gate/model.hpp"
#include "reports/gate/options.hpp"

namespace ulpfront::gate {

/// What is going on, on a terminal's last line.
class progress_line {
  public:
    progress_line() = default;
    progress_line(const progress_line&) = delete;
    progress_line& operator=(const progress_line&) = delete;
    ~progress_line() { clear(); }
    void show(const std::string& what, double share);
    void clear();

  private:
    std::string what_;
    std::chrono::steady_clock::time_point begun_;
    std::chrono::steady_clock::time_point shown_;
    bool visible_ = false;
};

/// Compares results bit by bit, and where bits changed, errors. `into.kernels` has one entry a pair.
void measure_accuracy(const std::vector<kernel_pair>& pairs, const both_builds& builds, const options& how,
                      gate_result& into);

/// Times pairs against each other.
void measure_speed(const std::vector<kernel_pair>& pairs, const options& how, gate_result& into);

/// Counts the instructions of pairs.
void measure_instructions(const std::vector<kernel_pair>& pairs, const options& how, gate_result& into);

}  // namespace ulpfront::gate
