// CSV: the columns that the schema promises, values that come back, names that stay one cell.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>

#include "impls/tool.hpp"
#include "reports/report.hpp"
#include "reports/tests/fixture.hpp"

namespace ulpfront::reports {
namespace {

using fixture::kernel_spec;
using json = nlohmann::json;
using table = std::vector<std::vector<std::string>>;

/// RFC 4180.
table parse(const std::string& text) {
    table rows(1, {""});
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && inside && i + 1 < text.size() && text[i + 1] == '"') {
            rows.back().back() += text[++i];
        } else if (c == '"') {
            inside = !inside;
        } else if (!inside && c == ',') {
            rows.back().emplace_back();
        } else if (!inside && c == '\n') {
            rows.push_back({""});
        } else if (inside || c != '\r') {
            rows.back().back() += c;
        }
    }
    REQUIRE(rows.back() == std::vector<std::string>{""});
    rows.pop_back();
    return rows;
}

/// Whether a cell is what a field's type says; empty cells are, unless they must not be.
bool fits(const json& field, const std::string& cell) {
    if (cell.empty()) return !field.contains("constraints") || !field["constraints"].value("required", false);
    const std::string type = field["type"];
    char* end = nullptr;
    std::strtod(cell.c_str(), &end);
    if (type == "number") return *end == '\0';
    if (type == "integer") return cell.find_first_not_of("0123456789") == std::string::npos;
    if (type == "boolean") return cell == "true" || cell == "false";
    return type == "string";
}

void check_against(const std::string& schema_file, const table& rows) {
    const json schema = json::parse(read_whole(std::string(SCHEMAS) + "/" + schema_file));
    const json& fields = schema["fields"];
    REQUIRE(rows.size() > 1);
    REQUIRE(fields.size() == rows[0].size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
        REQUIRE(rows[r].size() == fields.size());
        for (std::size_t c = 0; c < fields.size(); ++c) {
            CAPTURE(r, fields[c]["name"], rows[r][c]);
            CHECK((r == 0 ? fields[c]["name"] == rows[0][c] : fits(fields[c], rows[r][c])));
        }
    }
}

std::map<std::string, std::string> named(const table& rows, std::size_t r) {
    std::map<std::string, std::string> cells;
    for (std::size_t c = 0; c < rows[0].size(); ++c) cells[rows[0][c]] = rows[r][c];
    return cells;
}

const std::vector<kernel_spec> awkward{
    {.kernel = "a", .times = {1.0, 2.0, 3.0}, .max_ulp = 0.5},
    {.kernel = "b", .times = {5.0, 6.0, 7.0}, .max_ulp = 3.0},
    {.kernel = "has \"quotes\", commas\nand lines", .times = {}, .max_ulp = 2.0}};

TEST_CASE("results.csv has the schema's columns, a row for each timing, and the values of the model") {
    json accuracy = fixture::accuracy(awkward);
    accuracy["rows"][1]["max_ulp"] = "inf";
    const report of = make_report(fixture::read({accuracy, fixture::bench(awkward)}));
    const table rows = parse(results_csv(of));
    check_against("results.csv.json", rows);
    REQUIRE(rows.size() == 4);
    CHECK(named(rows, 1)["ns_median"] == "2");
    CHECK(named(rows, 1)["front_of_isa"] == "true");
    CHECK(named(rows, 2)["max_ulp"] == "inf");
    CHECK(named(rows, 2)["dominator_of_isa"] == "a (avx2)");
    CHECK(named(rows, 2)["normal_1_p999_ulp"] == "0.9");
    CHECK(named(rows, 3)["kernel"] == awkward[2].kernel);
    CHECK(named(rows, 3)["ns_median"].empty());
}

TEST_CASE("comparison.csv has the schema's columns and every change") {
    std::vector<kernel_spec> before = awkward;
    before[0].times = {9.0, 9.0, 9.0};
    before[1].max_ulp = 2.0;
    const report of = make_report(fixture::read({fixture::accuracy(awkward), fixture::bench(awkward)}),
                                  fixture::read({fixture::accuracy(before), fixture::bench(before)}), false);
    const table rows = parse(comparison_csv(*of.against, of.all));
    check_against("comparison.csv.json", rows);
    REQUIRE(rows.size() == 4);
    CHECK(named(rows, 3)["what"] == "error");
    CHECK(named(rows, 3)["verdict"] == "less exact");
}

}  // namespace
}  // namespace ulpfront::reports
