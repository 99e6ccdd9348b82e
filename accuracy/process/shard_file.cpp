#include "accuracy/process/shard_file.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <link.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "accuracy/process/checksum.hpp"
#include "accuracy/process/result.hpp"
#include "accuracy/tallies_text.hpp"
#include "impls/cpu.hpp"
#include "impls/environment.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr const char* schema = "ulpfront-shard/1";
constexpr const char* checksum_key = "\"checksum\": ";

std::string checksum_of_file(const fs::path& path) {
    return fmt::format("{:016x}", checksum(read_whole(path.string())));
}

/// The engines beside this program, whichever of them the CPU takes.
json engines() {
    json list = json::array();
    std::set<fs::path> files;
    const fs::path folder = built_folder("engine");
    if (fs::is_directory(folder)) {
        for (const auto& each : fs::directory_iterator(folder))
            if (each.path().extension() == ".so") files.insert(each.path());
    }
    for (const fs::path& each : files) list.push_back({each.filename().string(), checksum_of_file(each)});
    return list;
}

/// The C library's mathematics, which scalar kernels call: its file's checksum; empty if it is not found.
std::string libm() {
    void* const handle = dlopen("libm.so.6", RTLD_LAZY | RTLD_NOLOAD);
    link_map* map = nullptr;
    if (handle == nullptr || dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0) return "";
    return checksum_of_file(map->l_name);
}

json describe_build(const environment& here, const std::vector<outcome>& kernels) {
    std::set<std::string> paths;
    for (const outcome& each : kernels) {
        if (each.skipped.empty()) paths.insert(each.kernel.path);
    }
    json libraries = json::array();
    for (const std::string& path : paths)
        libraries.push_back({fs::path(path).filename().string(), checksum_of_file(path)});
    return {{"version", here.version}, {"commit", here.commit}, {"compiler", here.compiler},
            {"tool", this_tool()},     {"engines", engines()},  {"libraries", libraries}};
}

json describe_machine(const environment& here) {
    return {{"cpu", here.cpu},   {"architecture", here.architecture},
            {"os", here.os},     {"libc", here.libc},
            {"isas", here.isas}, {"libm", libm()}};
}

/// JSON has no infinities, and the project's own libraries may lie anywhere.
json describe_kernel(const outcome& from) {
    json to = from.kernel;
    if (from.kernel.shown_name() == from.kernel.kernel) to["path"] = "";
    to["promise_value"] = hexfloat(from.kernel.promise_value);
    to["seams"] = json::array();
    for (const double seam : from.kernel.seams) to["seams"].push_back(hexfloat(seam));
    to["skipped"] = from.skipped;
    return to;
}

outcome read_kernel(json from) {
    outcome to;
    from.at("promise_value") = 0.0;
    const json seams = std::exchange(from.at("seams"), json::array());
    from.get_to(to.kernel);
    for (const json& seam : seams) to.kernel.seams.push_back(read_hexfloat(seam.get<std::string>()));
    from.at("skipped").get_to(to.skipped);
    return to;
}

json write_fault(const fault& from) {
    return {{"code", from.code}, {"message", from.message}, {"place", from.place}};
}

fault read_fault(const json& from) {
    fault to = from.get<fault>();
    from.at("place").get_to(to.place);
    return to;
}

json write_outcome(const outcome& from) {
    json faults = json::array();
    for (const fault& each : from.faults) faults.push_back(write_fault(each));
    return {{"id", from.kernel.id()},
            {"faults", faults},
            {"death", from.death ? write_fault(*from.death) : json()},
            {"specials", from.special_outputs},
            {"reference", from.reference},
            {"measured", from.measured.inputs == 0 ? json() : write_tallies(from.measured)}};
}

void read_outcome(const json& from, outcome& to) {
    for (const json& each : from.at("faults")) to.faults.push_back(read_fault(each));
    if (const json& death = from.at("death"); !death.is_null()) to.death = read_fault(death);
    from.at("specials").get_to(to.special_outputs);
    from.at("reference").get_to(to.reference);
    if (const json& measured = from.at("measured"); !measured.is_null()) to.measured = read_tallies(measured);
}

json write_blocks(const block_set& from) {
    json to = json::array();
    for (const auto& [begin, end] : from.ranges()) to.push_back({begin, end});
    return to;
}

block_set read_blocks(const json& from, std::uint64_t limit) {
    block_set to;
    for (const json& range : from) {
        const auto begin = range.at(0).get<std::uint64_t>();
        const auto end = range.at(1).get<std::uint64_t>();
        if (begin >= end || end > limit) throw std::invalid_argument("its blocks are out of range");
        to.add(begin, end);
    }
    return to;
}

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
    throw failure(exit_bad_input, fmt::format("'{}': {}", path, why));
}

/// The file without its last member, the checksum.
std::string body_of(const shard& from) {
    std::string text =
        fmt::format("{{\n\"schema\": \"{}\",\n\"shards\": {},\n\"complete\": {},\n\"run\": {},\n", schema,
                    json(from.parts).dump(), from.complete, from.run.dump());
    json done = json::array();
    for (const block_set& each : from.done) done.push_back(write_blocks(each));
    text += fmt::format("\"done\": {},\n\"kernels\": [", done.dump());
    for (const outcome& each : from.outcomes)
        text += (&each == &from.outcomes.front() ? "\n" : ",\n") + write_outcome(each).dump();
    return text + "\n],\n";
}

std::string ending_of(std::string_view body) {
    return fmt::format("{}\"{:016x}\"\n}}\n", checksum_key, checksum(body));
}

