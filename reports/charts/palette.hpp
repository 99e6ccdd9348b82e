// Colours that nobody has to choose: as many as there are categories, kept apart for every kind of sight.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ulpfront::reports {

/// An sRGB colour, each channel 0 to 1.
struct colour {
    double red;
    double green;
    double blue;

    /// "#rrggbb".
    [[nodiscard]] std::string hex() const;
};

/// WCAG 2 contrast ratio, 1 to 21.
double contrast(const colour& a, const colour& b);

/// Distance in OKLab as seen by the eye that separates the two least: normal, without red, green or blue
/// cones (after Machado, Oliveira and Fernandes 2009, severity 1).
double seen_distance(const colour& a, const colour& b);

/// What WCAG 2 asks of graphics.
inline constexpr double least_contrast = 3.0;

/// Count colours that stand out from the background by least_contrast and, greedily, from one another
/// by the largest seen_distance. The first ones do not depend on count.
std::vector<colour> make_palette(std::size_t count, const colour& background);

}  // namespace ulpfront::reports
