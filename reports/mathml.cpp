#include "reports/mathml.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <vector>

namespace ulpfront::reports {
namespace {

constexpr std::array<std::string_view, 19> elements{
    "mfrac", "mi",   "mn",      "mo",     "mover", "mphantom", "mroot", "mrow",   "mspace",    "msqrt",
    "msub",  "msup", "msubsup", "mtable", "mtd",   "mtext",    "mtr",   "munder", "munderover"};

/// "&lt;", "&#x2264;", "&#8804;": returns its length, 0 if it is none.
std::size_t reference_length(std::string_view text) {
    const std::size_t end = text.find(';');
    if (end == std::string_view::npos || end < 2 || end > 10) return 0;
    const std::string_view name = text.substr(1, end - 1);
    const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '#'; };
    return std::all_of(name.begin(), name.end(), plain) ? end + 1 : 0;
}

/// Reads the tag at the start of text and keeps the nesting; returns its length, 0 if it is not allowed.
std::size_t tag_length(std::string_view text, std::vector<std::string_view>& open) {
    const std::size_t end = text.find('>');
    if (end == std::string_view::npos) return 0;
    std::string_view name = text.substr(1, end - 1);
    const bool closes = !name.empty() && name.front() == '/';
    if (closes) name.remove_prefix(1);
    const auto known = std::find(elements.begin(), elements.end(), name);
    if (known == elements.end()) return 0;
    if (!closes) {
        open.push_back(*known);
    } else {
        if (open.empty() || open.back() != name) return 0;
        open.pop_back();
    }
    return end + 1;
}

}  // namespace

std::string checked_mathml(const std::string& mathml) {
    std::vector<std::string_view> open;
    std::string_view rest = mathml;
    while (!rest.empty()) {
        std::size_t length = 1;
        if (rest.front() == '<') length = tag_length(rest, open);
        if (rest.front() == '&') length = reference_length(rest);
        const auto byte = static_cast<unsigned char>(rest.front());
        if (length == 0 || rest.front() == '>' || byte < 0x20) return "";
        rest.remove_prefix(length);
    }
    return open.empty() ? mathml : "";
}

}  // namespace ulpfront::reports
