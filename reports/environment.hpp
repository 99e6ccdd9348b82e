// Where and with what was measured.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "reports/results.hpp"

namespace ulpfront::reports {

/// A member of a result's context as people read it; empty where it is missing.
std::string member_text(const nlohmann::json& object, const char* member);

/// A fact that speed and accuracy results should agree on; empty where a side has none.
struct shared_fact {
    std::string what;
    std::string speed;
    std::string accuracy;

    [[nodiscard]] bool differs() const { return !speed.empty() && !accuracy.empty() && speed != accuracy; }
};
std::vector<shared_fact> shared_facts(const result_set& results);

/// Level and bytes of the data caches, as the system reports them, innermost first.
std::vector<std::pair<std::string, double>> data_cache_sizes(const nlohmann::json& context);

/// Names and values, in a fixed order. Where speed and accuracy differ both are given.
std::vector<std::pair<std::string, std::string>> describe_environment(const result_set& results);

}  // namespace ulpfront::reports
