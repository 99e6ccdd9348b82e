#include "reports/charts/svg.hpp"

#include <fmt/format.h>

#include <array>

#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

/// The words for those who cannot see it are an attribute: an element <title> would pop up over the chart.
std::string root_element(const chart& of, const char* more) {
    return fmt::format("<svg{} class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}. {}\">",
                       more, coordinate(of.width), coordinate(of.height), escape_html(of.title),
                       escape_html(of.description));
}

}  // namespace

std::string coordinate(double value) {
    std::string text = fmt::format("{:.1f}", value);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text == "-0" ? "0" : text;
}

void svg_writer::begin(const char* element, attributes with) {
    text_ += '<';
    text_ += element;
    for (const auto& [name, value] : with) {
        if (value.empty()) continue;
        text_ += fmt::format(" {}=\"{}\"", name, escape_html(value));
    }
}

void svg_writer::open(const char* element, attributes with) {
    begin(element, with);
    text_ += '>';
}

void svg_writer::close(const char* element) { text_ += fmt::format("</{}>", element); }

void svg_writer::leaf(const char* element, attributes with) {
    begin(element, with);
    text_ += "/>";
}

void svg_writer::text(double x, double y, const char* css_class, const char* anchor,
                      const std::string& content) {
    const std::string_view shown_anchor = anchor;
    begin("text", {{"x", coordinate(x)},
                   {"y", coordinate(y)},
                   {"class", css_class},
                   {"text-anchor", shown_anchor == "start" ? "" : anchor}});
    text_ += '>' + escape_html(content) + "</text>";
}

void svg_writer::text_upwards(double x, double y, const char* css_class, const std::string& content) {
    begin("text", {{"class", css_class},
                   {"transform", fmt::format("translate({} {}) rotate(-90)", coordinate(x), coordinate(y))}});
    text_ += '>' + escape_html(content) + "</text>";
}

void svg_writer::line(double x1, double y1, double x2, double y2, const char* css_class) {
    leaf(
        "path",
        {{"class", css_class},
         {"d", fmt::format("M{} {}L{} {}", coordinate(x1), coordinate(y1), coordinate(x2), coordinate(y2))}});
}

void svg_writer::rectangle(double x, double y, double width, double height, const char* css_class) {
    leaf("rect", {{"class", css_class},
                  {"x", coordinate(x)},
                  {"y", coordinate(y)},
                  {"width", coordinate(width)},
                  {"height", coordinate(height)}});
}

void svg_writer::text_row(double y, const char* css_class,
                          const std::vector<std::pair<double, std::string>>& words) {
    open("g", {{"class", css_class + std::string(" below")},
               {"transform", fmt::format("translate(0 {})", coordinate(y))}});
    for (const auto& [x, word] : words)
        text_ += fmt::format("<text x=\"{:.0f}\">{}</text>", x, escape_html(word));
    close("g");
}

void svg_writer::text_column(double x, const char* css_class,
                             const std::vector<std::pair<double, std::string>>& words) {
    open("g", {{"class", css_class + std::string(" beside")},
               {"transform", fmt::format("translate({} 4)", coordinate(x))}});
    for (const auto& [y, word] : words)
        text_ += fmt::format("<text y=\"{:.0f}\">{}</text>", y, escape_html(word));
    close("g");
}

std::string_view marker_path(std::size_t n) {
    constexpr std::array<std::string_view, 8> shapes{
        "m4.5 0a4.5 4.5 0 1 1 0-.1z",                                 // disc
        "m-4-4h8v8h-8z",                                              // square
        "m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",                          // diamond
        "m0-5l5 9h-10z",                                              // triangle up
        "m0 5l5-9h-10z",                                              // triangle down
        "m-1.7-5h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3v-3.4h3.3z",  // cross
        "m-2.5-4.5h5l2.5 4.5l-2.5 4.5h-5l-2.5-4.5z",                  // hexagon
        "m-5-4.5l10 9v-9l-10 9z",                                     // bow tie
    };
    return shapes[n % shapes.size()];
}

std::string colour_class(std::size_t n) { return fmt::format("c{}", n); }

std::string in_page(const chart& of) {
    return root_element(of, fmt::format(" id=\"{}\"", escape_html(of.id)).c_str()) + of.body + "</svg>";
}

std::string stand_alone(const chart& of, const std::string& styles) {
    const std::string size = fmt::format(" xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\"",
                                         coordinate(of.width), coordinate(of.height));
    return root_element(of, size.c_str()) + "<style>" + styles + "</style>" +
           fmt::format("<rect class=\"paper\" width=\"{}\" height=\"{}\"/>", coordinate(of.width),
                       coordinate(of.height)) +
           of.body + "</svg>\n";
}

}  // namespace ulpfront::reports
