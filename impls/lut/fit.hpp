// How the tables' polynomials are fitted, and where their pieces lie: a part of generate.cpp.
//
// A piece [a, b] of degree d is the polynomial that meets F in the d + 1 Chebyshev nodes of [a, b], which is
// nearly the best there is. Two pieces differ: the first one meets F in 0 instead of in its first node if
// F(0) = 0, so that F(0) is exact; the last one is constant, F(infinity). Where the pieces lie is tried out:
// the layout with the smallest error is taken.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

namespace ulpfront::lut::fit {

using number = long double;
using curve = std::function<number(number)>;

inline constexpr number infinity = std::numeric_limits<number>::infinity();

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
inline piece interpolate(const curve& F, const std::vector<number>& nodes) {
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

inline piece make_piece(const layout& l, const side& s, int i) {
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
inline number error_at(const piece& p, int degree, const side& s, number a) {
    number value = 0;
    number magnitude = 0;
    for (int k = degree; k >= 0; --k) {
        value = value * a + p[static_cast<std::size_t>(k)];
        magnitude = magnitude * a + std::abs(p[static_cast<std::size_t>(k)]);
    }
    return std::abs(value - s.F(a)) + 0x1p-24L * static_cast<number>(2 * degree) * magnitude;
}

/// The largest error of a piece at so many points.
inline number piece_error(const layout& l, const piece& p, const side& s, int i, int points) {
    const number a = l.begin(i);
    if (i + 1 == l.count) return std::abs(s.F(a) - s.at_infinity);
    const number b = l.begin(i + 1);
    number worst = 0;
    for (int k = 0; k <= points; ++k)
        worst = std::max(worst, error_at(p, l.degree, s, a + (b - a) * k / points));
    return worst;
}

/// The largest error of a layout, or one that is at least `enough`.
inline number error_of(const layout& l, const std::vector<side>& sides, int points, number enough) {
    number worst = 0;
    for (const side& s : sides) {
        for (int i = l.count; i-- > 0 && worst < enough;)
            worst = std::max(worst, piece_error(l, make_piece(l, s, i), s, i, points));
    }
    return worst;
}

/// The best layout of so many pieces, among those with enough octaves for a tail and enough pieces in each.
inline layout choose(int count, int degree, const std::vector<side>& sides) {
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

}  // namespace ulpfront::lut::fit
