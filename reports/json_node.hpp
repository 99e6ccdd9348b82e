// Reading JSON that others wrote: every access knows its file and its place, so that a defect is named.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace ulpfront::reports {

/// A value inside a JSON file. Accessors throw failure (exit_bad_input) with one line that names the file
/// and the member ("'a.json': rows[3].max_ulp is missing"). The document must outlive the node.
class json_node {
  public:
    json_node(const nlohmann::json& value, std::string file, std::string place = "");

    /// The member of an object; it must be there.
    [[nodiscard]] json_node at(const std::string& member) const;
    /// The member of an object, or nothing.
    [[nodiscard]] std::optional<json_node> find(const std::string& member) const;
    /// The elements of an array.
    [[nodiscard]] std::vector<json_node> elements() const;

    [[nodiscard]] bool is_null() const { return value_->is_null(); }
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool boolean() const;
    /// A number, or one of "inf", "-inf", "nan".
    [[nodiscard]] double number() const;
    /// A whole number >= 0.
    [[nodiscard]] std::uint64_t count() const;
    [[nodiscard]] std::vector<double> numbers() const;
    [[nodiscard]] std::vector<std::string> texts() const;
    [[nodiscard]] std::optional<double> number_or_null() const;
    [[nodiscard]] std::optional<std::uint64_t> count_or_null() const;
    [[nodiscard]] std::string text_or_null() const;

    /// Throws: "'file': place WHAT".
    [[noreturn]] void reject(const std::string& what) const;
    [[nodiscard]] const nlohmann::json& raw() const { return *value_; }

  private:
    [[noreturn]] void expected(const char* what) const;

    const nlohmann::json* value_;
    std::string file_;
    std::string place_;
};

/// Parses a file; throws failure (exit_bad_input) naming the byte where it stops being JSON.
nlohmann::json parse_json_file(const std::string& path);

}  // namespace ulpfront::reports
