// One kernel of f64 tried on inputs as they come, and its results beside the exact values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "accuracy/f64_measurement.hpp"
#include "accuracy/process/function_check.hpp"
#include "accuracy/process/session.hpp"

namespace ulpfront {

/// Keys are those of accuracy/ulp.hpp. The kernel's worker ends with the trial.
class kernel_trial {
  public:
    /// Results are measured into `into`, which like `reference` must outlive the trial.
    kernel_trial(const kernel_info& kernel, double timeout, const f64_reference& reference, tallies& into);

    /// Bits of the results for special_values(kernel); none where the worker died of it.
    std::vector<std::uint64_t> try_specials();

    /// Of ascending keys, no two alike: the errors in ulp, -1 where there is none to speak of. None at all
    /// where the worker died of it, or interrupted().
    std::span<const double> try_inputs(std::span<const std::uint64_t> keys);

    /// The judge says how large the errors are at inputs that were tried.
    void confirm(std::span<const std::uint64_t> keys);

    /// Adds what the worker was seen to do wrong, and its time.
    void report_to(outcome& result) const;

  private:
    /// Whether x_ and y_ are now those of the keys.
    bool evaluate(std::span<const std::uint64_t> keys);

    kernel_info kernel_;
    const f64_reference& reference_;
    kernel_session session_;
    f64_measurement measurement_;
    std::vector<double> x_;
    std::vector<double> y_;
    std::vector<double> errors_;
    std::vector<located> exact_;
};

/// Keys of the inputs where a kernel was at its worst: of every maximum and of everything that was wrong.
std::vector<std::uint64_t> worst_keys(const tallies& measured);

}  // namespace ulpfront
