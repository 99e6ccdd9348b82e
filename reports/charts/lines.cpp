#include "reports/charts/lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "reports/charts/labels.hpp"
#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

/// Whole pixels are enough for lines with many points.
long pixel(double value) { return std::lround(value); }

/// Steps that are lower are not drawn: there are many of them.
constexpr long least_step = 2;
constexpr long least_grey_step = 5;
constexpr long least_seam_gap = 3;

/// A path from point to point, by differences; a minus needs no space before it.
std::string straight_path(const plot_line& line) {
    long x = pixel(line.points.front().first);
    long y = pixel(line.points.front().second);
    std::string path = fmt::format("M{} {}", x, y);
    for (const auto& [exact_x, exact_y] : line.points) {
        const long right = pixel(exact_x) - x;
        const long down = pixel(exact_y) - y;
        if (right != 0 || down != 0) path += fmt::format("l{}{}{}", right, down < 0 ? "" : " ", down);
        x += right;
        y += down;
    }
    return path;
}

/// The same in steps, without those that would change nothing. Steps at one place are one.
std::string stepped_path(const plot_line& line) {
    const long least = line.is == plot_line::kind::greyed ? least_grey_step : least_step;
    long x = pixel(line.points.front().first);
    long y = pixel(line.points.front().second);
    std::string path = fmt::format("M{} {}", x, y);
    long pending = 0;
    const auto step = [&] {
        if (pending != 0) path += fmt::format("v{}", pending);
        y += pending;
        pending = 0;
    };
    for (const auto& [exact_x, exact_y] : line.points) {
        const long down = pixel(exact_y) - (y + pending);
        if (std::abs(down) < least) continue;
        const long right = pixel(exact_x) - x;
        if (right != 0) {
            step();
            path += fmt::format("h{}", right);
            x += right;
        }
        pending += down;
    }
    step();
    return path + fmt::format("H{}", pixel(line.points.back().first));
}

std::string path_of(const plot_line& line) {
    if (line.points.empty()) return "";
    return line.stepped ? stepped_path(line) : straight_path(line);
}

class line_drawing {
  public:
    explicit line_drawing(const line_picture& picture) : picture_(picture) {}

    chart draw() {
        draw_frame();
        draw_guides();
        for (const auto kind :
             {plot_line::kind::greyed, plot_line::kind::floor, plot_line::kind::highlighted}) {
            for (const plot_line& each : picture_.lines) {
                if (each.is == kind) draw_line(each);
            }
        }
        const double height = draw_legend();
        return {picture_.id, picture_.title, picture_.description, 720, height, svg_.str()};
    }

  private:
    void draw_frame() {
        const auto& [left, right, top, bottom] = line_frame;
        svg_.text(left, 15, "head", "start", shorten(picture_.title, 80));
        if (!picture_.subtitle.empty()) svg_.text(left, 31, "sub", "start", shorten(picture_.subtitle, 100));
        svg_.text((left + right) / 2, bottom + 32, "name", "start", picture_.x_name);
        svg_.text_upwards(12, (top + bottom) / 2, "name", picture_.y_name);
        std::string grid;
        for (const auto& [x, word] : picture_.x_ticks)
            grid += fmt::format("M{} {}V{}", pixel(x), top, bottom);
        for (const auto& [y, word] : picture_.y_ticks)
            grid += fmt::format("M{} {}H{}", left, pixel(y), right);
        svg_.text_row(bottom + 15, "tick", picture_.x_ticks);
        svg_.text_column(left - 5, "tick", picture_.y_ticks);
        svg_.leaf("path", {{"class", "grid"}, {"d", grid}});
        svg_.leaf("path", {{"class", "axes"}, {"d", fmt::format("M{} {}V{}H{}", left, top, bottom, right)}});
    }

    void draw_guides() {
        for (const auto& [y, word] : picture_.horizontals) {
            svg_.line(line_frame.left, y, line_frame.right, y, "budget");
            svg_.text(line_frame.left + 3, y - 4, "tick", "start", word);
        }
        if (picture_.verticals.empty()) return;
        for (const auto& [x, word] : picture_.verticals)
            svg_.line(x, line_frame.top, x, line_frame.bottom, "budget");
        svg_.text_row(line_frame.top - 4, "tick", picture_.verticals);
    }

    void draw_line(const plot_line& line) {
        const bool coloured = line.is == plot_line::kind::highlighted;
        const std::string css = line.is == plot_line::kind::floor ? "floor"
                                : coloured                        ? "line " + colour_class(line.style)
                                                                  : "line beaten";
        svg_.leaf("path",
                  {{"class", css}, {"data-k", line.kernels}, {"d", path_of(line) + seam_ticks(line)}});
        if (!line.dotted || !coloured) return;
        // Points of no length with round ends.
        std::string dots;
        for (const auto& [x, y] : line.points) dots += fmt::format("M{} {}h0", pixel(x), pixel(y));
        svg_.leaf("path", {{"class", "dots " + colour_class(line.style)}, {"d", dots}});
    }

    /// Ticks at the seams of lines that can be told apart.
    static std::string seam_ticks(const plot_line& line) {
        if (line.is != plot_line::kind::highlighted) return "";
        std::vector<double> places = line.seams;
        std::sort(places.begin(), places.end());
        std::string path;
        // The pen is at the last tick's upper end.
        long last = -least_seam_gap;
        for (const double place : places) {
            const long x = pixel(place);
            if (x - last < least_seam_gap) continue;
            path += path.empty() ? fmt::format("M{} {}v-7", x, line_frame.bottom)
                                 : fmt::format("m{} 7v-7", x - last);
            last = x;
        }
        return path;
    }

    /// Returns the height of the picture.
    double draw_legend() {
        double x = line_frame.left;
        double y = line_frame.bottom + 52;
        const auto entry = [&](const std::string& css, const std::string& text) {
            const double needed = 46 + label_advance * static_cast<double>(length_of(text));
            if (x + needed > line_frame.right && x > line_frame.left) {
                x = line_frame.left;
                y += legend_line;
            }
            svg_.leaf("path", {{"class", css}, {"d", fmt::format("M{} {}h24", pixel(x), pixel(y - 4))}});
            svg_.text(x + 29, y, "key", "start", text);
            x += needed;
        };
        std::set<std::string> named;
        for (const plot_line& each : picture_.lines) {
            if (each.is == plot_line::kind::highlighted && named.insert(each.name).second)
                entry("line " + colour_class(each.style), shorten(each.name, 60));
        }
        const auto has = [&](plot_line::kind kind) {
            return std::any_of(picture_.lines.begin(), picture_.lines.end(),
                               [&](const plot_line& each) { return each.is == kind; });
        };
        if (has(plot_line::kind::floor)) entry("floor", "copy");
        if (has(plot_line::kind::greyed)) entry("line beaten", "other kernels");
        return y + 10;
    }

    const line_picture& picture_;
    svg_writer svg_;
};

}  // namespace

chart draw_lines(const line_picture& picture) { return line_drawing(picture).draw(); }

std::vector<guide> labelled_ticks(const axis& scale) {
    std::vector<guide> guides;
    for (const tick& each : scale.ticks()) {
        if (!each.label.empty()) guides.emplace_back(scale(each.value), each.label);
    }
    return guides;
}

}  // namespace ulpfront::reports
