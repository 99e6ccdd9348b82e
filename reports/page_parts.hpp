// The page's data, part by part, as the template's names want them.
#pragma once

#include <nlohmann/json.hpp>

#include "reports/report.hpp"

namespace ulpfront::reports {

/// "k12": the row of a kernel.
std::string row_id(std::size_t k);
/// "f-NAME": a function's section.
std::string section_id(const std::string& function);
/// "g-NAME-f32": a function's part for one dtype.
std::string group_id(const function_group& function, const kernel_group& group);

/// The first screen: which kernel per function and budget, a table for each dtype.
nlohmann::json choices_view(const report& of);

/// The switch between types; null where there is one.
nlohmann::json types_view(const report& of);

/// What is to be known before, each list with its first sentences apart from the others.
nlohmann::json notes_view(const report& of);

/// A function's section: curve, facts, and for each dtype charts and tables.
nlohmann::json function_view(const report& of, const function_group& function);

/// The fastest kernel of each ISA within each budget; null where there is one ISA.
nlohmann::json isa_choices_view(const report& of, const kernel_group& group);

/// What each function costs, per dtype.
nlohmann::json costs_view(const report& of);
/// What each function's slope does.
nlohmann::json slopes_view(const report& of);
/// Instruction sets, libraries and tables side by side; each null where there is nothing to compare.
nlohmann::json isas_view(const report& of);
nlohmann::json peers_view(const report& of);
nlohmann::json tables_view(const report& of);
/// What changed from an older set; null where none was given.
nlohmann::json against_view(const report& of);

/// The ranking of a function's kernels for one dtype.
nlohmann::json ranking_view(const report& of, const kernel_group& group);

/// Special inputs against kernels, kernels with the same results in one row; null where none were tried.
nlohmann::json specials_view(const report& of, const kernel_group& group);

/// Worst inputs and counts of what went wrong, kernels that err alike in one row.
nlohmann::json worst_view(const report& of, const kernel_group& group);

/// The conditions that differ from the usual one in one way at most: sizes, then distributions and places.
std::vector<condition> shown_conditions(const kernel_group& group);

/// Times under those; null where there is only one.
nlohmann::json conditions_view(const report& of, const kernel_group& group);

/// What each kernel is and promises, its ISAs in one row.
nlohmann::json kernels_view(const report& of, const kernel_group& group);

/// A ratio with its interval: text, low, high; null where there is none.
nlohmann::json ratio_view(const std::optional<ratio>& of);

}  // namespace ulpfront::reports
