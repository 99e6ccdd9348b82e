#include "reports/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "impls/tool.hpp"
#include "reports/json_node.hpp"

namespace ulpfront::reports {
namespace {

constexpr const char* accuracy_schema = "ulpfront-accuracy/1";
constexpr const char* bench_schema = "ulpfront-bench/1";

kernel_label read_label(const json_node& row) {
    return {
        .key = {.function = row.at("function").text(),
                .dtype = row.at("dtype").text(),
                .library = row.at("library").text(),
                .kernel = row.at("kernel").text(),
                .isa = row.at("isa").text()},
        .shown = row.at("shown").text(),
        .method = row.at("method").text(),
    };
}

std::string one_of(const json_node& node, std::initializer_list<const char*> words) {
    std::string word = node.text();
    const auto same = [&](const char* each) { return word == each; };
    if (std::none_of(words.begin(), words.end(), same)) {
        node.reject(fmt::format("is '{}', but one of {} is expected", word, fmt::join(words, ", ")));
    }
    return word;
}

std::vector<fault_note> read_faults(const json_node& list) {
    std::vector<fault_note> faults;
    for (const json_node& each : list.elements()) {
        faults.push_back({each.at("code").text(), each.at("message").text()});
    }
    return faults;
}

std::vector<special_case> read_specials(const json_node& list) {
    std::vector<special_case> specials;
    if (list.is_null()) return specials;
    for (const json_node& each : list.elements()) {
        specials.push_back({each.at("input").text(), each.at("expected").text(), each.at("computed").text(),
                            each.at("ok").boolean()});
    }
    return specials;
}

std::optional<double> read_error(const json_node& node) {
    const auto value = node.number_or_null();
    if (value && !(*value >= 0.0)) node.reject("is not an error: a number not below 0 is expected");
    return value;
}

std::vector<error_bin> read_histogram(const json_node& list) {
    std::vector<error_bin> bins;
    for (const json_node& each : list.elements()) {
        const auto pair = each.elements();
        if (pair.size() != 2) each.reject("does not hold where a bin begins and its count");
        bins.push_back({pair[0].number(), pair[1].count()});
        if (bins.size() > 1 && !(bins[bins.size() - 2].from < bins.back().from))
            each.reject("is out of order");
    }
    return bins;
}

/// An input as files spell it, hexfloats included; nothing for NaN and infinities, which are no binade's.
std::optional<double> finite_input(const std::string& text) {
    const double value = std::strtod(text.c_str(), nullptr);
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::vector<binade_error> read_binades(const json_node& list) {
    std::vector<binade_error> binades;
    for (const json_node& each : list.elements()) {
        const auto triple = each.elements();
        if (triple.size() != 3) each.reject("does not hold an input, a largest and a mean error");
        const auto from = finite_input(triple[0].text());
        if (!from) continue;
        binades.push_back({*from, triple[1].number(), triple[2].number()});
    }
    std::sort(binades.begin(), binades.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    return binades;
}

weighted_error read_weighted(const json_node& node) {
    return {node.at("mean_ulp").number(), node.at("rms_ulp").number(), node.at("p999_ulp").number()};
}

/// What newer results say beyond the members that every result has.
void read_spread(const json_node& row, accuracy_row& to) {
    const auto given = [&](const char* member) {
        const auto node = row.find(member);
        return node && !node->is_null() ? node : std::nullopt;
    };
    if (const auto node = given("seams")) to.seams = node->numbers();
    if (const auto node = given("bias_ulp")) to.bias_ulp = node->number();
    if (const auto node = given("normal_1")) to.normal_1 = read_weighted(*node);
    if (const auto node = given("histogram")) to.histogram = read_histogram(*node);
    if (const auto node = given("binades")) to.binades = read_binades(*node);
}

void read_measure(const json_node& row, accuracy_row& to) {
    to.inputs_tried = row.at("inputs_tried").count_or_null();
    to.max_ulp = read_error(row.at("max_ulp"));
    to.max_ulp_normal = read_error(row.at("max_ulp_normal"));
    to.mean_ulp = read_error(row.at("mean_ulp"));
    to.rms_ulp = read_error(row.at("rms_ulp"));
    to.max_abs_error = read_error(row.at("max_abs_error"));
    to.misrounded = row.at("misrounded").count_or_null();
    to.undecided = row.at("undecided").count_or_null();
    to.nan_mismatches = row.at("nan_mismatches").count_or_null();
    to.inf_mismatches = row.at("inf_mismatches").count_or_null();
    to.zero_sign_mismatches = row.at("zero_sign_mismatches").count_or_null();
    to.flushed_subnormals = row.at("flushed_subnormals").count_or_null();
    to.monotonicity_violations = row.at("monotonicity_violations").count_or_null();
    to.symmetry_violations = row.at("symmetry_violations").count_or_null();
    to.range_violations = row.at("range_violations").count_or_null();
    to.worst_input = row.at("worst_input").text_or_null();
    to.worst_output = row.at("worst_output").text_or_null();
    to.worst_exact = row.at("worst_exact").text_or_null();
    to.specials = read_specials(row.at("specials"));
    const json_node kind = row.at("max_ulp_kind");
    const std::string words = kind.is_null() ? "found" : one_of(kind, {"certified", "exhaustive", "found"});
    to.exhaustive = words != "found";
    to.certified = words == "certified";
}

accuracy_row read_accuracy_row(const json_node& row) {
    accuracy_row result;
    result.label = read_label(row);
    result.library_version = row.at("library_version").text();
    result.note = row.at("note").text();
    result.code_id = row.at("code_id").text();
    result.path = row.at("path").text();
    result.promise_kind = one_of(row.at("promise_kind"), {"none", "ulp", "exact", "absolute"});
    result.promise_value = row.at("promise_value").number();
    result.promise_flags = row.at("promise_flags").texts();
    result.flush_to_zero = row.at("flush_to_zero").boolean();
    result.status = one_of(row.at("status"), {"ok", "broken", "crashed", "timeout", "skipped"});
    result.reason = row.at("reason").text();
    result.faults = read_faults(row.at("faults"));
    read_measure(row, result);
    read_spread(row, result);
    return result;
}

/// Numbers that come in pairs with the curve's x.
std::vector<double> read_ordinates(const json_node& node, std::size_t count) {
    std::vector<double> values = node.numbers();
    if (values.size() != count)
        node.reject(fmt::format("has {} numbers, but curve.x has {}", values.size(), count));
    return values;
}

/// An array of exactly two numbers.
std::pair<double, double> read_pair(const json_node& node) {
    const std::vector<double> values = node.numbers();
    if (values.size() != 2) node.reject(fmt::format("has {} numbers, but 2 are expected", values.size()));
    return {values[0], values[1]};
}

function_entry read_function(const json_node& node) {
    const json_node curve = node.at("curve");
    function_entry function;
    function.name = node.at("name").text();
    function.title = node.at("title").text();
    function.formula = node.at("formula").text();
    function.mathml = node.at("mathml").text();
    std::tie(function.range_low, function.range_high) = read_pair(node.at("range"));
    std::tie(function.at_minus_infinity, function.at_plus_infinity) = read_pair(node.at("limits"));
    function.symmetry = one_of(node.at("symmetry"), {"none", "odd", "even", "complement"});
    function.rational = node.at("rational").boolean();
    function.x = curve.at("x").numbers();
    if (function.x.size() < 2 || !(function.x.front() < function.x.back()) ||
        !std::is_sorted(function.x.begin(), function.x.end())) {
        curve.at("x").reject("does not hold two or more ascending inputs");
    }
    function.y = read_ordinates(curve.at("y"), function.x.size());
    function.slope = read_ordinates(curve.at("slope"), function.x.size());
    return function;
}

library_note read_library(const json_node& node) {
    const auto skipped = node.find("skipped");
    return {node.at("library").text(), node.at("version").text(), node.at("compiler").text(),
            node.at("flags").text(), skipped ? skipped->text() : ""};
}

accuracy_result read_accuracy(const json_node& root, const std::string& file) {
    accuracy_result result;
    result.file = file;
    result.complete = root.at("complete").boolean();
    result.environment = root.at("environment").raw();
    result.inputs_mode = one_of(root.at("inputs").at("mode"), {"quick", "all", "stride", "search"});
    if (!result.environment.is_object()) root.at("environment").reject("is not an object");
    for (const json_node& each : root.at("libraries").elements())
        result.libraries.push_back(read_library(each));
    for (const json_node& each : root.at("functions").elements())
        result.functions.push_back(read_function(each));
    for (const json_node& each : root.at("rows").elements()) result.rows.push_back(read_accuracy_row(each));
    return result;
}

bench_row read_bench_row(const json_node& row) {
    bench_row result;
    result.label = read_label(row);
    result.under = {row.at("distribution").text(), row.at("n").count(), row.at("inplace").boolean()};
    const auto failed = row.find("error_occurred");
    if (failed && failed->boolean()) {
        const auto message = row.find("error_message");
        result.error = message ? message->text() : "";
        if (result.error.empty()) result.error = "failed without a reason";
        return result;
    }
    const json_node time = row.at("ns_per_element");
    result.ns_per_element = time.number();
    if (!(result.ns_per_element > 0.0) || !std::isfinite(result.ns_per_element)) {
        time.reject("is not a time: a finite number above 0 is expected");
    }
    return result;
}

bench_result read_bench(const json_node& root, const std::string& file) {
    const json_node context = root.at("context");
    bench_result result;
    result.file = file;
    result.complete = context.at("complete").boolean();
    result.context = context.raw();
    if (const auto libraries = context.find("libraries")) {
        for (const json_node& each : libraries->elements()) result.libraries.push_back(read_library(each));
    }
    for (const json_node& each : root.at("benchmarks").elements()) {
        if (each.at("run_type").text() != "iteration") continue;
        result.rows.push_back(read_bench_row(each));
    }
    return result;
}

[[noreturn]] void foreign(const std::string& file) {
    throw failure(exit_bad_input,
                  fmt::format("'{}' is not a result of ulpfront: it names no schema; give files of "
                              "`ulpfront-accuracy check --out` and `ulpfront-bench --benchmark_out`",
                              file));
}

[[noreturn]] void other_schema(const std::string& file, const nlohmann::json& found, const char* wanted) {
    throw failure(exit_bad_input, fmt::format("'{}' has schema {}, but this version reads \"{}\"; measure "
                                              "again, or use the ulpfront-report that goes with it",
                                              file, found.dump(), wanted));
}

void read_file(const std::string& file, result_set& into) {
    const nlohmann::json document = parse_json_file(file);
    if (!document.is_object()) foreign(file);
    const json_node root(document, file);
    if (document.contains("schema")) {
        if (document["schema"] != accuracy_schema) other_schema(file, document["schema"], accuracy_schema);
        into.accuracy.push_back(read_accuracy(root, file));
        return;
    }
    if (!document.contains("context") || !document["context"].is_object()) foreign(file);
    const nlohmann::json& context = document["context"];
    if (!context.contains("schema")) foreign(file);
    if (context["schema"] != bench_schema) other_schema(file, context["schema"], bench_schema);
    into.bench.push_back(read_bench(root, file));
}

void refuse_same_file_twice(std::vector<std::string> files) {
    std::sort(files.begin(), files.end());
    const auto twice = std::adjacent_find(files.begin(), files.end());
    if (twice != files.end()) throw failure(exit_usage, fmt::format("'{}' is given twice", *twice));
}

/// The order of files on the command line must not show in the report.
void put_in_order(result_set& set) {
    std::sort(set.accuracy.begin(), set.accuracy.end(), [](const auto& a, const auto& b) {
        const auto order = [](const accuracy_result& result) {
            return std::pair(result.environment.dump(),
                             result.rows.empty() ? kernel_key{} : result.rows.front().label.key);
        };
        return order(a) < order(b);
    });
    std::sort(set.bench.begin(), set.bench.end(), [](const auto& a, const auto& b) {
        const auto order = [](const bench_result& result) {
            const bench_row first = result.rows.empty() ? bench_row{} : result.rows.front();
            return std::tuple(result.context.dump(), first.label.key, first.under);
        };
        return order(a) < order(b);
    });
}

}  // namespace

std::string spell(const kernel_label& label) {
    return fmt::format("{}/{}/{}/{}", label.key.function, label.key.dtype, label.shown, label.key.isa);
}

result_set read_results(const std::vector<std::string>& files) {
    refuse_same_file_twice(files);
    result_set set;
    for (const std::string& file : files) read_file(file, set);
    refuse_contradictions(set);
    put_in_order(set);
    return set;
}

}  // namespace ulpfront::reports
