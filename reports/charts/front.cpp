// The front: a staircase of the kernels nobody beats, the beaten ones in grey, the copy floor as a line.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

#include "reports/charts/axis.hpp"
#include "reports/charts/charts.hpp"
#include "reports/charts/labels.hpp"
#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

constexpr double left = 52;
constexpr double top = 58;
constexpr double right_margin = 12;
constexpr double zero_column = 34;
constexpr double lost_column = 46;
constexpr double least_bar = 4;  // shorter ones hide behind their mark
constexpr std::size_t longest_name = 24;
constexpr std::string_view cross = "m-4-4l8 8m-8 0l8-8";

/// Where the plot ends.
struct plot_size {
    double right;
    double bottom;
};

plot_size size_of(const front_picture& picture) {
    return picture.large ? plot_size{760, 520} : plot_size{470 - right_margin, 284};
}

/// Where errors go: zero left of the logarithmic part, lost digits right of it.
struct error_scale {
    axis scale;
    bool has_zero;
    bool has_lost;
    double lost_from;
    double right;

    [[nodiscard]] double operator()(double error) const {
        if (error == 0.0) return left + zero_column / 2;
        if (error > lost_from) return right - lost_column / 2;
        return scale(error);
    }
};

error_scale make_error_scale(const front_picture& picture) {
    double low = 0.4;
    double high = 6.0;
    bool has_zero = false;
    bool has_lost = false;
    for (const mark& each : picture.marks) {
        has_zero = has_zero || each.error == 0.0;
        has_lost = has_lost || each.error > picture.all_digits_lost;
        if (each.error == 0.0 || each.error > picture.all_digits_lost) continue;
        low = std::min(low, each.error);
        high = std::max(high, each.error);
    }
    const double margin = std::pow(high / low, 0.05);
    const double right = size_of(picture).right;
    return {axis::logarithmic(low / margin, high * margin, left + (has_zero ? zero_column : 0),
                              right - (has_lost ? lost_column : 0)),
            has_zero, has_lost, picture.all_digits_lost, right};
}

axis make_time_scale(const front_picture& picture) {
    double low = picture.floor.value_or(std::numeric_limits<double>::infinity());
    double high = picture.floor.value_or(0.0);
    for (const mark& each : picture.marks) {
        low = std::min(low, each.time.low);
        high = std::max(high, each.time.high);
    }
    // A factor of five holds at least two labelled ticks.
    const double spread = high / low;
    const double margin = std::max({1.15, std::pow(spread, 0.07), std::sqrt(5.0 / spread)});
    return axis::logarithmic(low / margin, high * margin, size_of(picture).bottom, top);
}

/// Draws one front; its parts share the scales and the canvas.
class front_drawing {
  public:
    explicit front_drawing(const front_picture& picture)
        : picture_(picture),
          right_(size_of(picture).right),
          bottom_(size_of(picture).bottom),
          error_(make_error_scale(picture)),
          time_(make_time_scale(picture)) {
        for (const mark& each : picture.marks) ordered_.push_back(&each);
        // The greyed first, so that the front lies on top.
        std::stable_sort(ordered_.begin(), ordered_.end(),
                         [](const mark* a, const mark* b) { return a->is > b->is; });
    }

    chart draw() {
        draw_headings();
        draw_grid();
        draw_budgets();
        draw_floor();
        draw_stairs();
        draw_intervals();
        for (const mark* each : ordered_) draw_mark(*each);
        draw_names();
        const double height = draw_legend();
        return {picture_.id, picture_.title, describe(), right_ + right_margin, height, svg_.str()};
    }

  private:
    void draw_headings() {
        svg_.text(left, 17, "head", "start", shorten(picture_.title, 60));
        svg_.text(left, 34, "sub", "start", picture_.subtitle);
        svg_.text((left + right_) / 2, bottom_ + 34, "name", "start", "max error (ULP)");
        svg_.text_upwards(13, (top + bottom_) / 2, "name", "ns per element");
    }

