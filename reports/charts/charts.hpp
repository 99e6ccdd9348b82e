// The report's pictures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/charts/svg.hpp"
#include "reports/results.hpp"
#include "reports/statistics.hpp"

namespace ulpfront::reports {

/// A kernel as a point between error and time.
struct mark {
    /// front: nobody in the picture beats it; group_front: nobody of its style does.
    enum class state { front, group_front, dominated, unsound };

    std::size_t kernel = 0;  ///< index in the model: links the mark with its row in the page
    std::string name;
    std::string tip;  ///< its figures, for those who cannot see the picture
    interval time;
    double error = 0.0;     ///< maximum ULP; may be infinite
    std::size_t style = 0;  ///< shape and colour
    state is = state::dominated;
};

struct legend_entry {
    std::size_t style;
    std::string text;
};

/// One front: time per element against maximum error, both logarithmic.
struct front_picture {
    std::string id;
    std::string title;
    std::string subtitle;
    bool large = false;            ///< for many marks; each style has a staircase of its own
    double all_digits_lost = 0.0;  ///< errors beyond it stand in a column of their own: 2^digits of the dtype
    std::vector<mark> marks;       ///< at least one
    std::optional<double> floor;   ///< ns per element of a copy
    std::vector<legend_entry> legend;
};
chart draw_front(const front_picture& picture);

/// The founding text's picture of one function: value and slope against input, with title, axis labels,
/// grid and legend. `style` is the colour of the value.
chart draw_curve(const function_entry& function, std::size_t style, const std::string& id);

/// All curves in one picture, each labelled at its right end. The n-th function has the n-th colour.
chart draw_overview(const std::vector<const function_entry*>& functions, const std::string& id);

/// A strip over the inputs for a table cell: where the slope is zero, where it is below 2^-10, where it is
/// not.
std::string draw_slopes(const function_entry& function);

}  // namespace ulpfront::reports
