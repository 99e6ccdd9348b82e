// What result files must not do together.
#include <fmt/format.h>

#include <map>

#include "impls/tool.hpp"
#include "reports/results.hpp"

namespace ulpfront::reports {
namespace {

/// Where something was seen first; a second file that has it too is refused.
template <class Key>
class first_seen {
  public:
    void add(const Key& key, const std::string& file, const std::string& what) {
        const auto [place, is_new] = seen_.emplace(key, file);
        if (is_new || place->second == file) return;
        throw failure(exit_bad_input, fmt::format("'{}' and '{}' both measure {}; give one of them",
                                                  place->second, file, what));
    }

  private:
    std::map<Key, std::string> seen_;
};

void refuse_doubles(const result_set& set) {
    first_seen<kernel_key> checked;
    for (const accuracy_result& result : set.accuracy) {
        for (const accuracy_row& row : result.rows) {
            checked.add(row.label.key, result.file, "the error of " + spell(row.label));
        }
    }
    first_seen<std::pair<kernel_key, condition>> timed;
    for (const bench_result& result : set.bench) {
        for (const bench_row& row : result.rows) {
            timed.add(
                {row.label.key, row.under}, result.file,
                fmt::format("the speed of {}/{}/{}", spell(row.label), row.under.distribution, row.under.n));
        }
    }
}

void refuse_repeated_rows(const accuracy_result& result) {
    std::map<kernel_key, std::size_t> seen;
    for (std::size_t i = 0; i < result.rows.size(); ++i) {
        const auto [place, is_new] = seen.emplace(result.rows[i].label.key, i);
        if (is_new) continue;
        throw failure(exit_bad_input, fmt::format("'{}': rows[{}] and rows[{}] are both {}", result.file,
                                                  place->second, i, spell(result.rows[i].label)));
    }
}

/// Times of two machines have no common scale.
void refuse_mixed_machines(const std::vector<bench_result>& bench) {
    for (const bench_result& other : bench) {
        const auto differences = machine_differences(bench.front().context, other.context);
        if (differences.empty()) continue;
        throw failure(exit_bad_input,
                      fmt::format("'{}' and '{}' were timed on different machines: {}; report them apart, or "
                                  "compare them with --against",
                                  bench.front().file, other.file, fmt::join(differences, "; ")));
    }
}

/// Curves and limits that contradict each other would make one page of two truths.
void refuse_two_definitions(const std::vector<accuracy_result>& results) {
    std::map<std::string, std::pair<const function_entry*, const std::string*>> seen;
    for (const accuracy_result& result : results) {
        for (const function_entry& function : result.functions) {
            const auto [place, is_new] = seen.try_emplace(function.name, &function, &result.file);
            if (is_new || *place->second.first == function) continue;
            throw failure(exit_bad_input,
                          fmt::format("'{}' and '{}' define {} differently; report them apart",
                                      *place->second.second, result.file, function.name));
        }
    }
}

}  // namespace

std::vector<std::string> machine_differences(const nlohmann::json& one, const nlohmann::json& other) {
    std::vector<std::string> differences;
    for (const char* member : {"cpu_model", "architecture", "num_cpus", "virtualisation", "host_name"}) {
        const nlohmann::json first = one.value(member, nlohmann::json());
        const nlohmann::json second = other.value(member, nlohmann::json());
        if (first != second)
            differences.push_back(fmt::format("{} is {} and {}", member, first.dump(), second.dump()));
    }
    return differences;
}

void refuse_contradictions(const result_set& set) {
    for (const accuracy_result& result : set.accuracy) refuse_repeated_rows(result);
    refuse_mixed_machines(set.bench);
    refuse_doubles(set);
    refuse_two_definitions(set.accuracy);
}

}  // namespace ulpfront::reports
