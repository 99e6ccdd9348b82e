// Which kernel to use for an error budget.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "reports/model.hpp"

namespace ulpfront::reports {

/// What |error| / max(1, |f|) of a kernel for inference may not exceed.
inline constexpr double inference_bound = 0x1p-10;

/// A tier of DESIGN 1 as a question to a kernel's measured error.
struct budget {
    const char* name;               ///< "faithful"
    const char* bound;              ///< "< 1 ULP"
    bool (*met_by)(const kernel&);  ///< only asked of comparable kernels
};

/// Correctly rounded, faithful, fast, inference: from the strictest to the loosest.
const std::array<budget, 4>& budgets();

/// The least that |error| / max(1, |f|) is known not to exceed, by what was measured: the largest absolute
/// error, which says nothing where |f| is large; an absolute promise that was kept; or, since U ULP are at
/// most U 2^(1-p) |f|, the largest error in ULP. Nothing where no error was measured.
std::optional<double> mixed_error(const accuracy_row& row);

/// Whether the maximum ULP error is at most a bound.
bool within_ulp(const kernel& of, double bound);

/// A kernel chosen, with those that it was chosen over.
struct choice {
    std::size_t kernel = 0;
    condition under;
    std::size_t candidates = 0;            ///< kernels that meet the budget, this one included
    std::optional<std::size_t> faster;     ///< has a lower median, but cannot be told apart and errs more
    std::optional<std::size_t> runner_up;  ///< the fastest of the others
};

/// Kernels of a group that a choice is made from: timed under a condition, comparable, of the ISA (any if
/// empty); fastest first.
std::vector<std::size_t> timed_and_sound(const model& all, const kernel_group& group, const condition& under,
                                         const std::string& isa);

/// Among those and accepted: the kernels that cannot be told from the fastest, and of them the one with
/// the least error. Nothing if none is accepted.
std::optional<choice> choose(const model& all, const kernel_group& group, const condition& under,
                             const std::string& isa, const std::function<bool(const kernel&)>& accepted);

}  // namespace ulpfront::reports
