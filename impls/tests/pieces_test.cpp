// Every table of pieces, each entry computed anew with MPFR from the definition of the folder's function.
// Nothing is shared with the generator but the rule in lut/generate.cpp: meet F in the Chebyshev nodes.
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

/// Where the function is at its limit in binary32; softsign alone comes closer more slowly.
const real infinite("1e30");

/// The function of a folder, for float.
curve function_of(const std::string& folder) {
#define ULPFRONT_CURVE(name) \
    if (folder == #name) return ulpfront::functions::name##_value<float>();
    ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_CURVE)
#undef ULPFRONT_CURVE
    FAIL("no function has the folder " << folder);
    return {};
}

/// A table of a *.table.inc, read as text.
struct table_text {
    std::string name;
    std::string part;
    float start;
    int octave_bits;
    std::vector<std::vector<float>> pieces;  ///< coefficients, lowest first
};

std::string match(const std::string& text, const std::string& pattern) {
    std::smatch found;
    REQUIRE(std::regex_search(text, found, std::regex(pattern)));
    return found[1];
}

/// The table that begins at the start of the text; checks its announced size.
table_text read_table(const std::string& text) {
    table_text table{match(text, R"((\w+) = \{)"),
                     match(text, R"(\.part = lut::part::(\w+),)"),
                     std::stof(match(text, R"(\.start = (\S+)F,)")),
                     std::stoi(match(text, R"(\.octave_bits = (\d+),)")),
                     {}};
    const std::size_t count = std::stoul(match(text, R"(pieces<(\d+),)"));
    const std::size_t degree = std::stoul(match(text, R"(pieces<\d+, (\d+)>)"));
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line) && line != "}}};") {
        if (line.front() != '{') continue;
        std::vector<float> piece;
        std::istringstream numbers(line.substr(1));
        for (std::string number; std::getline(numbers, number, 'F');) {
            if (number != "},") piece.push_back(std::stof(number.substr(number.front() == ',' ? 2 : 0)));
        }
        REQUIRE(piece.size() == degree + 1);
        table.pieces.push_back(piece);
    }
    REQUIRE(table.pieces.size() == count);
    return table;
}

std::vector<table_text> read_tables(const fs::path& path) {
    std::ostringstream buffer;
    buffer << std::ifstream(path).rdbuf();
    const std::string text = buffer.str();
    const std::string head = "constexpr lut::pieces<";
    std::vector<table_text> tables;
    for (std::size_t at = text.find(head); at != std::string::npos; at = text.find(head, at + 1)) {
        tables.push_back(read_table(text.substr(at)));
    }
    return tables;
}

/// F of lut::part, one or two of them.
std::vector<curve> parts_of(const curve& f, const std::string& part) {
    const curve left = [=](const real& a) -> real { return f(-a); };
    if (part == "odd") {
        const real at_0 = f(real(0));
        return {[=](const real& a) -> real { return f(a) - at_0; }};
    }
    if (part == "right") return {f};
    if (part == "both") return {[=](const real& a) -> real { return f(a) - a; }, left};
    REQUIRE(part == "left");
    return {left};
}

/// Coefficients, lowest first, of the polynomial that meets F in the nodes: Newton's divided differences,
/// multiplied out.
std::vector<real> through(const curve& F, const std::vector<real>& nodes) {
    const std::size_t n = nodes.size();
    std::vector<real> difference(n);
    std::transform(nodes.begin(), nodes.end(), difference.begin(), F);
    for (std::size_t order = 1; order < n; ++order) {
        for (std::size_t k = n - 1; k >= order; --k) {
            difference[k] = (difference[k] - difference[k - 1]) / (nodes[k] - nodes[k - order]);
        }
    }
    std::vector<real> coefficients(n, real(0));
    for (std::size_t k = n; k-- > 0;) {
        for (std::size_t i = n - 1; i > 0; --i)
            coefficients[i] = coefficients[i - 1] - nodes[k] * coefficients[i];
        coefficients[0] = difference[k] - nodes[k] * coefficients[0];
    }
    return coefficients;
}

/// Where piece k begins.
real border(const table_text& table, std::size_t k) {
    const std::size_t an_octave = std::size_t{1} << table.octave_bits;
    const real in_octave = real(k % an_octave) / an_octave;
    return table.start * (ldexp(1 + in_octave, static_cast<int>(k / an_octave)) - 1);
}

/// Piece i of `count` of a side, from the rule.
std::vector<float> piece_of(const table_text& table, const curve& F, std::size_t i, std::size_t count) {
    const std::size_t n = table.pieces.front().size();
    std::vector<float> piece(n, 0.0F);
    if (i + 1 == count) {
        piece[0] = static_cast<float>(F(infinite));
        return piece;
    }
    const real a = border(table, i);
    const real b = border(table, i + 1);
    std::vector<real> nodes(n);
    for (std::size_t k = 0; k < n; ++k) {
        nodes[k] = (a + b - (b - a) * cos(boost::math::constants::pi<real>() * (2 * k + 1) / (2 * n))) / 2;
    }
    const bool from_0 = i == 0 && F(real(0)) == 0;
    if (from_0) nodes[0] = 0;
    const std::vector<real> exact = through(F, nodes);
    std::transform(exact.begin(), exact.end(), piece.begin(),
                   [](const real& c) { return static_cast<float>(c); });
    if (from_0) piece[0] = 0.0F;
    return piece;
}

/// Whether two pieces that end at b are the same, but for what the generator's long double cannot know: far
/// out F has flattened so much that differences of its values lose digits that no result shows.
bool alike(const std::vector<float>& one, const std::vector<float>& other, const real& b) {
    real power = 1;
    for (std::size_t k = 0; k < one.size(); ++k) {
        if (abs(real(one[k]) - real(other[k])) * power > ldexp(real(1), -40)) return false;
        power *= b;
    }
    return true;
}

/// Coefficients as the tables write them.
std::string written(const std::vector<float>& piece) {
    std::ostringstream text;
    for (const float c : piece) text << std::hexfloat << c << ' ';
    return text.str();
}

/// Checks one side of a table, whose pieces begin at `from`.
void check_side(const table_text& table, const curve& F, std::size_t from, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        CAPTURE(i);
        const std::vector<float> expected = piece_of(table, F, i, count);
        INFO("made " << written(table.pieces[from + i]) << "expected " << written(expected));
        REQUIRE(alike(table.pieces[from + i], expected, border(table, i + 1)));
        std::vector<float> wrong = expected;
        wrong[0] += 0x1p-38F + std::abs(wrong[0]) * 0x1p-22F;
        CHECK_FALSE(alike(wrong, expected, border(table, i + 1)));
    }
}

std::vector<fs::path> all_tables() {
    std::vector<fs::path> paths;
    for (const auto& file : fs::directory_iterator(ULPFRONT_TABLES)) paths.push_back(file.path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

TEST_CASE("every coefficient of every table is what MPFR finds") {
    const std::vector<fs::path> paths = all_tables();
    REQUIRE_FALSE(paths.empty());
    for (const fs::path& path : paths) {
        const curve f = function_of(path.stem());
        const std::vector<table_text> tables = read_tables(path);
        CAPTURE(path.string());
        REQUIRE_FALSE(tables.empty());
        for (const table_text& table : tables) {
            const std::vector<curve> sides = parts_of(f, table.part);
            const std::size_t count = table.pieces.size() / sides.size();
            CAPTURE(table.name);
            for (std::size_t k = 0; k < sides.size(); ++k) check_side(table, sides[k], k * count, count);
        }
    }
}
