// Scales, label placement, colours, and the pictures themselves.
#include "reports/charts/charts.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <set>

#include "reports/charts/axis.hpp"
#include "reports/charts/labels.hpp"
#include "reports/charts/lines.hpp"
#include "reports/charts/palette.hpp"
#include "reports/tests/markup.hpp"

namespace ulpfront::reports {
namespace {

TEST_CASE("scales map their ends to their pixels") {
    const axis linear = axis::linear(-10, 10, 100, 300, false);
    CHECK(linear(-10) == Approx(100));
    CHECK(linear(0) == Approx(200));
    CHECK(linear(10) == Approx(300));
    const axis logarithmic = axis::logarithmic(0.1, 10, 300, 100);
    CHECK(logarithmic(0.1) == Approx(300));
    CHECK(logarithmic(1) == Approx(200));
    CHECK(logarithmic(10) == Approx(100));
}

TEST_CASE("ticks lie on the scale, ascend and have labels") {
    for (const double low : {1e-9, 0.003, 0.4, 7.0}) {
        for (const double factor : {5.0, 30.0, 1e3, 1e9, 1e20}) {
            const axis scale = axis::logarithmic(low, low * factor, 0, 1);
            const auto ticks = scale.ticks();
            CAPTURE(low, factor);
            std::size_t labelled = 0;
            for (std::size_t i = 0; i < ticks.size(); ++i) {
                CHECK(ticks[i].value >= low);
                CHECK(ticks[i].value <= low * factor);
                CHECK((i == 0 || ticks[i].value > ticks[i - 1].value));
                labelled += ticks[i].label.empty() ? 0 : 1;
            }
            CHECK(labelled >= 2);
            CHECK(labelled <= 14);
        }
    }
    const auto ticks = axis::linear(-1, 10, 0, 1, true).ticks();
    CHECK(ticks.front().value <= -1);
    CHECK(ticks.back().value >= 10);
    CHECK(axis::linear(3, 3, 0, 1, true).ticks().size() >= 2);
}

TEST_CASE("labels cover neither one another nor obstacles, and stay inside") {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> across(20, 380);
    std::uniform_real_distribution<double> down(20, 180);
    const box bounds{0, 0, 400, 200};
    std::size_t placed = 0;
    for (int round = 0; round < 200; ++round) {
        std::vector<label_wish> wishes;
        std::vector<box> obstacles;
        for (int i = 0; i < 20; ++i) {
            wishes.push_back({across(random), down(random), std::string(static_cast<std::size_t>(1 + i), 'x'),
                              i % 2 == 0});
            obstacles.push_back(
                {wishes.back().x - 6, wishes.back().y - 6, wishes.back().x + 6, wishes.back().y + 6});
        }
        const auto places = place_labels(wishes, obstacles, bounds);
        REQUIRE(places.size() == wishes.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (!places[i]) continue;
            ++placed;
            const box& area = places[i]->area;
            REQUIRE(bounds.holds(area));
            REQUIRE(area.right - area.left ==
                    Approx(label_advance * static_cast<double>(wishes[i].text.size())));
            for (const box& other : obstacles) REQUIRE_FALSE(area.meets(other));
            for (std::size_t j = 0; j < i; ++j) REQUIRE_FALSE((places[j] && area.meets(places[j]->area)));
            REQUIRE((wishes[i].far_allowed || !places[i]->needs_line));
        }
    }
    CHECK(placed > 2000);
}

TEST_CASE("colours stand out from paper and from one another, for every kind of eye") {
    for (const colour background : {colour{1, 1, 1}, colour{0.086, 0.102, 0.125}}) {
        const auto palette = make_palette(8, background);
        REQUIRE(palette.size() == 8);
        for (std::size_t i = 0; i < palette.size(); ++i) {
            CHECK(contrast(palette[i], background) >= least_contrast);
            for (std::size_t j = 0; j < i; ++j) CHECK(seen_distance(palette[i], palette[j]) > 0.06);
        }
        CHECK(make_palette(3, background)[2].hex() == palette[2].hex());
    }
    CHECK(contrast({1, 1, 1}, {0, 0, 0}) == Approx(21));
    // Red and green of one lightness are what a greenless eye confuses.
    CHECK(seen_distance({0.75, 0.35, 0.2}, {0.45, 0.5, 0.1}) < 0.1);
}

mark mark_at(double error, double time, mark::state is) {
    return {.kernel = 0,
            .name = "<n>",
            .tip = "\"tip\" & more",
            .time = {.median = time, .low = time * 0.9, .high = time * 1.1, .coverage = 0.95, .count = 9},
            .error = error,
            .style = 2,
            .is = is};
}

front_picture picture_of(std::vector<mark> marks) {
    front_picture picture;
    picture.id = "front";
    picture.title = "<Title>";
    picture.all_digits_lost = 0x1p24;
    picture.marks = std::move(marks);
    picture.floor = 0.05;
    picture.legend = {{2, "simd & co"}};
    return picture;
}

TEST_CASE("a front draws one mark for each kernel, and well-formed XML, whatever the errors") {
    const double infinity = std::numeric_limits<double>::infinity();
    const chart drawn = draw_front(
        picture_of({mark_at(0.0, 1.0, mark::state::front), mark_at(0.5, 0.8, mark::state::front),
                    mark_at(1e70, 0.1, mark::state::front), mark_at(infinity, 0.2, mark::state::dominated),
                    mark_at(3.0, 2.0, mark::state::unsound)}));
    const std::string file = stand_alone(drawn, ".c2{color:#123456}");
    CHECK(markup::defect(file) == "");
    CHECK(markup::count(file, "data-k=") == 5);
    CHECK(markup::count(file, "nan") == 0);
    CHECK(markup::count(file, "inf") == 0);
    CHECK(markup::count(file, "<n>") == 0);
    CHECK(markup::count(file, "class=\"mark front") == 3 + 1);
}

TEST_CASE("a front of one point, and of equal points, is drawn") {
    CHECK(markup::defect(in_page(draw_front(picture_of({mark_at(0.0, 1.0, mark::state::front)})))) == "");
    const auto same = mark_at(1.0, 1.0, mark::state::front);
    CHECK(markup::defect(in_page(draw_front(picture_of({same, same, same})))) == "");
}

TEST_CASE("a line's path has no step that is none, and one step at one place") {
    const auto path = [](bool stepped, std::vector<std::pair<double, double>> points) {
        plot_line line;
        line.kernels = "1";
        line.stepped = stepped;
        line.is = plot_line::kind::highlighted;
        line.points = std::move(points);
        line_picture picture;
        picture.lines.push_back(line);
        const std::string body = draw_lines(picture).body;
        const std::string before = "data-k=\"1\" d=\"";
        const std::size_t begin = body.find(before) + before.size();
        return body.substr(begin, body.find('"', begin) - begin);
    };
    CHECK(path(true, {{100, 100}, {120, 104}, {120, 110}, {140, 90}, {160, 90.4}}) ==
          "M100 100h20v10h20v-20H160");
    CHECK(path(false, {{100, 100}, {120, 95}, {140, 99}}) == "M100 100l20-5l20 4");
}

TEST_CASE("curves break where a value is not finite") {
    function_entry entry;
    entry.title = "A & B";
    entry.x = {-1, 0, 1, 2};
    entry.y = {0, std::numeric_limits<double>::quiet_NaN(), 1, 2};
    entry.slope = {1, 1, 1, 1};
    const std::string file = in_page(draw_curve(entry, 0, "c"));
    CHECK(markup::defect(file) == "");
    CHECK(markup::count(file, "nan") == 0);
    CHECK(markup::count(file, "A &amp; B Activation Function") >= 1);
    CHECK(markup::count(file, ">Input<") == 1);
    CHECK(markup::count(file, ">Output<") == 1);
}

TEST_CASE("the overview labels every curve once, none over another") {
    std::vector<function_entry> entries(30);
    std::vector<const function_entry*> all;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        entries[i].title = "Curve" + std::to_string(i);
        entries[i].x = {-10, 10};
        entries[i].y = {0, i < 15 ? 10.0 : 1.0};
        all.push_back(&entries[i]);
    }
    const std::string file = in_page(draw_overview(all, "o"));
    CHECK(markup::defect(file) == "");
    std::set<std::string> heights;
    for (const auto& [text, y] : markup::texts_of_class(file, "key")) heights.insert(y);
    CHECK(heights.size() == entries.size());
}

}  // namespace
}  // namespace ulpfront::reports
