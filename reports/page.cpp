// The page: the template filled in.
#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <set>

#include "reports/charts/charts.hpp"
#include "reports/page_parts.hpp"
#include "reports/report.hpp"
#include "reports/templates.hpp"
#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

/// The template engine's data from JSON: null, false and "" are false, everything else as it is.
data to_data(const nlohmann::json& from) {
    if (from.is_object()) {
        data object(data::type::object);
        for (const auto& [name, value] : from.items()) object.set(name, to_data(value));
        return object;
    }
    if (from.is_array()) {
        data list(data::type::list);
        for (const auto& each : from) list.push_back(to_data(each));
        return list;
    }
    if (from.is_boolean()) return {from.get<bool>() ? data::type::bool_true : data::type::bool_false};
    const std::string text = from.is_string() ? from.get<std::string>() : from.dump();
    if (from.is_null() || text.empty()) return {data::type::bool_false};
    return {text};
}

nlohmann::json pairs_view(const std::vector<std::pair<std::string, std::string>>& pairs) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& [name, value] : pairs) list.push_back({{"name", name}, {"value", value}});
    return list;
}

/// "2026-11-24 15:12" of the first time, where it is written as RFC 3339 has it.
std::string minute_of(const std::string& times) {
    constexpr std::size_t length = 16;
    if (times.size() < length || times[10] != 'T') return times;
    std::string minute = times.substr(0, length);
    minute[10] = ' ';
    return minute;
}

/// "114 kernels of 6 functions, f32 and f16 · AMD EPYC · Debian ...": the facts that a reader wants first.
std::string headline(const report& of) {
    std::vector<std::string> where;
    for (const auto& [name, value] : of.environment) {
        if (name == "CPU" || name == "Compiler") where.push_back(value);
        if (name == "Operating system") where.push_back(value.substr(0, value.find(',')));
        if (name == "Commit") where.push_back("commit " + value);
        if (name == "Timed") where.push_back(minute_of(value));
    }
    const auto functions = std::count_if(of.all.functions.begin(), of.all.functions.end(),
                                         [](const function_group& each) { return !each.is_floor; });
    const std::vector<std::string> dtypes = dtypes_of(of);
    return fmt::format("{} of {}{}{}{}", count_of(of.all.kernels.size(), "kernel"),
                       count_of(static_cast<std::uint64_t>(functions), "function"),
                       dtypes.empty() ? "" : ", ", fmt::join(dtypes, ", "),
                       where.empty() ? "" : fmt::format(" · {}", fmt::join(where, " · ")));
}

nlohmann::json libraries_view(const report& of) {
    std::set<library_note> libraries;
    for (const auto& each : of.results.accuracy)
        libraries.insert(each.libraries.begin(), each.libraries.end());
    for (const auto& each : of.results.bench) libraries.insert(each.libraries.begin(), each.libraries.end());
    nlohmann::json list = nlohmann::json::array();
    for (const library_note& each : libraries) {
        list.push_back({{"name", each.library},
                        {"version", each.version},
                        {"compiler", each.compiler},
                        {"flags", each.flags},
                        {"skipped", each.skipped}});
    }
    return list;
}

nlohmann::json floors_view(const report& of) {
    nlohmann::json list = nlohmann::json::array();
    for (const function_group& function : of.all.functions) {
        if (!function.is_floor) continue;
        for (const kernel_group& group : function.dtypes) {
            if (!group.usual) continue;
            list.push_back({{"title", function.title},
                            {"dtype", group.dtype},
                            {"condition", condition_text(*group.usual)},
                            {"ranking", ranking_view(of, group)},
                            {"conditions", conditions_view(of, group)}});
        }
    }
    return list;
}

/// Of what is told apart by type the switch leaves one: its number is data-type. A browser that does not know
/// :has() leaves all.
std::string type_rules(std::size_t count) {
    std::string rules;
    for (std::size_t i = 0; i < count; ++i)
        rules += fmt::format(
            "body:has(#type-{0}:checked) [data-type]:not([data-type=\"{0}\"]){{display:none}}", i);
    return rules;
}

nlohmann::json page_view(const report& of) {
    nlohmann::json view{{"version", ULPFRONT_VERSION},
                        {"script", std::string(templates::page_js)},
                        {"script_hash", std::string(templates::page_js_hash)},
                        {"style", page_colours(colours_needed(of)) + std::string(templates::chart_css) +
                                      std::string(templates::page_css) + type_rules(dtypes_of(of).size())},
                        {"headline", headline(of)},
                        {"isas", nlohmann::json(of.all.isas).dump()},
                        {"types", types_view(of)},
                        {"notes", notes_view(of)},
                        {"against", against_view(of)},
                        {"choices", choices_view(of)},
                        {"costs", costs_view(of)},
                        {"slopes", slopes_view(of)},
                        {"isa_against_isa", isas_view(of)},
                        {"peers", peers_view(of)},
                        {"tables", tables_view(of)},
                        {"functions", nlohmann::json::array()},
                        {"floors", floors_view(of)},
                        {"libraries", libraries_view(of)},
                        {"environment", pairs_view(of.environment)}};
    // Mustache asks for a list's emptiness only through a name of its own.
    for (const char* list : {"functions", "floors", "libraries"}) {
        view[std::string("has_") + list] = !view[list].empty();
    }
    if (const auto overview = draw_all_curves(of)) view["overview"] = in_page(overview->picture);
    for (const function_group& function : of.all.functions) {
        if (!function.is_floor) view["functions"].push_back(function_view(of, function));
    }
    view["has_functions"] = !view["functions"].empty();
    return view;
}

}  // namespace

std::string page_html(const report& of) {
    mustache page{std::string(templates::page_html)};
    page.set_custom_escape(escape_html);
    if (!page.is_valid()) throw std::logic_error("page template: " + page.error_message());
    return page.render(to_data(page_view(of)));
}

}  // namespace ulpfront::reports