    void draw_grid() {
        std::string grid;
        std::string minor;
        std::vector<std::pair<double, std::string>> below;
        std::vector<std::pair<double, std::string>> beside;
        for (const tick& each : error_.scale.ticks()) {
            const double x = error_.scale(each.value);
            (each.label.empty() ? minor : grid) += fmt::format("M{} {}V{}", coordinate(x), top, bottom_);
            if (!each.label.empty()) below.emplace_back(x, each.label);
        }
        for (const tick& each : time_.ticks()) {
            const double y = time_(each.value);
            (each.label.empty() ? minor : grid) += fmt::format("M{} {}H{}", left, coordinate(y), right_);
            if (!each.label.empty()) beside.emplace_back(y, each.label);
        }
        if (error_.has_zero) {
            below.emplace_back(left + zero_column / 2, "0");
            svg_.rectangle(left, top, zero_column, bottom_ - top, "column");
        }
        if (error_.has_lost) {
            below.emplace_back(right_ - lost_column / 2, "no digits");
            svg_.rectangle(right_ - lost_column, top, lost_column, bottom_ - top, "column");
        }
        svg_.leaf("path", {{"class", "grid minor"}, {"d", minor}});
        svg_.leaf("path", {{"class", "grid"}, {"d", grid}});
        svg_.text_row(bottom_ + 16, "tick", below);
        svg_.text_column(left - 6, "tick", beside);
        svg_.leaf("path",
                  {{"class", "axes"}, {"d", fmt::format("M{} {}V{}H{}", left, top, bottom_, right_)}});
    }

    /// The limits of faithful and fast.
    void draw_budgets() {
        for (const double limit : {1.0, 4.0}) {
            const double x = error_.scale(limit);
            svg_.line(x, top, x, bottom_, "budget");
            svg_.text(x, top - 3, "tick", "middle", limit == 1.0 ? "<1" : "≤4");
        }
    }

    void draw_floor() {
        if (!picture_.floor) return;
        const double y = time_(*picture_.floor);
        const std::string text = "copy floor " + time_text(*picture_.floor);
        svg_.line(left, y, right_, y, "floor");
        svg_.text(right_ - 3, y + 11, "floor-name", "end", text);
        const double text_left = right_ - 3 - label_advance * static_cast<double>(text.size());
        obstacles_.push_back({text_left, y, right_, y + 13});
    }

    using marks = std::vector<const mark*>;

    [[nodiscard]] marks marks_where(const std::function<bool(const mark&)>& wanted) const {
        marks found;
        std::copy_if(ordered_.begin(), ordered_.end(), std::back_inserter(found),
                     [&](const mark* each) { return wanted(*each); });
        return found;
    }

    /// The front of each style, thin, below the front of all.
    void draw_stairs() {
        for (const legend_entry& each : picture_.legend) {
            if (!picture_.large) break;
            const marks front = marks_where([&](const mark& of) {
                return of.style == each.style &&
                       (of.is == mark::state::front || of.is == mark::state::group_front);
            });
            draw_stairs_of(front, "stairs thin " + colour_class(each.style));
        }
        draw_stairs_of(marks_where([](const mark& of) { return of.is == mark::state::front; }), "stairs");
    }

    void draw_stairs_of(marks front, const std::string& css) {
        if (front.empty()) return;
        std::sort(front.begin(), front.end(), [](const mark* a, const mark* b) {
            return std::pair(a->error, -a->time.median) < std::pair(b->error, -b->time.median);
        });
        double x = error_(front.front()->error);
        double y = top;
        std::string path = fmt::format("M{} {}", coordinate(x), coordinate(y));
        const auto step_to = [&](double next_x, double next_y) {
            // Names shall not cover the steps.
            constexpr double thickness = 1.5;
            obstacles_.push_back({x, y - thickness, next_x, y + thickness});
            obstacles_.push_back({next_x - thickness, y, next_x + thickness, next_y});
            path += fmt::format("H{}V{}", coordinate(next_x), coordinate(next_y));
            x = next_x;
            y = next_y;
        };
        for (const mark* each : front) step_to(error_(each->error), time_(each->time.median));
        step_to(right_, y);
        svg_.leaf("path", {{"class", css}, {"d", path}});
    }

    /// Bars of one class are one element.
    void draw_intervals() {
        std::map<std::string, std::string> paths;
        for (const mark* each : ordered_) {
            const double y1 = time_(each->time.low);
            const double y2 = time_(each->time.high);
            if (y1 - y2 < least_bar) continue;
            paths[class_of(*each, "bar")] +=
                fmt::format("M{} {}h6m-3 0V{}m-3 0h6", coordinate(error_(each->error) - 3), coordinate(y1),
                            coordinate(y2));
        }
        for (const auto& [css, path] : paths) svg_.leaf("path", {{"class", css}, {"d", path}});
    }

