#include "reports/charts/labels.hpp"

#include <algorithm>
#include <array>

#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

/// Direction from a point to its label; beside it reads best, so that is tried first.
struct direction {
    double x;
    double y;
};
constexpr std::array<direction, 8> directions{
    {{1, 0}, {0.8, -0.8}, {0.8, 0.8}, {-1, 0}, {-0.8, -0.8}, {-0.8, 0.8}, {0, -1}, {0, 1}}};
constexpr std::array<double, 8> near_first{8, 12, 20, 30, 42, 56, 72, 90};
constexpr double farthest_without_line = 12;

/// The label's box with its nearest edge or corner at a distance from the point.
box box_at(const label_wish& wish, const direction& to, double distance) {
    const double width = label_advance * static_cast<double>(length_of(wish.text));
    const double x = wish.x + to.x * distance;
    const double y = wish.y + to.y * distance;
    const double left = to.x > 0 ? x : (to.x < 0 ? x - width : x - width / 2);
    const double top = to.y > 0 ? y : (to.y < 0 ? y - label_height : y - label_height / 2);
    return {left, top, left + width, top + label_height};
}

std::optional<label_place> place_one(const label_wish& wish, const std::vector<box>& taken,
                                     const box& bounds) {
    for (const double distance : near_first) {
        if (distance > farthest_without_line && !wish.far_allowed) break;
        for (const direction& to : directions) {
            const box area = box_at(wish, to, distance);
            const auto hit = [&](const box& other) { return area.meets(other); };
            if (!bounds.holds(area) || std::any_of(taken.begin(), taken.end(), hit)) continue;
            return label_place{area, distance > farthest_without_line};
        }
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::optional<label_place>> place_labels(const std::vector<label_wish>& wishes,
                                                     std::vector<box> obstacles, const box& bounds) {
    std::vector<std::optional<label_place>> places;
    for (const label_wish& wish : wishes) {
        places.push_back(place_one(wish, obstacles, bounds));
        if (places.back()) obstacles.push_back(places.back()->area);
    }
    return places;
}

}  // namespace ulpfront::reports
