// Curves of functions: one by one as the founding text draws them, and all in one picture.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "reports/charts/axis.hpp"
#include "reports/charts/charts.hpp"
#include "reports/charts/lines.hpp"
#include "reports/gradient.hpp"
#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

/// Lowest and highest finite value of some lists.
std::pair<double, double> span_of(const std::vector<const std::vector<double>*>& lists) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const auto* list : lists) {
        for (const double value : *list) {
            if (!std::isfinite(value)) continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    return low <= high ? std::pair(low, high) : std::pair(0.0, 1.0);
}

/// Whether the points between two of them lie on the line from one to the other, as far as anyone sees.
bool is_straight(const std::vector<std::pair<double, double>>& points, std::size_t from, std::size_t to) {
    const auto [x1, y1] = points[from];
    const auto [x2, y2] = points[to];
    for (std::size_t i = from + 1; i < to; ++i) {
        const double share = (points[i].first - x1) / (x2 - x1);
        if (std::abs(y1 + share * (y2 - y1) - points[i].second) > 0.12) return false;
    }
    return true;
}

/// A path through points, without those that it passes through anyway.
std::string path_through(const std::vector<std::pair<double, double>>& points) {
    std::string path;
    for (std::size_t i = 0; i < points.size();) {
        path += fmt::format("{}{} {}", i == 0 ? "M" : "L", coordinate(points[i].first),
                            coordinate(points[i].second));
        std::size_t next = i + 1;
        while (next + 1 < points.size() && is_straight(points, i, next + 1)) ++next;
        i = next;
    }
    return path;
}

/// The points of a curve as a path; a value that is not finite interrupts it.
std::string path_of(const std::vector<double>& x, const std::vector<double>& y, const axis& across,
                    const axis& up) {
    std::string path;
    std::vector<std::pair<double, double>> piece;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (std::isfinite(y[i])) {
            piece.emplace_back(across(x[i]), up(y[i]));
        } else {
            path += path_through(piece);
            piece.clear();
        }
    }
    return path + path_through(piece);
}

void draw_grid(svg_writer& svg, const frame& in, const axis& across, const axis& up) {
    for (const tick& each : across.ticks()) {
        const double x = across(each.value);
        svg.line(x, in.top, x, in.bottom, each.value == 0.0 ? "axes" : "grid");
        svg.text(x, in.bottom + 16, "tick", "middle", each.label);
    }
    for (const tick& each : up.ticks()) {
        const double y = up(each.value);
        svg.line(in.left, y, in.right, y, each.value == 0.0 ? "axes" : "grid");
        svg.text(in.left - 6, y + 4, "tick", "end", each.label);
    }
    svg.text((in.left + in.right) / 2, in.bottom + 34, "name", "start", "Input");
    svg.text_upwards(13, (in.top + in.bottom) / 2, "name", "Output");
}

void draw_key(svg_writer& svg, double x, double y, const std::string& css, const std::string& text) {
    svg.line(x, y - 4, x + 24, y - 4, css.c_str());
    svg.text(x + 30, y, "key", "start", text);
}

/// Labels at the right ends of curves, pushed apart until none covers another.
struct end_label {
    double wanted;  ///< the curve's end
    double y;
    std::size_t function;
};

constexpr double label_gap = 16;

void push_apart(std::vector<end_label>& labels, double top, double bottom) {
    std::sort(labels.begin(), labels.end(), [](const end_label& a, const end_label& b) {
        return std::pair(a.wanted, a.function) < std::pair(b.wanted, b.function);
    });
    for (std::size_t i = 0; i < labels.size(); ++i) {
        labels[i].y = std::max(labels[i].wanted, i == 0 ? top : labels[i - 1].y + label_gap);
    }
    double limit = bottom;
    for (std::size_t i = labels.size(); i-- > 0 && labels[i].y > limit;) {
        labels[i].y = limit;
        limit -= label_gap;
    }
}

/// A curve's name at its end, with a sample of its line.
void draw_end(svg_writer& svg, double right, const end_label& label, const std::string& title) {
    svg.line(right + 2, label.wanted, right + 16, label.y, "leader");
    svg.leaf("path", {{"class", "curve many " + colour_class(label.function)},
                      {"d", fmt::format("M{} {}h22", coordinate(right + 18), coordinate(label.y))}});
    svg.text(right + 45, label.y + 4, "key", "start", shorten(title, 22));
}

std::string title_of(const function_entry& function) { return function.title + " Activation Function"; }

}  // namespace

