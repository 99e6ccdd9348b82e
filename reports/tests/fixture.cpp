#include "reports/tests/fixture.hpp"

#include <fmt/format.h>
#include <cmath>
#include <fstream>
#include <set>
#include <stdexcept>

namespace ulpfront::reports::fixture {
namespace {

using json = nlohmann::json;

json key_of(const kernel_spec& spec) {
    return {{"function", spec.function},
            {"dtype", spec.dtype},
            {"kernel", spec.kernel},
            {"shown", spec.library == "ulpfront" ? spec.kernel : spec.library + ":" + spec.kernel},
            {"isa", spec.isa},
            {"method", spec.method},
            {"library", spec.library}};
}

json library() {
    return {
        {"library", "ulpfront"}, {"version", "1"}, {"compiler", "GNU 12"}, {"flags", "-O3"}, {"skipped", ""}};
}

/// The members of a row that say where errors lie.
json spread(const kernel_spec& spec) {
    return {{"judge_calls", 5},
            {"bias_ulp", 0.0},
            {"seams", {1.5, -2.5}},
            {"normal_1", {{"mean_ulp", 0.2}, {"rms_ulp", 0.3}, {"p999_ulp", 0.9}}},
            {"histogram", {{0.0, 3000}, {0.5, 1000}, {1.0, 96}}},
            {"binades",
             {{"nan", 0.0, 0.0},
              {"-0x1.fp+3", 2.0, 0.5},
              {"0x1p-149", 0.0, 0.0},
              {"0x1p+0", spec.max_ulp, 0.25}}},
            {"specials", {{{"input", "nan"}, {"expected", "nan"}, {"computed", "nan"}, {"ok", true}}}}};
}

}  // namespace

json accuracy_row(const kernel_spec& spec) {
    json row = key_of(spec);
    row.update({{"library_version", "1"},
                {"note", "made for a test"},
                {"code_id", "0123456789abcdef"},
                {"path", spec.library == "ulpfront" ? "" : "/opt/lib " + spec.library + ".so"},
                {"promise_kind", "ulp"},
                {"promise_value", 4.0},
                {"promise_flags", {"nan", "inf"}},
                {"flush_to_zero", false},
                {"status", "ok"},
                {"reason", ""},
                {"faults", json::array()},
                {"inputs_tried", 4294967296U},
                {"max_ulp", spec.max_ulp},
                {"max_ulp_normal", spec.max_ulp},
                {"max_ulp_kind", "exhaustive"},
                {"worst_input", "-0x1.8p+1"},
                {"worst_output", "0x1p-3"},
                {"worst_exact", "0.12500000000000000001"},
                {"mean_ulp", 0.25},
                {"rms_ulp", 0.3},
                {"misrounded", spec.max_ulp > 0.5 ? 1000 : 0},
                {"undecided", 0},
                {"max_abs_error", 0.001},
                {"max_abs_input", "0x1p+0"},
                {"nan_mismatches", 0},
                {"inf_mismatches", 0},
                {"zero_sign_mismatches", 0},
                {"flushed_subnormals", 0},
                {"monotonicity_violations", 0},
                {"symmetry_violations", 0},
                {"range_violations", 0}});
    row.update(spread(spec));
    return row;
}

std::vector<json> bench_rows(const kernel_spec& spec) {
    std::vector<json> rows;
    for (const double time : spec.times) {
        json row = key_of(spec);
        row.update({{"name", "x"},
                    {"run_type", "iteration"},
                    {"distribution", spec.distribution},
                    {"n", spec.n},
                    {"inplace", false},
                    {"ns_per_element", time}});
        rows.push_back(std::move(row));
    }
    return rows;
}

json function_entry(const std::string& name) {
    return {{"name", name},
            {"title", "Title of " + name},
            {"formula", "x"},
            {"mathml", "<mi>x</mi>"},
            {"range", {"-inf", "inf"}},
            {"symmetry", "odd"},
            {"monotone", json::array()},
            {"limits", {"-inf", "inf"}},
            {"rational", true},
            {"timed", {-10, 10}},
            {"curve", {{"x", {-10.0, 0.0, 10.0}}, {"y", {-10.0, 0.0, 10.0}}, {"slope", {1.0, 1.0, 1.0}}}}};
}

json accuracy(const std::vector<kernel_spec>& specs) {
    json document{{"schema", "ulpfront-accuracy/1"},
                  {"complete", true},
                  {"environment", {{"cpu", "Example CPU"}, {"isas", {"scalar", "avx2", "avx512"}}}},
                  {"inputs", {{"mode", "all"}, {"requested", "all"}}},
                  {"libraries", {library()}},
                  {"functions", json::array()},
                  {"rows", json::array()}};
    std::set<std::string> names;
    for (const kernel_spec& spec : specs) {
        document["rows"].push_back(accuracy_row(spec));
        if (names.insert(spec.function).second)
            document["functions"].push_back(function_entry(spec.function));
    }
    return document;
}

json bench(const std::vector<kernel_spec>& specs) {
    json document{{"context",
                   {{"schema", "ulpfront-bench/1"},
                    {"complete", true},
                    {"cpu_model", "Example CPU"},
                    {"host_name", "example"},
                    {"num_cpus", 2},
                    {"isas", {"scalar", "avx2", "avx512"}},
                    {"libraries", {library()}}}},
                  {"benchmarks", json::array()}};
    for (const kernel_spec& spec : specs) {
        for (json& row : bench_rows(spec)) document["benchmarks"].push_back(std::move(row));
    }
    return document;
}

std::string folder::put(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
}

std::string folder::put(const std::string& name, const json& document) const {
    return put(name, document.dump(1));
}

result_set read(const std::vector<json>& documents) {
    const folder place;
    std::vector<std::string> files;
    for (const json& each : documents) files.push_back(place.put(fmt::format("{}.json", files.size()), each));
    return read_results(files);
}

model joined(const std::vector<kernel_spec>& specs) { return join(read({accuracy(specs), bench(specs)})); }

std::size_t index_of(const model& all, const std::string& name, const std::string& isa) {
    for (std::size_t k = 0; k < all.kernels.size(); ++k) {
        if (all.kernels[k].label.shown == name && all.kernels[k].label.key.isa == isa) return k;
    }
    throw std::runtime_error("no kernel " + name + " on " + isa);
}

const kernel& find(const model& all, const std::string& name, const std::string& isa) {
    return all.kernels[index_of(all, name, isa)];
}

}  // namespace ulpfront::reports::fixture
