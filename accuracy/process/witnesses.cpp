#include "accuracy/process/witnesses.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <sstream>
#include <stdexcept>

#include "accuracy/tallies_text.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace fs = std::filesystem;

std::vector<double> read_witnesses(const std::string& function, const std::string& dtype) {
    const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "witnesses";
    const fs::path file = folder / fmt::format("{}.{}.txt", function, dtype);
    std::vector<double> inputs;
    if (!fs::exists(file)) return inputs;
    std::istringstream lines(read_whole(file.string()));
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        try {
            inputs.push_back(read_hexfloat(line.substr(0, line.find(' '))));
        } catch (const std::invalid_argument& error) {
            throw failure(exit_bad_input,
                          fmt::format("{}:{}: {}; a line is a hexfloat, a blank and where it comes from",
                                      file.string(), number, error.what()));
        }
    }
    return inputs;
}

}  // namespace ulpfront