shard read_members(const json& file) {
    shard to;
    to.run = file.at("run");
    file.at("shards").get_to(to.parts);
    file.at("complete").get_to(to.complete);
    const json& groups = to.run.at("groups");
    for (std::size_t g = 0; g < groups.size(); ++g)
        to.done.push_back(read_blocks(file.at("done").at(g), groups[g].at("blocks").get<std::uint64_t>()));
    const json& kernels = to.run.at("kernels");
    for (std::size_t i = 0; i < kernels.size(); ++i) {
        to.outcomes.push_back(read_kernel(kernels[i]));
        to.outcomes.back().kernel.promise_value =
            read_hexfloat(kernels[i].at("promise_value").get<std::string>());
        read_outcome(file.at("kernels").at(i), to.outcomes.back());
    }
    return to;
}

}  // namespace

// --- sets of blocks -----------------------------------------------------------------------------------

void block_set::add(std::uint64_t begin, std::uint64_t end) {
    auto next = ranges_.upper_bound(begin);
    if (next != ranges_.begin() && std::prev(next)->second >= begin) {
        --next;
        begin = next->first;
    }
    while (next != ranges_.end() && next->first <= end) {
        end = std::max(end, next->second);
        next = ranges_.erase(next);
    }
    ranges_.emplace(begin, end);
}

void block_set::add(const block_set& other) {
    for (const auto& [begin, end] : other.ranges_) add(begin, end);
}

bool block_set::has(std::uint64_t block) const {
    const auto next = ranges_.upper_bound(block);
    return next != ranges_.begin() && std::prev(next)->second > block;
}

std::optional<std::uint64_t> block_set::common(const block_set& other) const {
    for (const auto& [begin, end] : other.ranges_) {
        if (has(begin)) return begin;
        const auto next = ranges_.lower_bound(begin);
        if (next != ranges_.end() && next->first < end) return next->first;
    }
    return std::nullopt;
}

block_set block_set::missing(std::uint64_t end) const {
    block_set result;
    std::uint64_t from = 0;
    for (const auto& [begin, stop] : ranges_) {
        if (begin > from) result.add(from, begin);
        from = stop;
    }
    if (from < end) result.add(from, end);
    return result;
}

std::string words_of(const block_set& blocks) {
    constexpr std::size_t most = 5;
    std::string words;
    std::size_t said = 0;
    for (const auto& [begin, end] : blocks.ranges()) {
        if (said++ == most) return words + ", ...";
        words += words.empty() ? "" : ", ";
        words += end == begin + 1 ? fmt::format("{}", begin) : fmt::format("{}-{}", begin, end - 1);
    }
    return words;
}

// --- what a run is --------------------------------------------------------------------------------------

std::string this_tool() {
    static const std::string sum = checksum_of_file("/proc/self/exe");
    return sum;
}

json describe_run(const library_list& libraries, const input_request& request,
                  const std::vector<outcome>& kernels, const std::vector<kernel_group>& groups) {
    const environment here = this_environment();
    std::vector<kernel_info> infos;
    json list = json::array();
    for (const outcome& each : kernels) {
        infos.push_back(each.kernel);
        list.push_back(describe_kernel(each));
    }
    json parts = json::array();
    for (const kernel_group& each : groups) {
        parts.push_back({{"function", each.function},
                         {"dtype", dtype_name(each.dtype)},
                         {"blocks", each.blocks()},
                         {"inputs", each.inputs == nullptr ? 0 : each.inputs->fingerprint()}});
    }
    return {{"build", describe_build(here, kernels)},
            {"machine", describe_machine(here)},
            {"inputs", describe_inputs(request)},
            {"libraries", describe_libraries(libraries, infos)},
            {"kernels", list},
            {"groups", parts}};
}

std::string difference(const json& run, const json& expected) {
    constexpr std::array<std::pair<const char*, const char*>, 6> members = {
        {{"build", "another build"},
         {"machine", "another machine"},
         {"inputs", "other inputs"},
         {"libraries", "other kernel libraries"},
         {"kernels", "another selection of kernels"},
         {"groups", "other inputs"}}};
    for (const auto& [name, words] : members) {
        const json& a = run.at(name);
        const json& b = expected.at(name);
        if (a == b) continue;
        const json first = json::diff(a, b).at(0);
        const json::json_pointer where(first.at("path").get<std::string>());
        const auto show = [&](const json& of) {
            return of.contains(where) ? of.at(where).dump() : "nothing";
        };
        return fmt::format("{} ({}{}: {}, not {})", words, name, where.to_string(), show(a).substr(0, 80),
                           show(b).substr(0, 80));
    }
    return "";
}

// --- the file -------------------------------------------------------------------------------------------

void write_shard(const std::string& path, const shard& from) {
    const std::string body = body_of(from);
    write_whole(path, body + ending_of(body));
}

shard read_shard(const std::string& path) {
    const std::string text = read_whole(path);
    if (text.find(fmt::format(R"("schema": "{}")", schema)) != 2)
        refuse(path, "is no shard; name files that 'check --shard' wrote");
    const auto end = text.rfind(checksum_key);
    if (end == std::string::npos || text.substr(end) != ending_of(std::string_view(text).substr(0, end)))
        refuse(path, "was cut short or edited: its checksum does not fit; remove it and run its shard again");
    try {
        return read_members(json::parse(text));
    } catch (const std::exception& error) {
        refuse(path, fmt::format("is no shard of this version ({})", error.what()));
    }
}

}  // namespace ulpfront
