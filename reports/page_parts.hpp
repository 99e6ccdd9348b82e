// The page's data, part by part, as the template's names want them.
#pragma once

#include <nlohmann/json.hpp>

#include "reports/report.hpp"

namespace ulpfront::reports {

/// The first screen: which kernel per function and budget.
nlohmann::json choices_view(const report& of);

/// What each function costs and what its slope does.
nlohmann::json costs_view(const report& of);

/// A function's section: curve, facts, and for each dtype fronts and tables.
nlohmann::json function_view(const report& of, const function_group& function);

/// The ranking of a function's kernels for one dtype.
nlohmann::json ranking_view(const report& of, const kernel_group& group);

/// Special inputs against kernels, kernels with the same results in one row; null where none were tried.
nlohmann::json specials_view(const report& of, const kernel_group& group);

/// Worst inputs, kernels (of several ISAs) with the same one in one row.
nlohmann::json worst_view(const report& of, const kernel_group& group);

/// Times under every condition; null where there is only one.
nlohmann::json conditions_view(const report& of, const kernel_group& group);

/// What each kernel is and promises, its ISAs in one row.
nlohmann::json kernels_view(const report& of, const kernel_group& group);

}  // namespace ulpfront::reports
