// The forms: golden bytes, determinism, hostile names, partial results.
#include "reports/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "impls/tool.hpp"
#include "reports/tests/fixture.hpp"
#include "reports/tests/markup.hpp"

namespace ulpfront::reports {
namespace {

using fixture::kernel_spec;
using json = nlohmann::json;
namespace fs = std::filesystem;

const std::string data = TEST_DATA;

std::vector<report_file> forms(const std::vector<std::string>& files) {
    return write_forms(make_report(read_results(files)));
}

const std::string& content(const std::vector<report_file>& files, const std::string& path) {
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const auto& each) { return each.path == path; });
    REQUIRE(found != files.end());
    return found->content;
}

report report_of(const std::vector<json>& documents) { return make_report(fixture::read(documents)); }

bool has(const std::string& text, const std::string& wanted) {
    return text.find(wanted) != std::string::npos;
}

/// Compares with a golden file; the actual bytes are left beside the build to look at.
void compare(const std::string& name, const std::string& actual) {
    const std::string golden = data + "/golden/" + name;
    const fs::path left = fs::path(TEST_OUTPUT) / name;
    fs::create_directories(left.parent_path());
    std::ofstream(left, std::ios::binary) << actual;
    INFO("actual: " << left << "\nIf the change is meant, copy it over " << golden);
    const bool same = fs::exists(golden) && read_whole(golden) == actual;
    CHECK(same);
}

TEST_CASE("a small fixed input gives the golden bytes") {
    const auto files = forms({data + "/accuracy.json", data + "/bench.json"});
    for (const char* name : {"index.html", "summary.md", "results.json", "results.csv",
                             "charts/front-sigmoid-f32-avx2.svg", "charts/range-sigmoid-f32.svg"}) {
        compare(name, content(files, name));
    }
}

TEST_CASE("neither time nor the order of the files shows in the bytes") {
    const auto one = forms({data + "/accuracy.json", data + "/bench.json"});
    const auto other = forms({data + "/bench.json", data + "/accuracy.json"});
    REQUIRE(one.size() == other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].path == other[i].path);
        CHECK(one[i].content == other[i].content);
    }
}

TEST_CASE("splitting a run into files changes nothing but what was split") {
    const std::vector<kernel_spec> some{{.function = "f", .kernel = "a", .times = {1, 2, 3}},
                                        {.function = "g", .kernel = "b", .times = {2, 3, 4}}};
    const auto half = [&](std::size_t i) { return std::vector<kernel_spec>{some[i]}; };
    const report whole = report_of({fixture::accuracy(some), fixture::bench(some)});
    const report split = report_of({fixture::accuracy(half(1)), fixture::bench(half(1)),
                                    fixture::accuracy(half(0)), fixture::bench(half(0))});
    CHECK(results_json(whole) == results_json(split));
    CHECK(page_html(whole) == page_html(split));
}

TEST_CASE("every file of the report is well formed, with ids that occur once and links that lead somewhere") {
    const auto files = forms({data + "/accuracy.json", data + "/bench.json"});
    for (const report_file& each : files) {
        CAPTURE(each.path);
        if (each.path.ends_with(".html") || each.path.ends_with(".svg"))
            CHECK(markup::defect(each.content) == "");
    }
    const std::string& page = content(files, "index.html");
    const auto ids = markup::attribute_values(page, "id");
    const std::set<std::string> known(ids.begin(), ids.end());
    CHECK(known.size() == ids.size());
    for (const std::string& target : markup::attribute_values(page, "href")) {
        if (target != "data:,") CHECK(known.count(target.substr(1)) == 1);
    }
    for (const std::string& name : markup::attribute_values(page, "aria-labelledby")) {
        for (std::size_t at = 0; at < name.size();) {
            const std::size_t end = std::min(name.find(' ', at), name.size());
            CHECK(known.count(name.substr(at, end - at)) == 1);
            at = end + 1;
        }
    }
}

