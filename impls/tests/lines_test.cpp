// Every table of lines, each entry computed anew with MPFR from the definition of the folder's function.
// Nothing is shared with the generator but the rule in lut/lines.sollya: chord, tangent, half-way between.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <bit>
#include <boost/multiprecision/mpfr.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "impls/function.hpp"
#include "ulpfront/functions.hpp"

namespace {

namespace fs = std::filesystem;
using real = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<40>,
                                           boost::multiprecision::et_off>;
using curve = std::function<real(const real&)>;

/// A function and its derivative.
struct curves {
    curve value;
    curve slope;
};

/// The function of a folder, for float.
curves curves_of(const std::string& folder) {
#define ULPFRONT_CURVES(name) \
    if (folder == #name)      \
        return {ulpfront::functions::name##_value<float>(), ulpfront::functions::name##_slope<float>()};
    ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_CURVES)
#undef ULPFRONT_CURVES
    FAIL("no function has the folder " << folder);
    return {};
}

/// What a lut_*.table.inc says, read as text.
struct table_text {
    std::string part;
    float start;
    int octave_bits;
    std::vector<std::array<float, 2>> lines;  ///< offset, slope
};

std::string match(const std::string& text, const std::string& pattern) {
    std::smatch found;
    REQUIRE(std::regex_search(text, found, std::regex(pattern)));
    return found[1];
}

table_text read_table(const fs::path& path) {
    std::ostringstream buffer;
    buffer << std::ifstream(path).rdbuf();
    const std::string text = buffer.str();
    table_text table{match(text, R"(\.part = lut::part::(\w+),)"),
                     std::stof(match(text, R"(\.start = (\S+)F,)")),
                     std::stoi(match(text, R"(\.octave_bits = (\d+),)")),
                     {}};
    const std::regex line(R"(\{(\S+)F, (\S+)F\},)");
    for (std::sregex_iterator it(text.begin(), text.end(), line), end; it != end; ++it) {
        table.lines.push_back({std::stof((*it)[1]), std::stof((*it)[2])});
    }
    return table;
}

/// F and F' of lut::part.
curves part_of(const curves& f, const std::string& part) {
    if (part == "odd") {
        const real at_0 = f.value(real(0));
        return {[=](const real& a) -> real { return f.value(a) - at_0; }, f.slope};
    }
    REQUIRE(part == "left");
    return {[=](const real& a) -> real { return f.value(-a); },
            [=](const real& a) -> real { return -f.slope(-a); }};
}

/// Where the derivative takes the value between its values at the ends; it must be monotone.
real where(const curve& derivative, const real& value, real low, real high) {
    const bool rising = derivative(low) < derivative(high);
    for (int i = 0; i < 60; ++i) {
        const real middle = (low + high) / 2;
        ((derivative(middle) < value) == rising ? low : high) = middle;
    }
    return (low + high) / 2;
}

/// Line i of a table, from its rule.
std::array<float, 2> line_of(const table_text& table, const curves& F, std::size_t i) {
    if (i + 1 == table.lines.size()) return {static_cast<float>(F.value(real(1000))), 0.0F};
    const auto border = [&](std::size_t k) -> real {
        const int octave = static_cast<int>(k >> table.octave_bits);
        const std::size_t lines_an_octave = std::size_t{1} << table.octave_bits;
        const real in_octave = real(k % lines_an_octave) / lines_an_octave;
        return table.start * (ldexp(1 + in_octave, octave) - 1);
    };
    const real a = border(i);
    const real b = border(i + 1);
    const real slope = (F.value(b) - F.value(a)) / (b - a);
    const real chord = F.value(a) - slope * a;
    if (i == 0 && chord == 0) return {0.0F, static_cast<float>(slope)};
    const real touching = where(F.slope, slope, a, b);
    const real tangent = F.value(touching) - slope * touching;
    return {static_cast<float>(real((chord + tangent) / 2)), static_cast<float>(slope)};
}

/// A line as the tables write it.
std::string written(const std::array<float, 2>& line) { return fmt::format("{:a}, {:a}", line[0], line[1]); }

std::vector<fs::path> all_tables() {
    std::vector<fs::path> paths;
    for (const auto& folder : fs::directory_iterator(ULPFRONT_IMPLS)) {
        if (!folder.is_directory()) continue;
        for (const auto& file : fs::directory_iterator(folder)) {
            if (file.path().string().ends_with(".table.inc")) paths.push_back(file.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

TEST_CASE("every line of every table is what MPFR finds") {
    const std::vector<fs::path> paths = all_tables();
    REQUIRE_FALSE(paths.empty());
    for (const fs::path& path : paths) {
        const table_text table = read_table(path);
        const curves F = part_of(curves_of(path.parent_path().filename()), table.part);
        CAPTURE(path.string());
        REQUIRE(std::has_single_bit(table.lines.size()));
        for (std::size_t i = 0; i < table.lines.size(); ++i) {
            CAPTURE(i);
            REQUIRE(written(table.lines[i]) == written(line_of(table, F, i)));
        }
    }
}
