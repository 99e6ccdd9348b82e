#include "reports/environment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ulpfront::reports {
namespace {

/// The distinct values of a member over some documents, joined.
std::string text_over(const std::vector<const nlohmann::json*>& documents, const char* member) {
    std::vector<std::string> values;
    for (const auto* each : documents) {
        const std::string value = member_text(*each, member);
        const bool is_new = std::find(values.begin(), values.end(), value) == values.end();
        if (!value.empty() && is_new) values.push_back(value);
    }
    return fmt::format("{}", fmt::join(values, "; "));
}

std::vector<const nlohmann::json*> contexts_of(const result_set& results) {
    std::vector<const nlohmann::json*> all;
    for (const auto& each : results.bench) all.push_back(&each.context);
    return all;
}

std::vector<const nlohmann::json*> environments_of(const result_set& results) {
    std::vector<const nlohmann::json*> all;
    for (const auto& each : results.accuracy) all.push_back(&each.environment);
    return all;
}

std::string data_caches(const nlohmann::json& context) {
    std::string text;
    for (const auto& [level, bytes] : data_cache_sizes(context))
        text += fmt::format("{}L{} {:.0f} KiB", text.empty() ? "" : ", ", level, bytes / 1024.0);
    return text;
}

}  // namespace

std::string member_text(const nlohmann::json& object, const char* member) {
    const auto found = object.find(member);
    if (found == object.end() || found->is_null()) return "";
    if (found->is_string()) return found->get<std::string>();
    if (!found->is_array()) return found->dump();
    std::string list;
    for (const auto& each : *found) {
        list += (list.empty() ? "" : ", ") + (each.is_string() ? each.get<std::string>() : each.dump());
    }
    return list;
}

std::vector<std::pair<std::string, double>> data_cache_sizes(const nlohmann::json& context) {
    std::vector<std::pair<std::string, double>> sizes;
    const auto caches = context.find("caches");
    if (caches == context.end() || !caches->is_array()) return sizes;
    for (const auto& each : *caches) {
        if (!each.is_object() || member_text(each, "type") == "Instruction") continue;
        if (!each.contains("size") || !each["size"].is_number()) continue;
        sizes.emplace_back(member_text(each, "level"), each["size"].get<double>());
    }
    return sizes;
}

std::vector<shared_fact> shared_facts(const result_set& results) {
    struct names {
        const char* what;
        const char* in_bench;
        const char* in_accuracy;
    };
    constexpr names members[] = {
        {"CPU", "cpu_model", "cpu"},        {"Architecture", "architecture", "architecture"},
        {"ISAs", "isas", "isas"},           {"Operating system", "os", "os"},
        {"C library", "libc", "libc"},      {"Compiler", "compiler", "compiler"},
        {"ulpfront", "version", "version"}, {"Commit", "commit", "commit"},
    };
    const auto contexts = contexts_of(results);
    const auto environments = environments_of(results);
    std::vector<shared_fact> facts;
    for (const names& each : members) {
        facts.push_back(
            {each.what, text_over(contexts, each.in_bench), text_over(environments, each.in_accuracy)});
    }
    return facts;
}

std::vector<std::pair<std::string, std::string>> describe_environment(const result_set& results) {
    std::vector<std::pair<std::string, std::string>> lines;
    const auto add = [&](const std::string& name, const std::string& value) {
        if (!value.empty()) lines.emplace_back(name, value);
    };
    for (const shared_fact& fact : shared_facts(results)) {
        if (fact.differs()) {
            add(fact.what, fmt::format("{} (speed); {} (accuracy)", fact.speed, fact.accuracy));
        } else {
            add(fact.what, fact.speed.empty() ? fact.accuracy : fact.speed);
        }
    }
    const auto contexts = contexts_of(results);
    add("Compiler flags", text_over(contexts, "flags"));
    add("Processors", text_over(contexts, "num_cpus"));
    if (!contexts.empty()) add("Caches", data_caches(*contexts.front()));
    add("Frequency governor", text_over(contexts, "governor"));
    add("Virtualisation", text_over(contexts, "virtualisation"));
    add("Load at start", text_over(contexts, "load_avg"));
    add("Timed", text_over(contexts, "date"));
    add("Seconds a repetition, at least", text_over(contexts, "min_time"));
    add("How inputs are fed", text_over(contexts, "input_note"));
    add("Floor", text_over(contexts, "floor_note"));
    std::set<std::string> modes;
    for (const auto& each : results.accuracy) modes.insert(each.inputs_mode);
    add("Inputs tried", fmt::format("{}", fmt::join(modes, "; ")));
    return lines;
}

}  // namespace ulpfront::reports
