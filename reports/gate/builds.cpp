#include "reports/gate/builds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include "bench/inputs.hpp"
#include "bench/paired/elf.hpp"
#include "bench/supervisor.hpp"

namespace ulpfront::gate {
namespace {

namespace fs = std::filesystem;

/// What a message about a library says of it, without the flag that the other tools name libraries by.
std::string without_flag(const std::string& message) {
    constexpr std::string_view flag = "--kernels ";
    return message.rfind(flag, 0) == 0 ? message.substr(flag.size()) : message;
}

void refuse_unique(const std::string& path, const char* side) {
    std::vector<std::string> names;
    try {
        names = paired::unique_symbols(path);
    } catch (const failure& error) {
        throw incomparable_builds(fmt::format("the {}'s library {}", side, error.what()));
    }
    if (names.empty()) return;
    throw incomparable_builds(fmt::format(
        "the {}'s library '{}' has {} unique symbols, such as {}, which two builds in one process "
        "would share; build it with -fno-gnu-unique and -fvisibility=hidden",
        side, path, names.size(), names.front()));
}

std::vector<kernel_info> list_side(const std::vector<std::string>& paths, const char* side) {
    for (const std::string& path : paths) refuse_unique(path, side);
    try {
        return bench::list_kernels(paths);
    } catch (const failure& error) {
        if (error.code() != exit_usage) throw;
        throw incomparable_builds(fmt::format("the {}'s library {}", side, without_flag(error.what())));
    }
}

/// Libraries of a build; what of it the CPU cannot run becomes a note.
std::vector<std::string> libraries_of(const std::string& path, const char* side, gate_result& into) {
    library_list found;
    try {
        found = find_libraries({path}, false);
    } catch (const failure& error) {
        throw failure(error.code(), fmt::format("{} {}", side, without_flag(error.what())));
    }
    for (const skipped_library& each : found.skipped)
        into.notes.push_back(
            fmt::format("{} {} is left out: {}", side, fs::path(each.path).filename().string(), each.reason));
    return found.paths;
}

build describe(const std::string& path, const std::vector<std::string>& paths,
               const std::vector<kernel_info>& kernels) {
    build result{path, {}};
    for (const std::string& each : paths) {
        nlohmann::json library{{"path", each},   {"library", ""}, {"version", ""},
                               {"compiler", ""}, {"flags", ""},   {"kernels", 0}};
        for (const kernel_info& kernel : kernels) {
            if (kernel.path != each) continue;
            library["library"] = kernel.library;
            library["version"] = kernel.library_version;
            library["compiler"] = kernel.compiler;
            library["flags"] = kernel.flags;
            library["kernels"] = library["kernels"].get<std::size_t>() + 1;
        }
        result.libraries.push_back(library);
    }
    return result;
}

/// Each build keeps its own compiler and flags; where they differ, so may the times.
void note_differences(gate_result& into) {
    std::map<std::string, nlohmann::json> base;
    const auto file_of = [](const nlohmann::json& library) {
        return fs::path(library.at("path").get<std::string>()).filename().string();
    };
    for (const auto& each : into.base.libraries) base[file_of(each)] = each;
    for (const auto& each : into.candidate.libraries) {
        const auto found = base.find(file_of(each));
        if (found == base.end()) continue;
        for (const char* what : {"compiler", "flags"}) {
            const std::string before = found->second.at(what);
            const std::string after = each.at(what);
            if (before != after)
                into.notes.push_back(
                    fmt::format("{}: {} '{}' (was '{}')", found->first, what, after, before));
        }
    }
}

}  // namespace

bool kernel_pair::has_same_promise() const {
    return is_complete() && base->promise_kind == candidate->promise_kind &&
           base->promise_value == candidate->promise_value &&
           base->promise_flags == candidate->promise_flags && base->mode_flags == candidate->mode_flags;
}

bool kernel_pair::is_identical() const {
    return is_complete() && base->code_id != 0 && base->code_id == candidate->code_id && has_same_promise();
}

std::string kernel_pair::why_not_here() const {
    if (std::string missing = any().why_not_here(); !missing.empty()) return missing;
    return bench::format_of(any().dtype) ? "" : "there are no inputs of this dtype";
}

std::string library_copies::copy(const std::string& path) {
    if (!folder_) folder_.emplace("ulpfront-gate");
    std::string to = folder_->path(fs::path(path).filename().string());
    std::error_code error;
    fs::copy_file(path, to, error);
    if (error) throw failure(exit_cannot_write, fmt::format("cannot copy '{}': {}", path, error.message()));
    return to;
}

both_builds load_builds(const std::string& base, const std::string& candidate, library_copies& copies,
                        gate_result& into) {
    into.base.path = base;
    into.candidate.path = candidate;
    both_builds builds;
    builds.base_paths = libraries_of(base, "BASE", into);
    builds.candidate_paths = libraries_of(candidate, "CANDIDATE", into);
    for (std::string& path : builds.candidate_paths) {
        const bool shared =
            std::any_of(builds.base_paths.begin(), builds.base_paths.end(),
                        [&](const std::string& other) { return fs::equivalent(path, other); });
        if (shared) path = copies.copy(path);
    }
    builds.base = list_side(builds.base_paths, "base");
    builds.candidate = list_side(builds.candidate_paths, "candidate");
    put_in_order(builds.base);
    put_in_order(builds.candidate);
    into.base = describe(base, builds.base_paths, builds.base);
    into.candidate = describe(candidate, builds.candidate_paths, builds.candidate);
    note_differences(into);
    return builds;
}

std::vector<kernel_pair> pair_kernels(const both_builds& builds, const selection& by) {
    std::vector<kernel_info> all = builds.candidate;
    std::set<std::string> known;
    for (const kernel_info& each : all) known.insert(each.id());
    for (const kernel_info& each : builds.base) {
        if (known.insert(each.id()).second) all.push_back(each);
    }
    if (all.empty()) throw incomparable_builds("neither build has a kernel");
    const auto find = [](const std::vector<kernel_info>& from, const std::string& id) {
        const auto found =
            std::find_if(from.begin(), from.end(), [&](const auto& each) { return each.id() == id; });
        return found == from.end() ? std::nullopt : std::optional<kernel_info>(*found);
    };
    std::vector<kernel_pair> pairs;
    for (const kernel_info& each : select_kernels(all, by))
        pairs.push_back({each.id(), find(builds.base, each.id()), find(builds.candidate, each.id())});
    if (std::none_of(pairs.begin(), pairs.end(), [](const auto& each) { return each.is_complete(); })) {
        throw incomparable_builds(fmt::format(
            "no kernel is in both builds: the base has {}, the candidate {}, none by the same name",
            builds.base.size(), builds.candidate.size()));
    }
    return pairs;
}

}  // namespace ulpfront::gate
