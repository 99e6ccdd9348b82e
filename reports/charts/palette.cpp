#include "reports/charts/palette.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace ulpfront::reports {
namespace {

using triple = std::array<double, 3>;
using matrix = std::array<triple, 3>;

constexpr matrix identity{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr matrix protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr matrix deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr matrix tritanopia{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

triple multiply(const matrix& by, const triple& v) {
    triple product{};
    for (std::size_t i = 0; i < 3; ++i) product[i] = by[i][0] * v[0] + by[i][1] * v[1] + by[i][2] * v[2];
    return product;
}

double to_linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

triple linear(const colour& of) { return {to_linear(of.red), to_linear(of.green), to_linear(of.blue)}; }

double luminance(const colour& of) {
    const triple rgb = linear(of);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

/// Björn Ottosson's OKLab, from linear sRGB.
triple oklab(const triple& rgb) {
    constexpr matrix to_cones{{{0.4122214708, 0.5363325363, 0.0514459929},
                               {0.2119034982, 0.6806995451, 0.1073969566},
                               {0.0883024619, 0.2817188376, 0.6299787005}}};
    constexpr matrix to_lab{{{0.2104542553, 0.7936177850, -0.0040720468},
                             {1.9779984951, -2.4285922050, 0.4505937099},
                             {0.0259040371, 0.7827717662, -0.8086757660}}};
    triple cones = multiply(to_cones, rgb);
    for (double& cone : cones) cone = std::cbrt(cone);
    return multiply(to_lab, cones);
}

double distance(const triple& a, const triple& b) {
    return std::sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) +
                     (a[2] - b[2]) * (a[2] - b[2]));
}

/// How a colour looks to each kind of eye, in OKLab.
std::array<triple, 4> appearances(const colour& of) {
    const triple rgb = linear(of);
    return {oklab(multiply(identity, rgb)), oklab(multiply(protanopia, rgb)),
            oklab(multiply(deuteranopia, rgb)), oklab(multiply(tritanopia, rgb))};
}

double least_distance(const std::array<triple, 4>& a, const std::array<triple, 4>& b) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t eye = 0; eye < a.size(); ++eye) least = std::min(least, distance(a[eye], b[eye]));
    return least;
}

struct candidate {
    colour shade;
    std::array<triple, 4> seen;
    double apart;  ///< from the nearest colour taken so far
};

/// A grid over the sRGB cube, without greys (they mean "dominated"), what glares, what is nearly as dark
/// or light as text, and what the background drowns.
std::vector<candidate> all_candidates(const colour& background) {
    constexpr int steps = 15;
    constexpr int side = steps + 1;
    std::vector<candidate> all;
    for (int i = 0; i < side * side * side; ++i) {
        const int green = i / side % side;
        const int blue = i / (side * side);
        const colour shade{.red = static_cast<double>(i % side) / steps,
                           .green = static_cast<double>(green) / steps,
                           .blue = static_cast<double>(blue) / steps};
        const triple lab = oklab(linear(shade));
        const double chroma = std::hypot(lab[1], lab[2]);
        if (chroma < 0.08 || chroma > 0.22 || lab[0] < 0.42 || lab[0] > 0.88) continue;
        if (contrast(shade, background) < least_contrast) continue;
        all.push_back({shade, appearances(shade), std::numeric_limits<double>::infinity()});
    }
    return all;
}

}  // namespace

std::string colour::hex() const {
    const auto byte = [](double channel) { return static_cast<int>(std::lround(channel * 255.0)); };
    return fmt::format("#{:02x}{:02x}{:02x}", byte(red), byte(green), byte(blue));
}

double contrast(const colour& a, const colour& b) {
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

double seen_distance(const colour& a, const colour& b) {
    return least_distance(appearances(a), appearances(b));
}

std::vector<colour> make_palette(std::size_t count, const colour& background) {
    std::vector<candidate> all = all_candidates(background);
    // Begin with a blue, which no kind of eye confuses with the grey of the dominated.
    const colour start{.red = 0.2, .green = 0.4, .blue = 0.8};
    const auto nearest_to_start = [&](const candidate& a, const candidate& b) {
        return seen_distance(a.shade, start) < seen_distance(b.shade, start);
    };
    auto next = std::min_element(all.begin(), all.end(), nearest_to_start);
    std::vector<colour> palette;
    while (palette.size() < count) {
        const candidate taken = *next;
        palette.push_back(taken.shade);
        for (candidate& each : all) each.apart = std::min(each.apart, least_distance(each.seen, taken.seen));
        next = std::max_element(all.begin(), all.end(),
                                [](const candidate& a, const candidate& b) { return a.apart < b.apart; });
    }
    return palette;
}

}  // namespace ulpfront::reports
