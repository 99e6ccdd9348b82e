#include "accuracy/process/certificate.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <numeric>
#include <sstream>
#include <stdexcept>

#include "accuracy/process/checksum.hpp"
#include "accuracy/tallies_text.hpp"
#include "accuracy/ulp.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace fs = std::filesystem;
namespace {

constexpr const char* heading = "ulpfront-certificate 1 f32";
constexpr const char* explanation =
    "# Made by 'ulpfront-accuracy certify'. A line for each binade: its number, its first input, the\n"
    "# fingerprints of the correctly rounded results and of the reference, how many inputs the judge was "
    "asked\n"
    "# about one by one, and the reference's largest deviation from the exact value, in parts of its own "
    "bound,\n"
    "# and where.\n";

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
    throw failure(exit_bad_input,
                  fmt::format("'{}': {}; remove it and run 'ulpfront-accuracy certify' again", path, why));
}

std::string line_of(std::size_t number, const certified_binade& of) {
    return fmt::format("{} {:a} {:016x} {:016x} {} {:.4f} {:a}\n", number, first_of_binade(number),
                       of.rounded, of.reference, of.judged, of.share, of.share_at);
}

std::string body_of(const certificate& what) {
    std::string text = fmt::format("{} {}\n{}", heading, what.function, explanation);
    for (const auto& [number, of] : what.binades) text += line_of(number, of);
    return text;
}

std::string last_line(const std::string& body, std::size_t count) {
    return fmt::format("end {} {:016x}\n", count, checksum(body));
}

/// False where the line is none.
bool read_line(const std::string& line, certificate& into) {
    std::istringstream words(line);
    std::size_t number = certified_binades;
    std::string first;
    std::string share_at;
    certified_binade of;
    words >> number >> first >> std::hex >> of.rounded >> of.reference >> std::dec >> of.judged >> of.share >>
        share_at;
    if (!words || number >= certified_binades) return false;
    try {
        of.share_at = static_cast<float>(read_hexfloat(share_at));
    } catch (const std::invalid_argument&) {
        return false;
    }
    return into.binades.emplace(number, of).second;
}

}  // namespace

std::uint64_t certificate::reference() const {
    return std::accumulate(binades.begin(), binades.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto& each) { return sum + each.second.reference; });
}

std::string certificate_path(const std::string& folder, const std::string& function) {
    return (fs::path(folder) / (function + ".f32.txt")).string();
}

std::string own_certificates() { return built_folder("certificates").string(); }

std::optional<certificate> read_certificate(const std::string& folder, const std::string& function) {
    const std::string path = certificate_path(folder, function);
    if (!fs::exists(path)) return std::nullopt;
    const std::string text = read_whole(path);
    certificate result{function, {}};
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    if (line != fmt::format("{} {}", heading, function))
        refuse(path, fmt::format("is no certificate of {}: it does not begin with '{} {}'", function, heading,
                                 function));
    std::size_t number = 1;
    bool ended = false;
    while (!ended && std::getline(lines, line)) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        ended = line.rfind("end ", 0) == 0;
        if (!ended && !read_line(line, result)) refuse(path, fmt::format("line {} is damaged", number));
    }
    if (!ended) refuse(path, "is cut short: its last line, 'end', is missing");
    // What the file would be had this program written it: any edit differs from it.
    const std::string body = body_of(result);
    if (text != body + last_line(body, result.binades.size()))
        refuse(path, "was edited: its checksum is another");
    return result;
}

std::optional<std::uint64_t> certified_reference(const std::string& function) {
    static std::map<std::string, std::optional<std::uint64_t>> known;
    const auto [at, is_new] = known.emplace(function, std::nullopt);
    if (!is_new) return at->second;
    try {
        const auto there = read_certificate(own_certificates(), function);
        if (there && there->is_whole()) at->second = there->reference();
    } catch (const failure& error) {
        fmt::print(stderr, "ulpfront-accuracy: nothing of {} is called certified: {}\n", function,
                   error.what());
    }
    return at->second;
}

void write_certificate(const std::string& folder, const certificate& what) {
    const std::string body = body_of(what);
    write_whole(certificate_path(folder, what.function), body + last_line(body, what.binades.size()));
}

}  // namespace ulpfront
