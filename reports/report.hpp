// The forms of the report, and what they share. Each is a pure function of the results.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reports/against.hpp"
#include "reports/charts/svg.hpp"
#include "reports/choice.hpp"
#include "reports/model.hpp"

namespace ulpfront::reports {

/// What the first screen says about one function and dtype. Indices into model::functions and dtypes.
struct choice_line {
    std::size_t function = 0;
    std::size_t group = 0;
    std::vector<std::optional<choice>> per_budget;  ///< in the order of budgets()
};

/// Everything the forms are made of.
struct report {
    result_set results;
    model all;
    std::vector<choice_line> choices;  ///< one for each function that is no floor, and dtype
    std::vector<std::string> warnings;
    std::vector<std::string> gaps;
    std::vector<std::string> broken;
    std::vector<std::string> naive_failures;
    std::vector<std::pair<std::string, std::string>> environment;
    std::optional<comparison> against;

    [[nodiscard]] const function_group& function_of(const choice_line& line) const {
        return all.functions[line.function];
    }
    [[nodiscard]] const kernel_group& group_of(const choice_line& line) const {
        return function_of(line).dtypes[line.group];
    }
};

/// The dtypes that functions were measured for, in their usual order.
std::vector<std::string> dtypes_of(const report& of);

/// Joins, compares, chooses.
report make_report(result_set results);

/// The same, with what changed from an older set of results. Times of different machines get no ratio
/// unless across_machines asks for it.
report make_report(result_set results, const result_set& against, bool across_machines);

/// A picture with the name of its file.
struct named_chart {
    std::string file;  ///< "front-NAME-f32-avx2.svg"
    chart picture;
    bool large = false;  ///< wants twice the room
};

/// The fronts of one function and dtype under its usual condition: all ISAs first, then each. Empty
/// where nothing was both timed and checked.
std::vector<named_chart> draw_fronts(const report& of, const function_group& function,
                                     const kernel_group& group);

/// The first of them, with each ISA's front beside that of all; nothing likewise.
std::optional<named_chart> draw_main_front(const report& of, const function_group& function,
                                           const kernel_group& group);

/// Errors over the inputs, and how errors are spread; nothing where results do not say.
std::optional<chart> draw_envelope(const report& of, const function_group& function,
                                   const kernel_group& group);
std::optional<chart> draw_histogram(const report& of, const function_group& function,
                                    const kernel_group& group);

/// Time against size under the usual condition; nothing where there is one size.
std::optional<chart> draw_sizes(const report& of, const function_group& function, const kernel_group& group);

/// The curve of a function; `style` is the number of its colour.
named_chart draw_function_curve(const function_entry& entry, std::size_t style);

/// All curves; nothing where no function has one.
std::optional<named_chart> draw_all_curves(const report& of);

/// The number of a function's colour: its place among those with curves.
std::size_t style_of(const report& of, const function_group& function);

/// Colours the page and its pictures need.
std::size_t colours_needed(const report& of);

/// The styles that colours come from: for the page (light and dark), and for a file on its own (light).
std::string page_colours(std::size_t count);
std::string file_colours(std::size_t count);

/// The forms.
std::string page_html(const report& of);
std::string summary_markdown(const report& of);
std::string results_json(const report& of);
std::string results_csv(const report& of);
std::string comparison_csv(const comparison& of, const model& all);

/// A few lines for a terminal: the best faithful and fast kernels, what the textbook formulas get wrong,
/// broken promises, what is missing.
std::string console_summary(const report& of);

/// A file of the report: its path inside the output folder and its content.
struct report_file {
    std::string path;
    std::string content;
};

/// All of them: index.html, summary.md, results.json, results.csv, comparison.csv where two sets were
/// compared, charts/*.svg.
std::vector<report_file> write_forms(const report& of);

}  // namespace ulpfront::reports
