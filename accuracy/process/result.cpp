#include "accuracy/process/result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "accuracy/process/commands.hpp"
#include "accuracy/process/row.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

const char* mode_name(input_request::mode mode) {
    switch (mode) {
        case input_request::mode::all:
            return "all";
        case input_request::mode::stride:
            return "stride";
        case input_request::mode::quick:
            break;
    }
    return "quick";
}

/// Every function of the kernels, in their order.
std::vector<std::string> functions_of(const std::vector<outcome>& outcomes) {
    std::vector<std::string> names;
    for (const outcome& each : outcomes) {
        if (std::find(names.begin(), names.end(), each.kernel.function) == names.end())
            names.push_back(each.kernel.function);
    }
    return names;
}

}  // namespace

nlohmann::json describe_inputs(const input_request& request) {
    return {{"mode", mode_name(request.kind)}, {"requested", request.text}};
}

nlohmann::json describe_libraries(const library_list& libraries, const std::vector<kernel_info>& kernels) {
    nlohmann::json list = nlohmann::json::array();
    std::set<std::tuple<std::string, std::string>> seen;  // name, path: one of the project's own per ISA
    for (const kernel_info& k : kernels) {
        if (!seen.emplace(k.library, k.path).second) continue;
        list.push_back({{"library", k.library},
                        {"version", k.library_version},
                        {"compiler", k.compiler},
                        {"flags", k.flags},
                        {"skipped", ""}});
    }
    for (const skipped_library& each : libraries.skipped) {
        list.push_back({{"library", std::filesystem::path(each.path).stem().string()},
                        {"version", ""},
                        {"compiler", ""},
                        {"flags", ""},
                        {"skipped", each.reason}});
    }
    return list;
}

std::string result_text(const result_heading& heading, const std::vector<outcome>& outcomes) {
    nlohmann::json rows = nlohmann::json::array();
    for (const outcome& each : outcomes) rows.push_back(result_row(each));
    const nlohmann::json file = {{"schema", "ulpfront-accuracy/1"},
                                 {"complete", heading.complete},
                                 {"environment", heading.environment},
                                 {"inputs", heading.inputs},
                                 {"libraries", heading.libraries},
                                 {"functions", describe_functions(functions_of(outcomes))},
                                 {"rows", rows}};
    return file.dump(1) + "\n";
}

status_counts count_statuses(const std::vector<outcome>& outcomes) {
    status_counts counts;
    for (const outcome& each : outcomes) {
        const std::string status = judge_outcome(each).status;
        (status == "ok"        ? counts.ok
         : status == "broken"  ? counts.broken
         : status == "skipped" ? counts.skipped
                               : counts.crashed) += 1;
    }
    return counts;
}

int exit_code_of(const status_counts& counts) {
    if (interrupted()) return exit_interrupted;
    if (counts.crashed > 0) return exit_crashed;
    return counts.broken > 0 ? exit_broken : exit_ok;
}

std::string words_of(const status_counts& counts) {
    return fmt::format("{} kernels: {} ok, {} broken, {} crashed or hung, {} skipped",
                       counts.ok + counts.broken + counts.crashed + counts.skipped, counts.ok, counts.broken,
                       counts.crashed, counts.skipped);
}

}  // namespace ulpfront