TEST_CASE("the page asks nothing of any network") {
    const std::string page = content(forms({data + "/accuracy.json", data + "/bench.json"}), "index.html");
    CHECK(has(page, "Content-Security-Policy\" content=\"default-src 'none';"));
    for (const char* word :
         {"http:", "https:", "//www", "@import", "url(", " src=", "fetch(", "XMLHttpRequest"}) {
        CAPTURE(word);
        CHECK_FALSE(has(page, word));
    }
}

TEST_CASE("each kernel has one row and one mark") {
    const std::vector<kernel_spec> some{{.kernel = "a", .times = {1, 2, 3}, .max_ulp = 0.5},
                                        {.kernel = "b", .times = {2, 3, 4}, .max_ulp = 3.0},
                                        {.kernel = "b", .isa = "avx512", .times = {1, 1, 1}, .max_ulp = 3.0}};
    const std::string page = page_html(report_of({fixture::accuracy(some), fixture::bench(some)}));
    const std::size_t begin = page.find("<svg id=\"front-");
    const std::string front = page.substr(begin, page.find("</svg>", begin) - begin);
    for (const char* index : {"0", "1", "2"}) {
        CHECK(markup::count(page, fmt::format("<tr id=\"k{}\"", index)) == 1);
        CHECK(markup::count(front, fmt::format("data-k=\"{}\"", index)) == 1);
    }
}

const std::vector<std::string> hostile{"<script>alert(1)</script>",
                                       "\"><img src=x onerror=y>",
                                       "'; DROP",
                                       "🙂 emoji",
                                       "a|b`c*d_e",
                                       std::string("null\0byte", 9),
                                       "</style>",
                                       "{{title}}",
                                       "&amp;",
                                       "../../etc",
                                       std::string(400, 'x'),
                                       "\u202Eright to left"};

/// Markdown without its `code`, which is shown as it is.
std::string without_code(const std::string& markdown) {
    std::string text;
    bool code = false;
    for (const char c : markdown) {
        if (c == '`' && !text.ends_with('\\')) {
            code = !code;
        } else if (!code) {
            text += c;
        }
    }
    return text;
}

/// Occurrences without a backslash in front.
std::size_t unescaped(const std::string& text, const std::string& wanted) {
    return markup::count(text, wanted) - markup::count(text, "\\" + wanted);
}

TEST_CASE("hostile names stay names") {
    std::vector<kernel_spec> specs;
    for (const std::string& name : hostile) {
        specs.push_back({.function = name, .kernel = name, .isa = name, .times = {1, 2}, .library = name});
    }
    json accuracy = fixture::accuracy(specs);
    for (json& function : accuracy["functions"]) {
        function["title"] = function["name"];
        function["formula"] = function["name"];
        function["mathml"] = function["name"];
    }
    for (json& row : accuracy["rows"]) {
        for (const char* member : {"note", "reason", "worst_input", "worst_output", "worst_exact", "path"}) {
            row[member] = row["kernel"];
        }
        row["faults"] = {{{"code", "promise"}, {"message", row["kernel"]}}};
        row["status"] = "broken";
        row["specials"][0]["computed"] = row["kernel"];
        row["specials"][0]["ok"] = false;
    }
    json bench = fixture::bench(specs);
    bench["context"]["cpu_model"] = hostile[0];
    bench["context"]["governor"] = hostile[1];
    for (const json& each : {accuracy, fixture::accuracy(specs)}) {
        const auto files = write_forms(report_of({each, bench}));
        for (const report_file& file : files) {
            CAPTURE(file.path);
            CHECK(file.path.find("..") == std::string::npos);
            if (file.path.ends_with(".json") || file.path.ends_with(".csv")) continue;
            const bool is_markdown = file.path.ends_with(".md");
            const std::string text = is_markdown ? without_code(file.content) : file.content;
            if (!is_markdown) CHECK(markup::defect(text) == "");
            CHECK(file.content.find('\0') == std::string::npos);
            CHECK(unescaped(text, "<img") == 0);
            CHECK(unescaped(text, "<script>alert") == 0);
        }
        CHECK(markup::count(content(files, "index.html"), "<script>") == 1);
    }
}

