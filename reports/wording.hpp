// Sentences that page, summary and command line share.
#pragma once

#include <string>

#include "reports/against.hpp"
#include "reports/choice.hpp"
#include "reports/model.hpp"

namespace ulpfront::reports {

/// Why the first kernel is to be preferred: "faster and more accurate".
std::string dominance_text(const model& all, std::size_t winner, std::size_t loser, const condition& under);

/// Where a kernel stands on the front of its ISA: "on the front; also over all ISAs", "beaten by x: faster
/// and more accurate", "on the front by absolute error; in ULP beaten by x: faster, same error", "not
/// compared: its promise is broken".
std::string standing_text(const model& all, std::size_t of, const condition& under);

/// The command that computes a kernel's worst input again, to be typed in the project's folder; empty if
/// there is none.
std::string reproduce_command(const accuracy_row& row);

/// The results that no rounding excuses, counted: "3 NaN, 2 infinite"; empty if there are none.
std::string grave_text(const accuracy_row& row);

/// The results outside the function's range, be it by one rounding: "271 out of range"; empty if there are
/// none.
std::string outside_text(const accuracy_row& row);

/// What came out wrong over all inputs tried, counted: "3 NaN, 2 signs of zero"; "none".
std::string mismatches_text(const accuracy_row& row);

/// "kept", "broken", "crashed", "not verified", "" (nothing promised): what became of a promise.
std::string promise_verdict(const accuracy_row& row);

/// "0.331 ns [0.329–0.334]".
std::string interval_text(const interval& time);

/// "14.2 [13.9–14.6]".
std::string ratio_interval_text(const ratio& of);

/// "3 timings slower, 12 faster, ...; 2 kernels less exact": what changed, in one line.
std::string against_text(const comparison& changes);

}  // namespace ulpfront::reports
