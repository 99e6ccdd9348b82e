#include "reports/tests/markup.hpp"

#include <cctype>
#include <set>
#include <string_view>

namespace ulpfront::reports::markup {
namespace {

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == ':'; }

bool is_cell(const std::string& name) { return name == "td" || name == "th"; }
bool is_row(const std::string& name) { return name == "tr"; }
bool is_rows(const std::string& name) { return name == "thead" || name == "tbody"; }

/// Reads a document tag by tag.
class reader {
  public:
    explicit reader(const std::string& text) : rest_(text), size_(text.size()) {}

    std::string defect() {
        while (!rest_.empty()) {
            const std::string found = rest_.front() == '<' ? read_tag() : read_text();
            if (!found.empty()) return found + " at byte " + std::to_string(size_ - rest_.size());
        }
        return open_.empty() ? "" : "<" + open_.back() + "> is never closed";
    }

  private:
    bool take(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    std::string take_name() {
        std::size_t length = 0;
        while (length < rest_.size() && is_name(rest_[length])) ++length;
        std::string name(rest_.substr(0, length));
        rest_.remove_prefix(length);
        return name;
    }

    std::string read_text() {
        if (rest_.front() == '>') return "bare '>'";
        if (rest_.front() == '&') {
            const std::size_t end = rest_.find_first_not_of("#0123456789abcdefghijklmnopqrstuvwxyzABCDEF", 1);
            if (end == std::string_view::npos || end < 2 || rest_[end] != ';') return "bare '&'";
        }
        rest_.remove_prefix(1);
        return "";
    }

    std::string read_tag() {
        if (take("<!DOCTYPE html>")) return "";
        if (take("</")) return read_end();
        take("<");
        const std::string name = take_name();
        if (name.empty()) return "bare '<'";
        std::set<std::string> attributes;
        while (take(" ")) {
            const std::string attribute = take_name();
            if (attribute.empty() || !attributes.insert(attribute).second)
                return "bad attribute '" + attribute + "'";
            if (!take("=\"")) continue;
            const std::size_t end = rest_.find_first_of("\"<");
            if (end == std::string_view::npos || rest_[end] != '"') return "unquoted attribute " + attribute;
            rest_.remove_prefix(end + 1);
        }
        if (take("/>")) return "";
        if (!take(">")) return "malformed <" + name;
        return open_element(name);
    }

    std::string open_element(const std::string& name) {
        static const std::set<std::string> always_empty{"meta", "link", "br", "input"};
        if (always_empty.count(name) != 0) return "";
        // A cell ends where the next one or a row begins, a row where the next one begins.
        if (is_cell(name) || name == "tr") close_last(is_cell);
        if (name == "tr") close_last(is_row);
        open_.push_back(name);
        if (name != "style" && name != "script") return "";
        const std::size_t end = rest_.find("</" + name + ">");
        if (end == std::string_view::npos) return "<" + name + "> is never closed";
        rest_.remove_prefix(end);
        return "";
    }

    /// Ends an element that needs no end of its own.
    void close_last(bool (*kind)(const std::string&)) {
        if (!open_.empty() && kind(open_.back())) open_.pop_back();
    }

    std::string read_end() {
        const std::string name = take_name();
        if (is_row(name) || is_rows(name)) close_last(is_cell);
        if (is_rows(name)) close_last(is_row);
        if (open_.empty() || open_.back() != name || !take(">"))
            return "</" + name + "> closes what is not open";
        open_.pop_back();
        return "";
    }

    std::string_view rest_;
    std::size_t size_;
    std::vector<std::string> open_;
};

}  // namespace

std::string defect(const std::string& text) { return reader(text).defect(); }

std::size_t count(const std::string& text, const std::string& wanted) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(wanted, at)) != std::string::npos; at += wanted.size()) ++found;
    return found;
}

std::vector<std::pair<std::string, std::string>> texts_of_class(const std::string& svg,
                                                                const std::string& name) {
    const std::string wanted = " class=\"" + name + "\"";
    std::vector<std::pair<std::string, std::string>> found;
    for (std::size_t at = 0; (at = svg.find("<text ", at)) != std::string::npos; ++at) {
        const std::size_t end = svg.find('>', at);
        const std::string tag = svg.substr(at, end - at);
        if (tag.find(wanted) == std::string::npos) continue;
        found.emplace_back(svg.substr(end + 1, svg.find('<', end) - end - 1),
                           attribute_values(tag, "y").front());
    }
    return found;
}

std::vector<std::string> attribute_values(const std::string& text, const std::string& attribute) {
    const std::string start = " " + attribute + "=\"";
    std::vector<std::string> found;
    for (std::size_t at = 0; (at = text.find(start, at)) != std::string::npos;) {
        at += start.size();
        found.push_back(text.substr(at, text.find('"', at) - at));
    }
    return found;
}

}  // namespace ulpfront::reports::markup
