// Placing names beside points so that none covers another.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace ulpfront::reports {

struct box {
    double left;
    double top;
    double right;
    double bottom;

    [[nodiscard]] bool meets(const box& other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
    [[nodiscard]] bool holds(const box& other) const {
        return left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom;
    }
};

/// A name that wants to stand beside a point.
struct label_wish {
    double x;
    double y;
    std::string text;
    bool far_allowed = false;  ///< may stand off with a line to its point, rather than be left out
};

/// Where it stands: baseline start, and whether a line to its point is needed.
struct label_place {
    box area;
    bool needs_line;
};

/// The size of a character of the labels' monospaced font, in pixels.
inline constexpr double label_advance = 6.4;
inline constexpr double label_height = 12.0;
/// From line to line of a legend.
inline constexpr double legend_line = 17.0;

/// Places labels in the order of the wishes, inside bounds, clear of one another and of the obstacles.
/// Nothing for a label that finds no room.
std::vector<std::optional<label_place>> place_labels(const std::vector<label_wish>& wishes,
                                                     std::vector<box> obstacles, const box& bounds);

}  // namespace ulpfront::reports
