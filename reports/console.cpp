// What `ulpfront-report build` says when it is done.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/report.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

using table_row = std::array<std::string, 4>;

/// "exp_div avx2, 0.331 ns, 14.2 x".
std::string choice_text(const report& of, const std::optional<choice>& chosen) {
    if (!chosen) return "none";
    const kernel& each = of.all.kernels[chosen->kernel];
    const timing& time = *each.timed(chosen->under);
    std::string text = fmt::format("{} {}, {} ns", shorten(each.label.shown, 28), each.label.key.isa,
                                   time_text(time.ns.median));
    if (time.over_naive) text += fmt::format(", {} x", ratio_text(time.over_naive->value));
    return text;
}

std::string naive_text(const report& of, const kernel_group& group) {
    if (!group.naive || !of.all.kernels[*group.naive].checked) return "–";
    const accuracy_row& row = *of.all.kernels[*group.naive].checked;
    std::string text = max_ulp_text(row) + " ULP";
    if (row.nan_mismatches.value_or(0) > 0) text += ", NaN wrong";
    if (row.inf_mismatches.value_or(0) > 0) text += ", infinity wrong";
    return text;
}

/// Columns as wide as their widest cell; a row of nothing is an empty line.
std::string aligned(const std::vector<table_row>& rows) {
    std::array<std::size_t, 4> widths{};
    for (const table_row& row : rows) {
        for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], length_of(row[c]));
    }
    std::string text;
    for (const table_row& row : rows) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c) {
            line += row[c] + std::string(widths[c] - length_of(row[c]) + 3, ' ');
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return text;
}

/// A row for each function of one type.
void add_rows(const report& of, const std::string& dtype, std::vector<table_row>& rows) {
    for (const choice_line& line : of.choices) {
        const kernel_group& group = of.group_of(line);
        if (group.dtype != dtype) continue;
        rows.push_back({fmt::format("{} {}", of.function_of(line).name, dtype),
                        choice_text(of, line.per_budget[1]), choice_text(of, line.per_budget[2]),
                        naive_text(of, group)});
    }
}

}  // namespace

std::string console_summary(const report& of) {
    std::string text;
    if (!of.choices.empty()) {
        std::vector<table_row> rows{
            {"", "best faithful (< 1 ULP)", "best fast (≤ 4 ULP)", "textbook formula errs"}};
        for (const std::string& dtype : dtypes_of(of)) {
            if (rows.size() > 1) rows.emplace_back();
            add_rows(of, dtype, rows);
        }
        text += aligned(rows) + "(x: times faster than the textbook formula in plain scalar code)\n";
    }
    if (of.against) {
        text += "against the older set: " + against_text(*of.against) + '\n';
        for (const std::string& each : of.against->machines) text += "another machine: " + each + '\n';
    }
    for (const std::string& each : of.broken) text += "broken promise: " + each + '\n';
    for (const std::string& each : of.gaps) text += "missing: " + each + '\n';
    return text;
}

}  // namespace ulpfront::reports