TEST_CASE("rows of the summary's tables have as many cells as their heads") {
    const std::vector<kernel_spec> some{
        {.kernel = "a", .times = {1, 2, 3}, .max_ulp = 16.0},
        {.kernel = "b|c", .times = {2, 3, 4}, .max_ulp = 0.7, .dtype = "bf16"}};
    json accuracy = fixture::accuracy(some);
    accuracy["rows"][0]["max_abs_error"] = 0.5;
    const std::string summary = summary_markdown(report_of({accuracy, fixture::bench(some)}));
    // The bound that has pipes of its own.
    REQUIRE(has(summary, "max(1, \\|f\\|)"));
    REQUIRE(has(summary, "<details><summary>bf16</summary>"));
    std::istringstream lines(summary);
    std::size_t cells = 0;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t found = unescaped(line, "|");
        if (cells > 0 && found > 0) CHECK(found == cells);
        cells = found;
    }
}

TEST_CASE("a page of parts says what is missing") {
    const std::vector<kernel_spec> some{{.kernel = "a", .times = {1, 2, 3}},
                                        {.kernel = "b", .times = {1, 2, 3}}};
    const std::vector<kernel_spec> nothing;
    const auto page = [](const std::vector<json>& documents) {
        std::string html = page_html(report_of(documents));
        CHECK(markup::defect(html) == "");
        return html;
    };
    CHECK(has(page({fixture::bench(some)}), "No errors: "));
    CHECK(has(page({fixture::accuracy(some)}), "No speed: "));
    CHECK(has(page({fixture::bench(nothing), fixture::accuracy(nothing)}), "No speed: "));
    CHECK(has(page({fixture::bench(nothing)}), "No errors: "));
    CHECK(has(page({fixture::accuracy({some[0]}), fixture::bench(some)}),
              "timed, but without a measured error: f/f32/b/avx2"));
    CHECK(has(page({fixture::accuracy(some), fixture::bench({some[0]})}),
              "checked, but not timed: f/f32/b/avx2"));
    const std::string whole = page({fixture::accuracy(some), fixture::bench(some)});
    CHECK_FALSE(has(whole, "No errors: "));
    CHECK(has(whole, "without a naive kernel"));
    CHECK(markup::defect(summary_markdown(report_of({fixture::bench(nothing)}))) == "");
}

TEST_CASE("with types there is a switch, and each part of the page has one for each") {
    const std::vector<kernel_spec> one{{.kernel = "a", .times = {1, 2, 3}}};
    CHECK_FALSE(has(page_html(report_of({fixture::accuracy(one), fixture::bench(one)})), "name=\"type\""));
    const std::vector<kernel_spec> two{{.kernel = "a", .times = {1, 2, 3}, .dtype = "bf16"},
                                       {.kernel = "a", .times = {1, 2, 3}},
                                       {.function = "g", .kernel = "a", .times = {1, 2, 3}, .dtype = "bf16"},
                                       {.function = "g", .kernel = "a", .times = {1, 2, 3}}};
    const report both = report_of({fixture::accuracy(two), fixture::bench(two)});
    const std::string page = page_html(both);
    CHECK(markup::defect(page) == "");
    CHECK(markup::count(page, "name=\"type\"") == 2);
    CHECK(has(page, "id=\"type-0\" value=\"f32\" autocomplete=\"off\" checked"));
    CHECK(markup::count(page, "<div data-type=\"0\">") == markup::count(page, "<div data-type=\"1\">"));
    // The first type's lines stand together, before those of the next.
    const std::string console = console_summary(both);
    CHECK(console.find("g f32") < console.find("f bf16"));
    CHECK(has(console, "\n\nf bf16"));
}

TEST_CASE("a promise kept is said, unless one is broken") {
    const std::vector<kernel_spec> some{{.kernel = "a", .times = {1, 2, 3}},
                                        {.kernel = "b", .times = {1, 2, 3}}};
    json accuracy = fixture::accuracy(some);
    CHECK(has(page_html(report_of({accuracy})), "2 kernels with an error bound kept it"));
    accuracy["rows"][0]["promise_kind"] = "none";
    CHECK(has(page_html(report_of({accuracy})), "1 kernel with an error bound kept it"));
    accuracy["rows"][1]["status"] = "broken";
    CHECK_FALSE(has(page_html(report_of({accuracy})), "kept it wherever"));
}