    void draw_mark(const mark& of) {
        const double x = error_(of.error);
        const double y = time_(of.time.median);
        const bool unsound = of.is == mark::state::unsound;
        svg_.leaf("path", {{"class", class_of(of, "mark")},
                           {"data-k", fmt::format("{}", of.kernel)},
                           {"d", fmt::format("M{} {}{}", coordinate(x), coordinate(y),
                                             unsound ? cross : marker_path(of.style))}});
        obstacles_.push_back({x - 6, y - 6, x + 6, y + 6});
    }

    static std::string class_of(const mark& of, const char* part) {
        switch (of.is) {
            case mark::state::front:
                return fmt::format("{} front {}", part, colour_class(of.style));
            case mark::state::group_front:
                return fmt::format("{} own {}", part, colour_class(of.style));
            case mark::state::dominated:
                return fmt::format("{} beaten", part);
            case mark::state::unsound:
                break;
        }
        return fmt::format("{} unsound", part);
    }

    void draw_names() {
        std::vector<label_wish> wishes;
        std::vector<const mark*> named(ordered_.rbegin(), ordered_.rend());
        // In a large picture names of the dominated would be too many.
        if (picture_.large)
            std::erase_if(named, [](const mark* each) { return each->is > mark::state::group_front; });
        for (const mark* each : named) {
            wishes.push_back({error_(each->error), time_(each->time.median),
                              shorten(each->name, longest_name), each->is == mark::state::front});
        }
        const auto places = place_labels(wishes, obstacles_, {left + 2, top + 1, right_, bottom_ - 1});
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (places[i]) draw_name(*named[i], wishes[i], *places[i]);
        }
    }

    void draw_name(const mark& of, const label_wish& wish, const label_place& place) {
        if (place.needs_line) {
            const double x = std::clamp(wish.x, place.area.left, place.area.right);
            const double y = std::clamp(wish.y, place.area.top + 2, place.area.bottom - 2);
            svg_.line(wish.x, wish.y, x, y, "leader");
        }
        const char* css = of.is == mark::state::front ? "label" : "label faint";
        svg_.text(place.area.left, place.area.bottom - 2.5, css, "start", wish.text);
    }

    /// Returns the height of the picture.
    double draw_legend() {
        double x = left;
        double y = bottom_ + 54;
        const auto entry = [&](const std::string& css, std::string_view shape, const std::string& text) {
            const double needed = 24 + label_advance * static_cast<double>(length_of(text));
            if (x + needed > right_ && x > left) {
                x = left;
                y += legend_line;
            }
            svg_.leaf("path", {{"class", css},
                               {"d", fmt::format("M{} {}{}", coordinate(x + 6), coordinate(y - 4), shape)}});
            svg_.text(x + 15, y, "key", "start", text);
            x += needed;
        };
        for (const legend_entry& each : picture_.legend) {
            entry("mark front " + colour_class(each.style), marker_path(each.style),
                  shorten(each.text, longest_name));
        }
        const auto has = [&](mark::state state) {
            return std::any_of(ordered_.begin(), ordered_.end(),
                               [&](const mark* each) { return each->is == state; });
        };
        if (has(mark::state::group_front)) entry("mark own", marker_path(0), "only on the front of its ISA");
        if (has(mark::state::dominated)) entry("mark beaten", marker_path(0), "dominated");
        if (has(mark::state::unsound)) entry("mark unsound", cross, "broken or NaN");
        return y + 10;
    }

    [[nodiscard]] std::string describe() const {
        std::string front;
        std::size_t others = 0;
        for (const mark* each : ordered_) {
            if (each->is != mark::state::front) {
                ++others;
                continue;
            }
            front += (front.empty() ? "" : "; ") + each->tip;
        }
        return fmt::format("Time per element against maximum error. On the front: {}. {} not on it.",
                           front.empty() ? "none" : front, count_of(others, "kernel"));
    }

    const front_picture& picture_;
    double right_;
    double bottom_;
    error_scale error_;
    axis time_;
    std::vector<const mark*> ordered_;
    std::vector<box> obstacles_;
    svg_writer svg_;
};

}  // namespace

chart draw_front(const front_picture& picture) { return front_drawing(picture).draw(); }

}  // namespace ulpfront::reports
