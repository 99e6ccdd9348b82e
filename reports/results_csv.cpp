// The same figures for spreadsheets: one row a kernel and condition (reports/schema/results.csv.json), and
// what changed between two sets of results (reports/schema/comparison.csv.json). RFC 4180.
#include <fmt/format.h>

#include <cmath>
#include <functional>

#include "reports/report.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string inside;
    for (const char c : text) {
        if (c == '"') inside += c;
        inside += c;
    }
    return fmt::format("\"{}\"", inside);
}

std::string shortest(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    return fmt::format("{}", value);
}

template <class T>
std::string text_of(const std::optional<T>& value) {
    if (!value) return "";
    if constexpr (std::is_floating_point_v<T>) return shortest(*value);
    return fmt::format("{}", *value);
}

std::string boolean(bool value) { return value ? "true" : "false"; }

/// What a row of results.csv is made of.
struct row_source {
    const model& all;
    const kernel& of;
    const condition* under;  ///< null where nothing was timed
    const timing* time;      ///< null where it was not timed

    [[nodiscard]] const accuracy_row* checked() const { return of.checked ? &*of.checked : nullptr; }
};

using cell = std::function<std::string(const row_source&)>;

/// A cell of what was timed; empty otherwise.
template <class F>
cell timed(F text) {
    return [text](const row_source& of) { return of.time == nullptr ? "" : text(of); };
}

/// A cell of what was checked; empty otherwise.
template <class F>
cell checked(F text) {
    return [text](const row_source& of) { return of.checked() == nullptr ? "" : text(*of.checked()); };
}

cell ratio_cell(std::optional<ratio> timing::*member, double ratio::*part) {
    return timed([=](const row_source& of) {
        const auto& value = of.time->*member;
        return value ? shortest((*value).*part) : "";
    });
}

cell standing_cell(std::optional<standing> timing::*member, bool dominator) {
    return timed([=](const row_source& of) -> std::string {
        const auto& value = of.time->*member;
        if (!value) return "";
        if (!dominator) return boolean(value->on_front);
        return value->dominator ? name_and_isa(of.all.kernels[*value->dominator]) : "";
    });
}

using columns = std::vector<std::pair<const char*, cell>>;

void add_names(columns& to) {
    to.insert(to.end(), {{"function", [](const auto& of) { return of.of.label.key.function; }},
                         {"dtype", [](const auto& of) { return of.of.label.key.dtype; }},
                         {"library", [](const auto& of) { return of.of.label.key.library; }},
                         {"kernel", [](const auto& of) { return of.of.label.key.kernel; }},
                         {"isa", [](const auto& of) { return of.of.label.key.isa; }},
                         {"method", [](const auto& of) { return of.of.label.method; }},
                         {"defect", [](const auto& of) { return of.of.defect(); }}});
}

void add_times(columns& to) {
    to.insert(
        to.end(),
        {{"distribution", [](const auto& of) { return of.under == nullptr ? "" : of.under->distribution; }},
         {"n", [](const auto& of) { return of.under == nullptr ? "" : fmt::format("{}", of.under->n); }},
         {"inplace", [](const auto& of) { return of.under == nullptr ? "" : boolean(of.under->in_place); }},
         {"ns_median", timed([](const auto& of) { return shortest(of.time->ns.median); })},
         {"ns_low", timed([](const auto& of) { return shortest(of.time->ns.low); })},
         {"ns_high", timed([](const auto& of) { return shortest(of.time->ns.high); })},
         {"repetitions", timed([](const auto& of) { return fmt::format("{}", of.time->ns.count); })},
         {"times_floor", ratio_cell(&timing::to_floor, &ratio::value)},
         {"times_faster_than_naive", ratio_cell(&timing::over_naive, &ratio::value)},
         {"times_faster_than_naive_low", ratio_cell(&timing::over_naive, &ratio::low)},
         {"times_faster_than_naive_high", ratio_cell(&timing::over_naive, &ratio::high)},
         {"times_cheapest_function", ratio_cell(&timing::to_cheapest, &ratio::value)},
         {"front_of_isa", standing_cell(&timing::within_isa, false)},
         {"front_of_isa_absolute", standing_cell(&timing::absolute, false)},
         {"front_of_all", standing_cell(&timing::over_all, false)},
         {"dominator_of_isa", standing_cell(&timing::within_isa, true)},
         {"dominator_of_all", standing_cell(&timing::over_all, true)}});
}

