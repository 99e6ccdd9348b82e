// From results of binary64 kernels and their exact values to tallies.
#pragma once

#include <array>

#include "accuracy/measuring.hpp"
#include "accuracy/reference/f64_reference.hpp"

namespace ulpfront {

/// The largest error of one measure in a block, as binary64 arithmetic has it.
struct f64_candidate {
    double error = -1.0;  ///< negative: nothing seen
    std::size_t at = 0;
};

/// Measures one kernel of f64 over blocks of inputs. An error whose size in ulp is beyond binary64's numbers
/// counts as the largest of them; in the sums as 2^500, so that its square is one.
class f64_measurement : public measuring<double> {
  public:
    /// `into` may lie in shared memory; it is up to date after each add. Throws failure if the catalogue
    /// lacks the kernel's function.
    f64_measurement(const kernel_info& kernel, tallies& into);

    /// Adds n results. Inputs ascend by ordered_key. With `successor` x[n] and computed[n] also exist: the
    /// input after the last, of the next block; it counts for monotonicity alone.
    void add(const f64_comparison& block, bool successor);

    /// The same of inputs that were looked for: they are no sample of anything, so that means, histograms and
    /// the like are left out. errors[i] becomes the error in ulp, -1 where there is none to speak of.
    void add(const f64_comparison& block, double* errors);

    /// Lets the judge say how large one error is.
    void confirm(double x, double computed);

  private:
    /// An error, |computed - exact|.
    struct measured {
        double error = 0.0;  // in ulp; negative: there is none to speak of
        double signed_error = 0.0;
        double uncertainty = 0.0;  // the true |error| in ulp differs by no more
        double absolute = 0.0;
    };
    struct run {
        run_sums sums;
        std::array<std::uint32_t, error_bins_count> histogram;
    };

    /// What neighbours decide; so many results ascend.
    void finish(const f64_comparison& block, std::size_t results);
    void add_run(const f64_comparison& block, part which, bool has_next);
    void add_one(const f64_comparison& block, std::size_t i, run& to);
    void count_mismatches(double x, double computed, const located& y);
    void settle_promise(double x, double computed, const located& y, const measured& e);
    [[nodiscard]] measured measure(double x, double computed, const located& y);
    void offer(const f64_comparison& block, std::size_t i, const measured& e);
    void offer(error_measure how, const f64_comparison& block, std::size_t i, double error);
    void take_extremes(const f64_comparison& block);
    void take_extreme(const f64_comparison& block, error_measure how, extreme& to);
    [[nodiscard]] double exact_error(const f64_comparison& block, std::size_t i, error_measure how);
    [[nodiscard]] bool flush_excused(double x, double computed, const located& y) const;

    measured check_one(const f64_comparison& block, std::size_t i);
    std::array<f64_candidate, 4> candidates_;  // by error_measure, of the block at hand
};

}  // namespace ulpfront
