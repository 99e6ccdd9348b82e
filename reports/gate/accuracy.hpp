// What got less exact from one result of ulpfront-accuracy to another: no statistics, every figure counts.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "impls/catalogue.hpp"
#include "reports/gate/accepted.hpp"

namespace ulpfront::gate {

/// The losses between two rows of accuracy results for the same inputs. `base` may be null (a new kernel):
/// then the candidate's own promises are all that counts. Throws failure (exit_bad_input) naming `file` if a
/// row is not what it should be.
std::vector<loss> accuracy_losses(const nlohmann::json& base, const nlohmann::json& candidate,
                                  const std::string& file);

/// A row of a check with what a search found beyond it: larger maxima; what went wrong in the search alone,
/// counted once, since the search of each side tries inputs of its own; its status where the check's is "ok".
/// Either may be null: not measured.
nlohmann::json with_search(const nlohmann::json& checked, const nlohmann::json& searched,
                           const std::string& file);

/// What the source promises less than it did; empty if nothing.
std::vector<loss> promise_losses(const kernel_info& base, const kernel_info& candidate);

/// A promise in words: "4 ULP, nan inf", "exact", "none".
std::string promise_words(const kernel_info& kernel);

/// "sigmoid/f32/exp_poly/avx2: max_ulp 2.236 (was 1.98) at -0x1.62baf8p+2".
std::string in_words(const loss& found);

}  // namespace ulpfront::gate
