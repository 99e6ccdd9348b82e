// generate FUNCTION PART FILE: writes the piecewise polynomial tables of one function (lut/pieces.hpp says
// what they are and how they are read), each with a bound on its error. The build runs it; it needs the C
// library alone, and the same machine gives the same bytes.
//
// A piece [a, b] of degree d is the polynomial that meets F in the d + 1 Chebyshev nodes of [a, b], which is
// nearly the best there is. Two pieces differ: the first one meets F in 0 instead of in its first node if
// F(0) = 0, so that F(0) is exact; the last one is constant, F(infinity). Where the pieces lie is tried out:
// the layout with the smallest error is taken. Everything is computed from the function's own definition in
// the C library's long double.
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "impls/function.hpp"
#include "ulpfront/functions.hpp"

namespace {

using number = long double;
using curve = std::function<number(number)>;

constexpr number infinity = std::numeric_limits<number>::infinity();

/// What is approximated on [0, infinity).
struct side {
    curve F;
    number at_infinity;
};

struct layout {
    int count;  ///< pieces of a side, a power of two
    int degree;
    float start;
    int octave_bits;

    /// Where piece i begins.
    [[nodiscard]] number begin(int i) const {
        const int an_octave = 1 << octave_bits;
        const number in_octave = static_cast<number>(i % an_octave) / an_octave;
        return start * (std::ldexp(1 + in_octave, i / an_octave) - 1);
    }
};

using piece = std::array<float, 4>;

/// The polynomial through (nodes, F(nodes)): Newton's divided differences, multiplied out.
piece interpolate(const curve& F, const std::vector<number>& nodes) {
    const std::size_t n = nodes.size();
    std::vector<number> difference(n);
    for (std::size_t i = 0; i < n; ++i) difference[i] = F(nodes[i]);
    for (std::size_t order = 1; order < n; ++order) {
        for (std::size_t k = n - 1; k >= order; --k)
            difference[k] = (difference[k] - difference[k - 1]) / (nodes[k] - nodes[k - order]);
    }
    std::vector<number> sum(n, 0.0L);
    for (std::size_t k = n; k-- > 0;) {
        for (std::size_t i = n - 1; i > 0; --i) sum[i] = sum[i - 1] - nodes[k] * sum[i];
        sum[0] = difference[k] - nodes[k] * sum[0];
    }
    piece rounded{};
    for (std::size_t i = 0; i < n; ++i) rounded[i] = static_cast<float>(sum[i]);
    return rounded;
}

piece make_piece(const layout& l, const side& s, int i) {
    if (i + 1 == l.count) return {static_cast<float>(s.at_infinity)};
    const number a = l.begin(i);
    const number b = l.begin(i + 1);
    const number pi = 4 * std::atan(1.0L);
    std::vector<number> nodes;
    for (int k = 0; k <= l.degree; ++k)
        nodes.push_back((a + b - (b - a) * std::cos((2 * k + 1) * pi / (2 * (l.degree + 1)))) / 2);
    const bool from_0 = i == 0 && s.F(0.0L) == 0;
    if (from_0) nodes[0] = 0;
    piece made = interpolate(s.F, nodes);
    if (from_0) made[0] = 0.0F;
    return made;
}

/// |piece - F| at a, with what the evaluation in binary32, with or without FMA, may add.
number error_at(const piece& p, int degree, const side& s, number a) {
    number value = 0;
    number magnitude = 0;
    for (int k = degree; k >= 0; --k) {
        value = value * a + p[static_cast<std::size_t>(k)];
        magnitude = magnitude * a + std::abs(p[static_cast<std::size_t>(k)]);
    }
    return std::abs(value - s.F(a)) + 0x1p-24L * static_cast<number>(2 * degree) * magnitude;
}

/// The largest error of a piece at so many points.
number piece_error(const layout& l, const piece& p, const side& s, int i, int points) {
    const number a = l.begin(i);
    if (i + 1 == l.count) return std::abs(s.F(a) - s.at_infinity);
    const number b = l.begin(i + 1);
    number worst = 0;
    for (int k = 0; k <= points; ++k)
        worst = std::max(worst, error_at(p, l.degree, s, a + (b - a) * k / points));
    return worst;
}

/// The largest error of a layout, or one that is at least `enough`.
number error_of(const layout& l, const std::vector<side>& sides, int points, number enough) {
    number worst = 0;
    for (const side& s : sides) {
        for (int i = l.count; i-- > 0 && worst < enough;)
            worst = std::max(worst, piece_error(l, make_piece(l, s, i), s, i, points));
    }
    return worst;
}

/// The best layout of so many pieces, among those with enough octaves for a tail and enough pieces in each.
layout choose(int count, int degree, const std::vector<side>& sides) {
    layout best{};
    number least = infinity;
    for (const float start : {0.25F, 0.5F, 1.0F, 2.0F, 4.0F, 8.0F}) {
        for (int bits = 0; (2 << bits) <= count; ++bits) {
            if (count >> bits > 32) continue;
            const layout tried{count, degree, start, bits};
            const number error = error_of(tried, sides, 12, least);
            if (error < least) {
                least = error;
                best = tried;
            }
        }
    }
    return best;
}

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

/// Every table of a function, and the list of their names as a macro; closes the file. Whether all went well.
bool print_tables(std::FILE* out, const char* part, const std::vector<side>& sides) {
    std::fputs("// Made by lut/generate.cpp.\n", out);
    const std::vector<wanted> all = {{"nearest", "constants", 0, {16, 256, 4096}},
                                     {"linear", "lines", 1, {16, 32, 128, 1024, 4096}},
                                     {"quadratic", "parabolas", 2, {16, 32, 64, 256}},
                                     {"cubic", "cubics", 3, {16}}};
    std::string names;
    for (const wanted& w : all) {
        for (const int count : w.counts) {
            print_table(out, w, count, part, sides);
            names += std::string(" X(") + w.kind + "_" + std::to_string(count) + ")";
        }
    }
    std::fprintf(out, "#define ULPFRONT_LUT_TABLES(X)%s\n", names.c_str());
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