TEST_CASE("what disturbed the measurement is said") {
    const std::vector<kernel_spec> some{{.kernel = "a", .times = {1, 2, 3}}};
    json bench = fixture::bench(some);
    CHECK(has(page_html(report_of({bench})), "only 3 times"));
    bench["context"]["virtualisation"] = "kvm";
    bench["context"]["governor"] = "powersave";
    bench["context"]["load_avg"] = {3.0, 1.0, 1.0};
    bench["context"]["complete"] = false;
    json accuracy = fixture::accuracy(some);
    accuracy["environment"]["cpu"] = "Another CPU";
    accuracy["complete"] = false;
    accuracy["rows"][0]["max_ulp_kind"] = "found";
    accuracy["rows"][0]["inputs_tried"] = 5000;
    const std::string page = page_html(report_of({bench, accuracy}));
    for (const char* words : {"virtual machine (kvm)", "governor powersave", "load 3.0 on 2 processors",
                              "A timing run was stopped early", "An accuracy run was stopped early",
                              "CPU differs: speed was measured with Example CPU, errors with Another CPU",
                              "Not every input was tried (5,000 a kernel)"}) {
        CAPTURE(words);
        CHECK(has(page, words));
    }
    CHECK(has(page_html(report_of({fixture::bench({{.kernel = "a", .times = {1}}})})), "timed only once"));
}

TEST_CASE("that the reference is certified is said where it is") {
    json accuracy = fixture::accuracy({{.kernel = "a", .max_ulp = 0.5}, {.kernel = "b", .max_ulp = 0.7}});
    const char* const words = "certified: held against exact values";
    CHECK_FALSE(has(page_html(report_of({accuracy})), words));
    accuracy["rows"][1]["max_ulp_kind"] = "certified";
    CHECK(has(page_html(report_of({accuracy})), words));
    CHECK(has(page_html(report_of({accuracy})), "≤ 0.7"));
}

TEST_CASE("results.json gives back what the model holds") {
    const std::vector<kernel_spec> some{{.kernel = "a", .times = {1, 2, 3}, .max_ulp = 0.5},
                                        {.kernel = "b", .times = {5, 6, 7}, .max_ulp = 3.0},
                                        {.kernel = "c", .max_ulp = 1.0}};
    json accuracy = fixture::accuracy(some);
    accuracy["rows"][1]["max_ulp"] = "inf";
    const json document = json::parse(results_json(report_of({accuracy, fixture::bench(some)})));
    REQUIRE(document["rows"].size() == 3);
    const json& b = document["rows"][1];
    CHECK(b["kernel"] == "b");
    CHECK(b["error"]["max_ulp"] == "inf");
    CHECK(b["ns_per_element"]["median"] == 6.0);
    CHECK(b["ns_per_element"]["repetitions"] == 3);
    CHECK(b["within_isa"]["front"] == false);
    CHECK(b["within_isa"]["dominator"]["kernel"] == "a");
    CHECK(b["within_isa"]["why"] == "faster and more accurate");
    CHECK(document["rows"][2]["not_timed"] == "no timing was given");
    CHECK(document["choices"][0]["use"]["kernel"] == "a");
}

TEST_CASE("thousands of rows are no trouble") {
    std::vector<kernel_spec> specs;
    for (int i = 0; i < 3000; ++i) {
        specs.push_back({.function = fmt::format("f{}", i % 30),
                         .kernel = fmt::format("k{}", i),
                         .times = {1.0 + i},
                         .max_ulp = 3000.0 - i});
    }
    const std::string page = page_html(report_of({fixture::accuracy(specs), fixture::bench(specs)}));
    CHECK(markup::count(page, "<tr id=\"k") == 3000);
    CHECK(page.size() < std::size_t{5} << 20);
}

}  // namespace
}  // namespace ulpfront::reports
