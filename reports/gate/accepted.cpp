#include "reports/gate/accepted.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <charconv>
#include <sstream>

#include "impls/tool.hpp"

namespace ulpfront::gate {
namespace {

[[noreturn]] void reject(const std::string& file, std::size_t line, const std::string& why) {
    throw failure(exit_bad_input,
                  fmt::format("'{}', line {}: {}; a line is KERNEL WHAT LIMIT REASON", file, line, why));
}

std::optional<double> parse_limit(const std::string& word, const std::string& file, std::size_t line) {
    if (word == "-") return std::nullopt;
    double value = 0.0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size())
        reject(file, line, fmt::format("the limit '{}' is neither a number nor '-'", word));
    return value;
}

bool covers(const acceptance& line, const loss& found) {
    if (line.what != found.what || fnmatch(line.kernel.c_str(), found.kernel.c_str(), 0) != 0) return false;
    if (!line.limit) return !found.amount;
    return found.amount && *found.amount <= *line.limit;
}

}  // namespace

std::vector<acceptance> parse_acceptances(const std::string& text, const std::string& file) {
    std::vector<acceptance> lines;
    std::istringstream all(text);
    std::size_t number = 0;
    for (std::string line; std::getline(all, line);) {
        ++number;
        std::istringstream words(line);
        acceptance read;
        std::string limit;
        if (!(words >> read.kernel) || read.kernel.front() == '#') continue;
        if (!(words >> read.what >> limit)) reject(file, number, "WHAT or LIMIT is missing");
        read.limit = parse_limit(limit, file, number);
        std::getline(words >> std::ws, read.reason);
        if (read.reason.empty()) reject(file, number, "there is no reason; say why this loss is accepted");
        read.line = number;
        lines.push_back(read);
    }
    return lines;
}

void accept(std::vector<loss>& losses, std::vector<acceptance>& by) {
    for (loss& each : losses) {
        for (acceptance& line : by) {
            if (!covers(line, each)) continue;
            each.accepted = line.reason;
            line.used = true;
            break;
        }
    }
}

}  // namespace ulpfront::gate
