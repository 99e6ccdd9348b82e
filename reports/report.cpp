#include "reports/report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/charts/charts.hpp"
#include "reports/dtype.hpp"
#include "reports/environment.hpp"
#include "reports/notes.hpp"
#include "reports/templates.hpp"
#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

choice_line choose_for_budgets(const model& all, std::size_t f, std::size_t g) {
    const kernel_group& group = all.functions[f].dtypes[g];
    choice_line line;
    line.function = f;
    line.group = g;
    for (const budget& each : budgets()) {
        line.per_budget.push_back(group.usual ? choose(all, group, *group.usual, "", each.met_by)
                                              : std::nullopt);
    }
    return line;
}

}  // namespace

std::vector<std::string> dtypes_of(const report& of) {
    std::vector<std::string> dtypes;
    for (const choice_line& line : of.choices) dtypes.push_back(of.group_of(line).dtype);
    std::sort(dtypes.begin(), dtypes.end(), [](const std::string& a, const std::string& b) {
        return std::pair(dtype_rank(a), a) < std::pair(dtype_rank(b), b);
    });
    dtypes.erase(std::unique(dtypes.begin(), dtypes.end()), dtypes.end());
    return dtypes;
}

report make_report(result_set results) {
    report made;
    made.results = std::move(results);
    made.all = join(made.results);
    for (std::size_t f = 0; f < made.all.functions.size(); ++f) {
        if (made.all.functions[f].is_floor) continue;
        for (std::size_t g = 0; g < made.all.functions[f].dtypes.size(); ++g) {
            made.choices.push_back(choose_for_budgets(made.all, f, g));
        }
    }
    made.warnings = find_warnings(made.results, made.all);
    made.gaps = find_gaps(made.results, made.all);
    made.broken = find_broken(made.all);
    made.naive_failures = find_naive_failures(made.all);
    made.environment = describe_environment(made.results);
    return made;
}

report make_report(result_set results, const result_set& against, bool across_machines) {
    report made = make_report(std::move(results));
    made.against = compare_results(made.results, made.all, against, join(against), across_machines);
    return made;
}

std::vector<report_file> write_forms(const report& of) {
    std::vector<report_file> files{{"index.html", page_html(of)},
                                   {"summary.md", summary_markdown(of)},
                                   {"results.json", results_json(of)},
                                   {"results.csv", results_csv(of)}};
    if (of.against) files.push_back({"comparison.csv", comparison_csv(*of.against, of.all)});
    const std::string styles = file_colours(colours_needed(of)) + std::string(templates::chart_css);
    const auto add = [&](const named_chart& each) {
        files.push_back({"charts/" + each.file, stand_alone(each.picture, styles)});
    };
    if (const auto overview = draw_all_curves(of)) add(*overview);
    for (const function_group& function : of.all.functions) {
        if (function.is_floor) continue;
        if (function.entry) add(draw_function_curve(*function.entry, style_of(of, function)));
        for (const kernel_group& group : function.dtypes) {
            for (const named_chart& each : draw_fronts(of, function, group)) add(each);
            for (const auto& draw : {draw_envelope, draw_histogram, draw_sizes}) {
                if (auto drawn = draw(of, function, group))
                    add({drawn->id + ".svg", std::move(*drawn), false});
            }
        }
    }
    return files;
}

}  // namespace ulpfront::reports
