// generate FUNCTION PART FILE: writes the piecewise polynomial tables of one function (lut/pieces.hpp says
// what they are and how they are read), each with a bound on its error; fit.hpp has the rule. The build runs
// it. Everything is computed from the function's own definition in the C library's long double: the same
// machine gives the same bytes.
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "impls/function.hpp"
#include "impls/lut/fit.hpp"
#include "ulpfront/functions.hpp"

namespace {

using namespace ulpfront::lut::fit;

/// "0x1.8p-3F"; a zero with its sign.
std::string literal(float value) {
    char text[40];
    std::snprintf(text, sizeof text, "%aF", static_cast<double>(value));
    return text;
}

void print_piece(std::FILE* out, const piece& p, int degree) {
    std::string text;
    for (int k = 0; k <= degree; ++k) {
        text += k == 0 ? "{" : ", ";
        text += literal(p[static_cast<std::size_t>(k)]);
    }
    std::fprintf(out, "%s\n", (text + "},").c_str());
}

struct wanted {
    const char* kind;
    const char* pieces;  ///< for people
    int degree;
    std::vector<int> counts;
};

void print_table(std::FILE* out, const wanted& w, int count, const char* part,
                 const std::vector<side>& sides) {
    const int of_side = count / static_cast<int>(sides.size());
    const layout l = choose(of_side, w.degree, sides);
    // 1% for what lies between the points tried, 2^-24 for the last sum's rounding; up to the next 2^-8 of
    // it.
    const number bound = error_of(l, sides, 100, infinity) * 1.01L + 0x1p-24L;
    int exponent = 0;
    const number scaled = std::ceil(std::frexp(bound, &exponent) * 256) / 256;
    const double error = static_cast<double>(std::ldexp(scaled, exponent));
    std::fprintf(out, "constexpr lut::pieces<%d, %d> %s_%d = {\n", count, w.degree, w.kind, count);
    std::fprintf(out, ".part = lut::part::%s, .start = %s, .octave_bits = %d, .error = %a,\n", part,
                 literal(l.start).c_str(), l.octave_bits, error);
    std::fprintf(out, ".name = \"lut_%s_%d\", .note = \"%d %s in |x|%s, constant beyond %.4Lg\", .all = {{\n",
                 w.kind, count, of_side, w.pieces, sides.size() > 1 ? " on either side" : "",
                 l.begin(of_side - 1));
    for (const side& s : sides) {
        for (int i = 0; i < of_side; ++i) print_piece(out, make_piece(l, s, i), w.degree);
    }
    std::fprintf(out, "%s\n", "}}};");
}

/// Every table of a function, and as macros the lists of their names, of all and of those of 32 pieces;
/// closes the file. Whether all went well.
bool print_tables(std::FILE* out, const char* part, const std::vector<side>& sides) {
    std::fputs("// Made by lut/generate.cpp.\n", out);
    const std::vector<wanted> all = {{"nearest", "constants", 0, {16, 256, 4096}},
                                     {"linear", "lines", 1, {16, 32, 128, 1024, 4096}},
                                     {"quadratic", "parabolas", 2, {16, 32, 64, 256}},
                                     {"cubic", "cubics", 3, {16}}};
    std::string names;
    std::string of_32;
    for (const wanted& w : all) {
        for (const int count : w.counts) {
            print_table(out, w, count, part, sides);
            const std::string name =
                std::string(" X(") + w.kind + "_" + std::to_string(count) + ", __VA_ARGS__)";
            names += name;
            if (count == 32) of_32 += name;
        }
    }
    std::fprintf(out, "#define ULPFRONT_LUT_TABLES(X, ...)%s\n", names.c_str());
    std::fprintf(out, "#define ULPFRONT_LUT_TABLES_OF_32(X, ...)%s\n", of_32.c_str());
    return std::fclose(out) == 0;
}

/// The sides of lut::part.
std::vector<side> sides_of(const std::string& part, const curve& f, const ulpfront::function_facts& facts) {
    const number at_0 = f(0.0L);
    const side left{[=](number a) { return f(-a); }, facts.at_minus_infinity};
    if (part == "odd") return {{[=](number a) { return f(a) - at_0; }, facts.at_plus_infinity - at_0}};
    if (part == "left") return {left};
    if (part == "right") return {{f, facts.at_plus_infinity}};
    if (part == "both") return {{[=](number a) { return f(a) - a; }, 0.0L}, left};
    return {};
}

struct known {
    const ulpfront::function_facts* facts;
    number (*value)(number);
};

template <class Value>
number evaluate(number x) {
    return Value{}(x);
}

constexpr known functions[] = {
#define ULPFRONT_KNOWN(name) \
    {&ulpfront::functions::name##_facts, &evaluate<ulpfront::functions::name##_value<float>>},
    ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_KNOWN)
#undef ULPFRONT_KNOWN
};

}  // namespace

int main(int argc, char** argv) {
    for (const known& each : functions) {
        if (argc != 4 || std::strcmp(each.facts->name, argv[1]) != 0) continue;
        const std::vector<side> sides = sides_of(argv[2], each.value, *each.facts);
        if (sides.empty()) break;
        std::FILE* const out = std::fopen(argv[3], "w");
        if (out != nullptr && print_tables(out, argv[2], sides)) return 0;
        std::fprintf(stderr, "generate: %s cannot be written\n", argv[3]);
        return 73;
    }
    std::fputs("usage: generate FUNCTION odd|left|right|both FILE\n", stderr);
    return 64;
}
