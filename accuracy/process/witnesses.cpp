#include "accuracy/process/witnesses.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "accuracy/process/commands.hpp"
#include "accuracy/tallies_text.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

/// Inputs and where each comes from.
using witness_list = std::map<double, std::string>;

constexpr const char* heading =
    "# Inputs where kernels were at their worst, tried first in every check: a hexfloat and where it comes\n"
    "# from. Lines are added by 'ulpfront-accuracy witnesses'.\n";

witness_list read_list(const fs::path& file) {
    witness_list list;
    if (!fs::exists(file)) return list;
    std::istringstream lines(read_whole(file.string()));
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        const std::size_t blank = line.find(' ');
        try {
            const double input = read_hexfloat(line.substr(0, blank));
            list.emplace(input, blank == std::string::npos ? "" : line.substr(blank + 1));
        } catch (const std::invalid_argument& error) {
            throw failure(exit_bad_input,
                          fmt::format("{}:{}: {}; a line is a hexfloat, a blank and where it comes from",
                                      file.string(), number, error.what()));
        }
    }
    return list;
}

std::string text_of(const witness_list& list) {
    std::string text = heading;
    for (const auto& [input, origin] : list) text += fmt::format("{:a} {}\n", input, origin);
    return text;
}

std::string file_name(const std::string& function, const std::string& dtype) {
    return fmt::format("{}.{}.txt", function, dtype);
}

/// What a row has to give: where its error is largest, counted in ulps and as such.
void collect(const json& row, const std::string& commit, std::map<std::string, witness_list>& files) {
    if (row.at("worst_input").is_null()) return;
    const std::string origin =
        fmt::format("{}/{} {} at {}", row.at("shown").get<std::string>(), row.at("isa").get<std::string>(),
                    row.at("max_ulp_kind").get<std::string>(), commit);
    witness_list& list =
        files[file_name(row.at("function").get<std::string>(), row.at("dtype").get<std::string>())];
    for (const char* member : {"worst_input", "max_abs_input"}) {
        if (const json& input = row.at(member); !input.is_null()) {
            const double value = read_hexfloat(input.get<std::string>());
            if (std::isfinite(value)) list.emplace(value, origin);
        }
    }
}

void collect_file(const std::string& path, std::map<std::string, witness_list>& files) {
    const std::string text = read_whole(path);
    try {
        const json result = json::parse(text);
        if (result.at("schema").get<std::string>().rfind("ulpfront-accuracy/", 0) != 0)
            throw std::invalid_argument("another schema");
        const auto commit = result.at("environment").at("commit").get<std::string>();
        for (const json& row : result.at("rows")) collect(row, commit, files);
    } catch (const std::exception& error) {
        throw failure(exit_bad_input,
                      fmt::format("'{}' is no result of 'ulpfront-accuracy check' ({})", path, error.what()));
    }
}

}  // namespace

std::vector<double> read_witnesses(const std::string& function, const std::string& dtype) {
    const fs::path folder = built_folder("witnesses");
    std::vector<double> inputs;
    for (const auto& [input, origin] : read_list(folder / file_name(function, dtype)))
        inputs.push_back(input);
    return inputs;
}

int run_witnesses(const witnesses_options& options) {
    std::map<std::string, witness_list> files;
    for (const std::string& path : options.results) collect_file(path, files);
    std::size_t added = 0;
    for (const auto& [name, found] : files) {
        const fs::path path = fs::path(options.folder) / name;
        witness_list list = read_list(path);
        const std::size_t before = list.size();
        list.insert(found.begin(), found.end());
        if (list.size() == before) continue;
        added += list.size() - before;
        write_whole(path.string(), text_of(list));
    }
    put_out(fmt::format("{} new inputs in '{}'\n", added, options.folder));
    return exit_ok;
}

}  // namespace ulpfront
