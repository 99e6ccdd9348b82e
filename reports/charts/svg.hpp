// Writing SVG: elements with escaped attributes, markers, and the frame of a chart.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulpfront::reports {

/// A coordinate: one decimal at most, so that a chart's bytes do not hang on the last bit of a sum.
std::string coordinate(double value);

/// Collects elements. Attribute values and text are escaped.
class svg_writer {
  public:
    using attributes = std::initializer_list<std::pair<const char*, std::string>>;

    void open(const char* element, attributes with = {});
    void close(const char* element);
    void leaf(const char* element, attributes with);
    /// Text at a point; anchor is "start", "middle" or "end".
    void text(double x, double y, const char* css_class, const char* anchor, const std::string& content);
    /// Text that runs upwards, its middle at the point.
    void text_upwards(double x, double y, const char* css_class, const std::string& content);
    void line(double x1, double y1, double x2, double y2, const char* css_class);
    void rectangle(double x, double y, double width, double height, const char* css_class);
    /// Words on one level, each at its x, or one below another, each at its y.
    void text_row(double y, const char* css_class, const std::vector<std::pair<double, std::string>>& words);
    void text_column(double x, const char* css_class,
                     const std::vector<std::pair<double, std::string>>& words);

    [[nodiscard]] const std::string& str() const { return text_; }

  private:
    void begin(const char* element, attributes with);

    std::string text_;
};

/// A path of the n-th of the marker shapes around where the path stands, about 9 pixels wide. Shapes tell
/// categories apart where colours cannot; they repeat after eight.
std::string_view marker_path(std::size_t n);

/// The class that paints in the n-th colour of the palette: "c3".
std::string colour_class(std::size_t n);

/// A finished picture.
struct chart {
    std::string id;     ///< unique in the page
    std::string title;  ///< its name for those who cannot see it
    std::string description;
    double width = 0.0;
    double height = 0.0;
    std::string body;
};

/// The chart as an element of the page, which brings the styles.
std::string in_page(const chart& of);

/// The chart as a file of its own.
std::string stand_alone(const chart& of, const std::string& styles);

}  // namespace ulpfront::reports
