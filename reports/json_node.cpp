#include "reports/json_node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "impls/tool.hpp"

namespace ulpfront::reports {

json_node::json_node(const nlohmann::json& value, std::string file, std::string place)
    : value_(&value), file_(std::move(file)), place_(std::move(place)) {}

void json_node::reject(const std::string& what) const {
    throw failure(exit_bad_input,
                  fmt::format("'{}': {} {}", file_, place_.empty() ? "the document" : place_, what));
}

void json_node::expected(const char* what) const {
    reject(fmt::format("is {}, but {} is expected", value_->type_name(), what));
}

json_node json_node::at(const std::string& member) const {
    auto found = find(member);
    if (!found) {
        throw failure(
            exit_bad_input,
            fmt::format("'{}': {}{}{} is missing; the file is incomplete or was edited: measure again", file_,
                        place_, place_.empty() ? "" : ".", member));
    }
    return *found;
}

std::optional<json_node> json_node::find(const std::string& member) const {
    if (!value_->is_object()) expected("an object");
    const auto found = value_->find(member);
    if (found == value_->end()) return std::nullopt;
    return json_node(*found, file_, place_.empty() ? member : place_ + "." + member);
}

std::vector<json_node> json_node::elements() const {
    if (!value_->is_array()) expected("an array");
    std::vector<json_node> nodes;
    nodes.reserve(value_->size());
    for (std::size_t i = 0; i < value_->size(); ++i) {
        nodes.emplace_back((*value_)[i], file_, fmt::format("{}[{}]", place_, i));
    }
    return nodes;
}

std::string json_node::text() const {
    if (!value_->is_string()) expected("a string");
    return value_->get<std::string>();
}

bool json_node::boolean() const {
    if (!value_->is_boolean()) expected("true or false");
    return value_->get<bool>();
}

double json_node::number() const {
    if (value_->is_number()) return value_->get<double>();
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (*value_ == "inf") return infinity;
    if (*value_ == "-inf") return -infinity;
    if (*value_ == "nan") return std::numeric_limits<double>::quiet_NaN();
    expected(R"(a number, "inf", "-inf" or "nan")");
}

std::uint64_t json_node::count() const {
    if (!value_->is_number_unsigned()) expected("a whole number not below 0");
    return value_->get<std::uint64_t>();
}

std::vector<double> json_node::numbers() const {
    const auto nodes = elements();
    std::vector<double> values(nodes.size());
    std::transform(nodes.begin(), nodes.end(), values.begin(),
                   [](const auto& node) { return node.number(); });
    return values;
}

std::vector<std::string> json_node::texts() const {
    const auto nodes = elements();
    std::vector<std::string> values(nodes.size());
    std::transform(nodes.begin(), nodes.end(), values.begin(), [](const auto& node) { return node.text(); });
    return values;
}

std::optional<double> json_node::number_or_null() const {
    return is_null() ? std::nullopt : std::optional(number());
}

std::optional<std::uint64_t> json_node::count_or_null() const {
    return is_null() ? std::nullopt : std::optional(count());
}

std::string json_node::text_or_null() const { return is_null() ? "" : text(); }

namespace {

/// Result files nest six deep; what is far deeper is none, and would exhaust the stack of whoever shows it.
constexpr int deepest = 64;

nlohmann::json parse_shallow(const std::string& text, const std::string& path) {
    return nlohmann::json::parse(text, [&](int depth, nlohmann::json::parse_event_t, const nlohmann::json&) {
        if (depth > deepest) {
            throw failure(
                exit_bad_input,
                fmt::format("'{}' is not a result of ulpfront: it nests more than {} deep; give files "
                            "of `ulpfront-accuracy check --out` and `ulpfront-bench --benchmark_out`",
                            path, deepest));
        }
        return true;
    });
}

}  // namespace

nlohmann::json parse_json_file(const std::string& path) {
    const std::string text = read_whole(path);
    try {
        return parse_shallow(text, path);
    } catch (const nlohmann::json::parse_error& error) {
        const std::size_t byte = std::min(error.byte, text.size());
        throw failure(exit_bad_input,
                      fmt::format("'{}' is not whole JSON: it {} at byte {} of {}; measure again", path,
                                  byte >= text.size() ? "ends too early" : "goes wrong", byte, text.size()));
    }
}

}  // namespace ulpfront::reports
