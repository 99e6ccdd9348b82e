// ulpfront-accuracy merge
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "accuracy/process/commands.hpp"
#include "accuracy/process/result.hpp"
#include "accuracy/process/shard_file.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
    throw failure(exit_bad_input, fmt::format("'{}': {}", path, why));
}

std::string name_of_group(const nlohmann::json& run, std::size_t g) {
    const nlohmann::json& group = run.at("groups").at(g);
    return fmt::format("{}/{}", group.at("function").get<std::string>(),
                       group.at("dtype").get<std::string>());
}

/// "3/64" before "12/64".
bool part_before(const std::string& a, const std::string& b) {
    return std::pair(a.size(), a) < std::pair(b.size(), b);
}

/// Shards become one, file by file: only the sum is kept.
// NOLINTNEXTLINE(bugprone-exception-escape): JSON moves without throwing, and does not say so
class joining {
  public:
    void add(const std::string& path) {
        shard next = read_shard(path);
        if (!next.complete) refuse(path, "is unfinished; run its shard again, it goes on from where it was");
        if (next.run.at("build").at("tool") != this_tool()) {
            refuse(path,
                   fmt::format("was made by another build of this program (version {}, commit {}); merge "
                               "with that one",
                               next.run.at("build").value("version", "?"),
                               next.run.at("build").value("commit", "?")));
        }
        if (paths_.empty()) {
            sum_ = std::move(next);
        } else {
            join_next(path, next);
        }
        paths_.push_back(path);
        std::sort(sum_.parts.begin(), sum_.parts.end(), part_before);
    }

    /// Throws failure unless every block of every group is there.
    void require_everything() const {
        for (std::size_t g = 0; g < sum_.done.size(); ++g) {
            const auto blocks = sum_.run.at("groups").at(g).at("blocks").get<std::uint64_t>();
            const block_set missing = sum_.done[g].missing(blocks);
            if (missing.empty()) continue;
            refuse(paths_.back(),
                   fmt::format("and the others leave gaps: of {}'s {} blocks no shard has {}; there "
                               "are {}; add what is missing",
                               name_of_group(sum_.run, g), blocks, words_of(missing), words_of_parts()));
        }
    }

    [[nodiscard]] const shard& sum() const { return sum_; }

  private:
    void join_next(const std::string& path, const shard& next) {
        if (const std::string differs = difference(next.run, sum_.run); !differs.empty())
            refuse(path, fmt::format("does not go with '{}': it is of {}", paths_.front(), differs));
        for (std::size_t g = 0; g < sum_.done.size(); ++g) {
            if (const auto both = sum_.done[g].common(next.done[g])) {
                refuse(path, fmt::format("overlaps with '{}': both have block {} of {}; leave one out",
                                         other_with(g, *both), *both, name_of_group(sum_.run, g)));
            }
        }
        for (std::size_t g = 0; g < sum_.done.size(); ++g) sum_.done[g].add(next.done[g]);
        for (std::size_t i = 0; i < sum_.outcomes.size(); ++i) join(sum_.outcomes[i], next.outcomes[i]);
        sum_.parts.insert(sum_.parts.end(), next.parts.begin(), next.parts.end());
    }

    /// The file that brought a block; read again, since nobody asks unless something is wrong.
    [[nodiscard]] std::string other_with(std::size_t group, std::uint64_t block) const {
        const auto found = std::find_if(paths_.begin(), paths_.end(), [&](const std::string& path) {
            return read_shard(path).done.at(group).has(block);
        });
        return found == paths_.end() ? paths_.front() : *found;
    }

    [[nodiscard]] std::string words_of_parts() const {
        constexpr std::size_t most = 8;
        const std::size_t shown = std::min(most, sum_.parts.size());
        return fmt::format("{}{}",
                           fmt::join(sum_.parts.begin(), sum_.parts.begin() + static_cast<long>(shown), ", "),
                           shown < sum_.parts.size() ? ", ..." : "");
    }

    shard sum_;
    std::vector<std::string> paths_;
};

/// What stands of a kernel that died: where other blocks were done before depends on how they were divided.
void settle(outcome& of) {
    if (!of.death) return;
    of.measured = {};
    std::erase_if(of.faults, [&](const fault& each) { return each.place > of.death->place; });
}

std::string merged_result(const shard& sum, std::vector<outcome> outcomes) {
    for (outcome& each : outcomes) settle(each);
    const nlohmann::json& build = sum.run.at("build");
    const nlohmann::json& machine = sum.run.at("machine");
    result_heading heading{true, {}, sum.run.at("inputs"), sum.run.at("libraries")};
    for (const char* name : {"version", "commit", "compiler"}) heading.environment[name] = build.at(name);
    for (const char* name : {"cpu", "architecture", "os", "libc", "isas"})
        heading.environment[name] = machine.at(name);
    return result_text(heading, outcomes);
}

}  // namespace

int run_merge(const merge_options& options) {
    catch_interrupts();
    require_writable(options.out);
    joining all;
    for (const std::string& path : options.shards) {
        all.add(path);
        if (interrupted()) return exit_interrupted;
    }
    if (options.partial) {
        write_shard(options.out, all.sum());
    } else {
        all.require_everything();
        write_whole(options.out, merged_result(all.sum(), all.sum().outcomes));
    }
    put_out(fmt::format("{} shards; {}\n{} written\n", all.sum().parts.size(),
                        words_of(count_statuses(all.sum().outcomes)), options.out));
    return exit_ok;
}

}  // namespace ulpfront
