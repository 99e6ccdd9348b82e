// The same figures for programs: one row a kernel and condition (reports/schema/report.schema.json).
#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/gradient.hpp"
#include "reports/report.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

using json = nlohmann::json;

/// JSON has no infinities: they are strings.
json number(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    return value;
}

json number(const std::optional<double>& value) { return value ? number(*value) : json(nullptr); }

json count(const std::optional<std::uint64_t>& value) { return value ? json(*value) : json(nullptr); }

json ratio_member(const std::optional<ratio>& of) {
    if (!of) return nullptr;
    return {{"value", number(of->value)}, {"low", number(of->low)}, {"high", number(of->high)}};
}

json name_member(const kernel& of) {
    return {{"library", of.label.key.library}, {"kernel", of.label.key.kernel}, {"isa", of.label.key.isa}};
}

json standing_member(const model& all, std::size_t k, const std::optional<standing>& of,
                     const condition& under) {
    if (!of) return nullptr;
    json member{{"front", of->on_front}, {"dominator", nullptr}, {"why", nullptr}, {"ties", json::array()}};
    if (of->dominator) {
        member["dominator"] = name_member(all.kernels[*of->dominator]);
        member["why"] = dominance_text(all, *of->dominator, k, under);
    }
    for (const std::size_t tie : of->ties) member["ties"].push_back(name_member(all.kernels[tie]));
    return member;
}

json kernel_members(const kernel& of) {
    json row{
        {"function", of.label.key.function}, {"dtype", of.label.key.dtype}, {"library", of.label.key.library},
        {"kernel", of.label.key.kernel},     {"isa", of.label.key.isa},     {"shown", of.label.shown},
        {"method", of.label.method},         {"defect", of.defect()},       {"error", nullptr}};
    if (!of.checked) return row;
    const accuracy_row& checked = *of.checked;
    row["error"] = {
        {"status", checked.status},
        {"reason", checked.reason},
        {"promise_kind", checked.promise_kind},
        {"promise_value", number(checked.promise_value)},
        {"max_ulp", number(checked.max_ulp)},
        {"max_ulp_kind", checked.kind()},
        {"mean_ulp", number(checked.mean_ulp)},
        {"normal_1_mean_ulp", checked.normal_1 ? number(checked.normal_1->mean_ulp) : json(nullptr)},
        {"normal_1_p999_ulp", checked.normal_1 ? number(checked.normal_1->p999_ulp) : json(nullptr)},
        {"max_abs_error", number(checked.max_abs_error)},
        {"misrounded", count(checked.misrounded)},
        {"inputs_tried", count(checked.inputs_tried)},
        {"worst_input", checked.worst_input},
        {"reproduce", reproduce_command(checked)}};
    return row;
}

json timed_row(const model& all, std::size_t k, const condition& under, const timing& time) {
    json row = kernel_members(all.kernels[k]);
    row["distribution"] = under.distribution;
    row["n"] = under.n;
    row["inplace"] = under.in_place;
    row["not_timed"] = time.was_timed() ? json(nullptr) : json(time.error);
    row["ns_per_element"] = nullptr;
    if (time.was_timed()) {
        row["ns_per_element"] = {{"median", time.ns.median},
                                 {"low", time.ns.low},
                                 {"high", time.ns.high},
                                 {"coverage", time.ns.coverage},
                                 {"repetitions", time.ns.count}};
    }
    row["times_floor"] = ratio_member(time.to_floor);
    row["times_faster_than_naive"] = ratio_member(time.over_naive);
    row["times_cheapest_function"] = ratio_member(time.to_cheapest);
    row["within_isa"] = standing_member(all, k, time.within_isa, under);
    row["over_all_isas"] = standing_member(all, k, time.over_all, under);
    return row;
}

json untimed_row(const kernel& of) {
    json row = kernel_members(of);
    for (const char* member :
         {"distribution", "n", "inplace", "ns_per_element", "times_floor", "times_faster_than_naive",
          "times_cheapest_function", "within_isa", "over_all_isas"}) {
        row[member] = nullptr;
    }
    row["not_timed"] = "no timing was given";
    return row;
}

