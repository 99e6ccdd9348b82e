// Charts of lines: the kernels that matter in colour, the others in grey behind them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reports/charts/axis.hpp"
#include "reports/charts/svg.hpp"

namespace ulpfront::reports {

/// The rectangle that is drawn in.
struct frame {
    double left;
    double right;
    double top;
    double bottom;
};

/// What all charts of lines are drawn in.
inline constexpr frame line_frame{.left = 58, .right = 708, .top = 56, .bottom = 276};

/// A line, in pixels.
struct plot_line {
    enum class kind { highlighted, greyed, floor };

    std::string name;                               ///< in the legend, if highlighted
    std::string kernels;                            ///< their numbers, which link it with rows of the page
    std::vector<std::pair<double, double>> points;  ///< ascending in x
    bool stepped = false;                           ///< a point holds until the next one
    bool dotted = false;                            ///< with a mark on every point
    kind is = kind::greyed;
    std::size_t style = 0;        ///< colour and dashes
    std::vector<double> seams{};  ///< x of ticks at the lower border
};

/// Where a line goes across the whole picture, in pixels, and its word.
using guide = std::pair<double, std::string>;

struct line_picture {
    std::string id;
    std::string title;
    std::string subtitle;
    std::string description;
    std::string x_name;
    std::string y_name;
    std::vector<guide> x_ticks;
    std::vector<guide> y_ticks;
    std::vector<guide> verticals;
    std::vector<guide> horizontals;
    std::vector<plot_line> lines;
};

/// Draws line_picture; its lines lie inside line_frame.
chart draw_lines(const line_picture& picture);

/// Ticks of a scale as guides: those with a label.
std::vector<guide> labelled_ticks(const axis& scale);

}  // namespace ulpfront::reports