void add_errors(columns& to) {
    const auto normal = [](double weighted_error::*part) {
        return checked(
            [=](const accuracy_row& of) { return of.normal_1 ? shortest((*of.normal_1).*part) : ""; });
    };
    to.insert(to.end(),
              {{"status", checked([](const auto& of) { return of.status; })},
               {"promise_kind", checked([](const auto& of) { return of.promise_kind; })},
               {"promise_value", checked([](const auto& of) { return shortest(of.promise_value); })},
               {"max_ulp", checked([](const auto& of) { return text_of(of.max_ulp); })},
               {"max_ulp_kind", checked([](const auto& of) { return of.kind(); })},
               {"max_ulp_normal", checked([](const auto& of) { return text_of(of.max_ulp_normal); })},
               {"mean_ulp", checked([](const auto& of) { return text_of(of.mean_ulp); })},
               {"normal_1_mean_ulp", normal(&weighted_error::mean_ulp)},
               {"normal_1_p999_ulp", normal(&weighted_error::p999_ulp)},
               {"max_abs_error", checked([](const auto& of) { return text_of(of.max_abs_error); })},
               {"misrounded", checked([](const auto& of) { return text_of(of.misrounded); })},
               {"inputs_tried", checked([](const auto& of) { return text_of(of.inputs_tried); })},
               {"nan_mismatches", checked([](const auto& of) { return text_of(of.nan_mismatches); })},
               {"inf_mismatches", checked([](const auto& of) { return text_of(of.inf_mismatches); })},
               {"worst_input", checked([](const auto& of) { return of.worst_input; })},
               {"worst_output", checked([](const auto& of) { return of.worst_output; })},
               {"worst_exact", checked([](const auto& of) { return of.worst_exact; })},
               {"reproduce", checked([](const auto& of) { return reproduce_command(of); })}});
}

const columns& result_columns() {
    static const columns all = [] {
        columns made;
        add_names(made);
        add_times(made);
        add_errors(made);
        return made;
    }();
    return all;
}

void add_row(const row_source& of, std::string& text) {
    const char* separator = "";
    for (const auto& [name, value] : result_columns()) {
        text += separator;
        text += quoted(value(of));
        separator = ",";
    }
    text += "\r\n";
}

void add_line(const std::vector<std::string>& cells, std::string& text) {
    const char* separator = "";
    for (const std::string& each : cells) {
        text += separator;
        text += quoted(each);
        separator = ",";
    }
    text += "\r\n";
}

}  // namespace

std::string results_csv(const report& of) {
    std::string text;
    const char* separator = "";
    for (const auto& [name, value] : result_columns()) {
        text += separator;
        text += name;
        separator = ",";
    }
    text += "\r\n";
    for (const kernel& each : of.all.kernels) {
        for (const auto& [under, time] : each.timings)
            add_row({of.all, each, &under, time.was_timed() ? &time : nullptr}, text);
        if (each.timings.empty()) add_row({of.all, each, nullptr, nullptr}, text);
    }
    return text;
}

std::string comparison_csv(const comparison& of, const model& all) {
    std::string text;
    add_line({"function", "dtype", "library", "kernel", "isa", "what", "distribution", "n", "inplace",
              "before", "after", "ratio", "ratio_low", "ratio_high", "verdict", "why"},
             text);
    const auto key = [&](std::size_t k) -> std::vector<std::string> {
        const kernel_key& name = all.kernels[k].label.key;
        return {name.function, name.dtype, name.library, name.kernel, name.isa};
    };
    for (const speed_change& each : of.speeds) {
        std::vector<std::string> cells = key(each.kernel);
        const auto part = [&](double ratio::*member) {
            return each.times ? shortest((*each.times).*member) : "";
        };
        cells.insert(cells.end(),
                     {"ns per element", each.under.distribution, fmt::format("{}", each.under.n),
                      boolean(each.under.in_place), shortest(each.before.median), shortest(each.after.median),
                      part(&ratio::value), part(&ratio::low), part(&ratio::high), verdict_text(each.is), ""});
        add_line(cells, text);
    }
    for (const error_change& each : of.errors) {
        std::vector<std::string> cells = key(each.kernel);
        cells.insert(cells.end(), {"error", "", "", "", each.before, each.after, "", "", "",
                                   verdict_text(each.is), each.why});
        add_line(cells, text);
    }
    return text;
}

}  // namespace ulpfront::reports