/// One row a line: the document is large, and a line is what people and tools compare.
std::string rows_text(const model& all) {
    std::string text;
    const auto add = [&](const json& row) { text += (text.empty() ? "\n" : ",\n") + row.dump(); };
    for (std::size_t k = 0; k < all.kernels.size(); ++k) {
        for (const auto& [under, time] : all.kernels[k].timings) add(timed_row(all, k, under, time));
        if (all.kernels[k].timings.empty()) add(untimed_row(all.kernels[k]));
    }
    return text;
}

json choices_member(const report& of) {
    json choices = json::array();
    for (const choice_line& line : of.choices) {
        for (std::size_t b = 0; b < line.per_budget.size(); ++b) {
            const auto& chosen = line.per_budget[b];
            choices.push_back({{"function", of.function_of(line).name},
                               {"dtype", of.group_of(line).dtype},
                               {"budget", budgets()[b].name},
                               {"use", chosen ? name_member(of.all.kernels[chosen->kernel]) : json(nullptr)},
                               {"distribution", chosen ? json(chosen->under.distribution) : json(nullptr)},
                               {"n", chosen ? json(chosen->under.n) : json(nullptr)},
                               {"inplace", chosen ? json(chosen->under.in_place) : json(nullptr)}});
        }
    }
    return choices;
}

json functions_member(const model& all) {
    json functions = json::array();
    for (const function_group& each : all.functions) {
        json member{
            {"name", each.name}, {"title", each.title}, {"floor", each.is_floor}, {"gradient", nullptr}};
        if (each.entry) {
            const gradient_facts facts = read_gradient(*each.entry);
            json stretches = json::array();
            for (const stretch& part : facts.vanishing) stretches.push_back({part.from, part.to});
            member["gradient"] = {{"zero_share", facts.zero_share}, {"vanishing", stretches}};
        }
        functions.push_back(std::move(member));
    }
    return functions;
}

json speed_change_member(const model& all, const speed_change& of) {
    json member = name_member(all.kernels[of.kernel]);
    member.update({{"function", all.kernels[of.kernel].label.key.function},
                   {"dtype", all.kernels[of.kernel].label.key.dtype},
                   {"distribution", of.under.distribution},
                   {"n", of.under.n},
                   {"inplace", of.under.in_place},
                   {"before", of.before.median},
                   {"after", of.after.median},
                   {"times", ratio_member(of.times)},
                   {"verdict", verdict_text(of.is)}});
    return member;
}

json error_change_member(const model& all, const error_change& of) {
    json member = name_member(all.kernels[of.kernel]);
    member.update({{"function", all.kernels[of.kernel].label.key.function},
                   {"dtype", all.kernels[of.kernel].label.key.dtype},
                   {"before", of.before},
                   {"after", of.after},
                   {"verdict", verdict_text(of.is)},
                   {"why", of.why}});
    return member;
}

json against_member(const report& of) {
    if (!of.against) return nullptr;
    json facts = json::array();
    for (const changed_fact& each : of.against->facts)
        facts.push_back({{"what", each.what}, {"before", each.before}, {"after", each.after}});
    json member{{"facts", facts},
                {"machines", of.against->machines},
                {"noise", ratio_member(of.against->noise)},
                {"same_errors", of.against->same_errors},
                {"appeared", of.against->appeared},
                {"vanished", of.against->vanished},
                {"speeds", json::array()},
                {"errors", json::array()}};
    for (const speed_change& each : of.against->speeds)
        member["speeds"].push_back(speed_change_member(of.all, each));
    for (const error_change& each : of.against->errors)
        member["errors"].push_back(error_change_member(of.all, each));
    return member;
}

}  // namespace

std::string results_json(const report& of) {
    json environment = json::object();
    for (const auto& [name, value] : of.environment) environment[name] = value;
    const json document{{"schema", "ulpfront-report/1"},
                        {"version", ULPFRONT_VERSION},
                        {"environment", environment},
                        {"warnings", of.warnings},
                        {"missing", of.gaps},
                        {"broken", of.broken},
                        {"functions", functions_member(of.all)},
                        {"choices", choices_member(of)},
                        {"against", against_member(of)}};
    std::string text = document.dump(1);
    text.resize(text.rfind('}'));
    while (text.back() == '\n') text.pop_back();
    return text + ",\n \"rows\": [" + rows_text(of.all) + "\n ]\n}\n";
}

}  // namespace ulpfront::reports