chart draw_curve(const function_entry& function, std::size_t style, const std::string& id) {
    constexpr frame in{.left = 52, .right = 458, .top = 34, .bottom = 262};
    const auto [low, high] = span_of({&function.y, &function.slope});
    const axis across = axis::linear(function.x.front(), function.x.back(), in.left, in.right, false);
    const axis up = axis::linear(low, high, in.bottom, in.top, true);
    svg_writer svg;
    svg.text((in.left + in.right) / 2, 19, "head", "middle", shorten(title_of(function), 56));
    draw_grid(svg, in, across, up);
    svg.leaf("path", {{"class", "curve slope"}, {"d", path_of(function.x, function.slope, across, up)}});
    svg.leaf("path",
             {{"class", "curve " + colour_class(style)}, {"d", path_of(function.x, function.y, across, up)}});
    const std::string name = shorten(function.title, 30);
    draw_key(svg, in.left, in.bottom + 54, "curve " + colour_class(style), name);
    draw_key(svg, in.left + 60 + 7.0 * static_cast<double>(length_of(name)), in.bottom + 54, "curve slope",
             "slope");
    return {id,
            title_of(function),
            fmt::format("Value and slope of {} for {} inputs from {} to {}. The value runs from {} to {}.",
                        function.title, function.x.size(), plain_number(function.x.front()),
                        plain_number(function.x.back()), plain_number(function.y.front()),
                        plain_number(function.y.back())),
            470,
            in.bottom + 64,
            svg.str()};
}

chart draw_overview(const std::vector<const function_entry*>& functions, const std::string& id) {
    const double needed = label_gap * static_cast<double>(functions.size());
    const frame in{.left = 48, .right = 590, .top = 16, .bottom = std::max(376.0, 30 + needed)};
    std::vector<const std::vector<double>*> inputs;
    std::vector<const std::vector<double>*> outputs;
    for (const function_entry* each : functions) {
        inputs.push_back(&each->x);
        outputs.push_back(&each->y);
    }
    const auto [from, to] = span_of(inputs);
    const auto [low, high] = span_of(outputs);
    const axis across = axis::linear(from, to, in.left, in.right, false);
    const axis up = axis::linear(low, high, in.bottom, in.top, true);
    svg_writer svg;
    draw_grid(svg, in, across, up);
    std::vector<end_label> labels;
    std::string names;
    for (std::size_t i = 0; i < functions.size(); ++i) {
        svg.leaf("path", {{"class", "curve many " + colour_class(i)},
                          {"d", path_of(functions[i]->x, functions[i]->y, across, up)}});
        const double end = functions[i]->y.back();
        labels.push_back({up(std::isfinite(end) ? end : high), 0.0, i});
        names += (names.empty() ? "" : ", ") + functions[i]->title;
    }
    push_apart(labels, in.top, in.bottom);
    for (const end_label& each : labels) draw_end(svg, in.right, each, functions[each.function]->title);
    return {id,  "All functions", fmt::format("Values of {} against input.", names),
            780, in.bottom + 44,  svg.str()};
}

std::string draw_slopes(const function_entry& function) {
    constexpr double width = 200;
    const double from = function.x.front();
    const double to = function.x.back();
    const auto at = [&](double x) { return width * (x - from) / (to - from); };
    std::string shapes = fmt::format(R"(<rect class="alive" width="{}" height="12"/>)", width);
    const auto add = [&](const char* css, const std::function<bool(double)>& wanted) {
        for (std::size_t i = 0; i < function.x.size(); ++i) {
            if (!wanted(function.slope[i])) continue;
            std::size_t last = i;
            while (last + 1 < function.x.size() && wanted(function.slope[last + 1])) ++last;
            const double left = at(function.x[i]);
            shapes += fmt::format(R"(<rect class="{}" x="{}" width="{}" height="12"/>)", css,
                                  coordinate(left), coordinate(at(function.x[last]) - left));
            i = last;
        }
    };
    add("vanishing", [](double slope) { return std::abs(slope) < vanishing_slope && slope != 0.0; });
    add("dead", [](double slope) { return slope == 0.0; });
    return fmt::format(
        "<svg class=\"slopes\" viewBox=\"0 0 {0} 16\" width=\"{0}\" height=\"16\" "
        "aria-hidden=\"true\">{1}<path d=\"M{2} 0v16\"/></svg>",
        width, shapes, coordinate(at(0.0)));
}

}  // namespace ulpfront::reports
