// Charts of lines, from the model: errors over the inputs, how errors are spread, time against size, tables'
// error against their size.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "reports/charts/input_scale.hpp"
#include "reports/charts/lines.hpp"
#include "reports/distinct.hpp"
#include "reports/dtype.hpp"
#include "reports/environment.hpp"
#include "reports/report.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

/// "3 14 15": the kernels that a line stands for.
std::string numbers_of(const std::vector<std::size_t>& kernels) {
    return fmt::format("{}", fmt::join(kernels, " "));
}

std::string stem_of(const char* kind, const function_group& function, const kernel_group& group) {
    return fmt::format("{}-{}-{}", kind, slug(function.name), slug(group.dtype));
}

/// The line of kernels that err alike, without points yet.
plot_line line_of(const report& of, const alike& each) {
    plot_line line;
    line.name = alike_name(of, each.kernels);
    line.kernels = numbers_of(each.kernels);
    line.stepped = true;
    line.is = each.style ? plot_line::kind::highlighted : plot_line::kind::greyed;
    line.style = each.style.value_or(0);
    return line;
}

/// Error in ULP upwards, logarithmic, with the smallest errors and those beyond all digits at its ends.
axis error_axis(double largest, int digits) {
    const double top = std::clamp(largest * 1.5, 8.0, std::ldexp(2.0, digits));
    return axis::logarithmic(0.1, top, line_frame.bottom, line_frame.top);
}

double on_axis(const axis& scale, double value) {
    return scale(std::clamp(value, scale.low(), scale.high()));
}

void add_binades(const accuracy_row& row, const input_scale& across, const axis& up, plot_line& line) {
    for (const binade_error& each : row.binades)
        line.points.emplace_back(across(each.from), on_axis(up, each.max_ulp));
    line.points.emplace_back(line_frame.right, line.points.back().second);
    for (const double seam : row.seams) {
        if (std::isfinite(seam)) line.seams.push_back(across(seam));
    }
}

/// Finer bins would show the same in more steps.
constexpr int bins_per_octave = 1;

/// The number of the bin that holds an error; of everything below 2^-4 the same.
int bin_of(double ulp) {
    constexpr int least = -4 * bins_per_octave;
    return ulp <= 0.0 ? least
                      : std::max(least, static_cast<int>(std::floor(bins_per_octave * std::log2(ulp))));
}

/// Share of the results in each bin.
std::map<int, double> shares_of(const accuracy_row& row) {
    std::map<int, double> shares;
    double total = 0.0;
    for (const error_bin& each : row.histogram) total += static_cast<double>(each.count);
    for (const error_bin& each : row.histogram)
        shares[bin_of(each.from)] += static_cast<double>(each.count) / total;
    return shares;
}

constexpr double least_share = 1e-7;

std::string octave_text(int octave) {
    if (octave <= -4) return "0";
    return octave > 10 ? fmt::format("2{}", superscript(octave)) : plain_number(std::ldexp(1.0, octave));
}

class histogram_builder {
  public:
    histogram_builder(const report& of, const std::vector<alike>& all) : report_(of) {
        for (const alike& each : all) {
            const accuracy_row& row = *of.all.kernels[each.kernels.front()].checked;
            if (row.histogram.empty() || !each.shown) continue;
            shares_.emplace_back(&each, shares_of(row));
            last_ = std::max(last_, shares_.back().second.rbegin()->first);
        }
    }

    void build(line_picture& picture) const {
        const axis up = axis::logarithmic(least_share, 1.0, line_frame.bottom, line_frame.top);
        picture.y_ticks = labelled_ticks(up);
        for (int bin = -4 * bins_per_octave; bin <= last_ + 1; ++bin) {
            // Every second octave is labelled.
            if (bin % (2 * bins_per_octave) == 0)
                picture.x_ticks.emplace_back(x_of(bin), octave_text(bin / bins_per_octave));
        }
        picture.verticals.emplace_back(x_of(-bins_per_octave), "← correctly rounded");
        for (const auto& [each, shares] : shares_) picture.lines.push_back(line(*each, shares, up));
    }

    [[nodiscard]] bool empty() const { return shares_.empty(); }

  private:
    [[nodiscard]] double x_of(int bin) const {
        const double bins = last_ + 1 + 4 * bins_per_octave;
        return line_frame.left + (line_frame.right - line_frame.left) * (bin + 4 * bins_per_octave) / bins;
    }

    [[nodiscard]] plot_line line(const alike& of, const std::map<int, double>& shares, const axis& up) const {
        const accuracy_row& row = *report_.all.kernels[of.kernels.front()].checked;
        plot_line line = line_of(report_, of);
        line.name += ", " + rounded_text(row);
        for (int bin = -4 * bins_per_octave; bin <= last_; ++bin) {
            const auto found = shares.find(bin);
            line.points.emplace_back(x_of(bin), on_axis(up, found == shares.end() ? 0.0 : found->second));
        }
        line.points.emplace_back(line_frame.right, line.points.back().second);
        return line;
    }

    const report& report_;
    std::vector<std::pair<const alike*, std::map<int, double>>> shares_;
    int last_ = 2 * bins_per_octave;
};

/// Sizes under which kernels of a group were timed as usual but for the size; ascending.
std::vector<condition> sizes_of(const kernel_group& group) {
    std::vector<condition> sizes;
    for (const condition& under : group.conditions) {
        if (under.distribution == group.usual->distribution && under.in_place == group.usual->in_place)
            sizes.push_back(under);
    }
    return sizes;
}

std::string power_or_number(double n) {
    int exponent = 0;
    return std::frexp(n, &exponent) == 0.5 && exponent > 10 ? fmt::format("2{}", superscript(exponent - 1))
                                                            : fmt::format("{:.0f}", n);
}

/// Time against size: one line a kernel, and one for the copies.
class size_builder {
  public:
    size_builder(const report& of, const function_group& function, const kernel_group& group)
        : report_(of), group_(group), sizes_(sizes_of(group)) {
        picture_.id = stem_of("size", function, group);
        picture_.title = fmt::format("{}, {}: time against size", function.title, group.dtype);
        picture_.subtitle = group.usual->distribution + (group.usual->in_place ? ", in place" : "");
        picture_.x_name = "elements per call";
        picture_.y_name = "ns per element";
    }

    chart build() {
        find_scales();
        for (const condition& under : sizes_)
            picture_.x_ticks.emplace_back(x_of(under.n), power_or_number(static_cast<double>(under.n)));
        picture_.y_ticks = labelled_ticks(up_);
        add_caches();
        add_copies();
        for (const alike& each : group_alike(report_, group_)) {
            if (!each.shown) continue;
            // The fastest of the ISAs stands out; the others would hide it in its own colour.
            const std::size_t best = fastest(each.kernels);
            for (const std::size_t k : each.kernels) {
                if (k == best || is_on_a_front(report_, group_, k))
                    add_kernel(k, k == best ? each.style : std::nullopt);
            }
        }
        picture_.description =
            fmt::format("Time per element for {} to {} elements; the figures are in the table.",
                        sizes_.front().n, sizes_.back().n);
        return draw_lines(picture_);
    }

  private:
    /// The textbook formula in the ISA that others are compared with; else the one with the least time.
    [[nodiscard]] std::size_t fastest(const std::vector<std::size_t>& kernels) const {
        const auto time = [&](std::size_t k) {
            const timing* timed = report_.all.kernels[k].timed(*group_.usual);
            if (k == group_.naive) return 0.0;
            return timed == nullptr ? std::numeric_limits<double>::infinity() : timed->ns.median;
        };
        return *std::min_element(kernels.begin(), kernels.end(),
                                 [&](auto a, auto b) { return time(a) < time(b); });
    }

    void find_scales() {
        double low = std::numeric_limits<double>::infinity();
        double high = 0.0;
        for (const condition& under : sizes_) {
            for (const kernel& each : report_.all.kernels) {
                const bool shown = each.is_copy() ? each.label.key.dtype == group_.dtype : belongs(each);
                const timing* time = shown ? each.timed(under) : nullptr;
                if (time == nullptr) continue;
                low = std::min(low, time->ns.median);
                high = std::max(high, time->ns.median);
            }
        }
        up_ = axis::logarithmic(low / 1.2, std::max(high, low * 4) * 1.2, line_frame.bottom, line_frame.top);
    }

    [[nodiscard]] bool belongs(const kernel& of) const {
        const kernel& first = report_.all.kernels[group_.kernels.front()];
        return of.label.key.function == first.label.key.function && of.label.key.dtype == group_.dtype;
    }

    [[nodiscard]] double x_of(std::uint64_t n) const {
        const auto octave = [](std::uint64_t of) {
            return std::log2(static_cast<double>(std::max<std::uint64_t>(1, of)));
        };
        const double low = octave(sizes_.front().n);
        const double high = octave(sizes_.back().n);
        constexpr double margin = 14;
        return line_frame.left + margin +
               (line_frame.right - line_frame.left - 2 * margin) * (octave(n) - low) / (high - low);
    }

    /// Where input and output together fill a level of the cache.
    void add_caches() {
        const dtype_facts* dtype = find_dtype(group_.dtype);
        if (dtype == nullptr || report_.results.bench.empty()) return;
        for (const auto& [level, bytes] : data_cache_sizes(report_.results.bench.front().context)) {
            const auto n = static_cast<std::uint64_t>(bytes / (2.0 * static_cast<double>(dtype->bytes)));
            if (n > sizes_.front().n && n < sizes_.back().n)
                picture_.verticals.emplace_back(x_of(n), fmt::format("L{} full", level));
        }
    }

    [[nodiscard]] std::vector<std::pair<double, double>> points_of(const kernel& of) const {
        std::vector<std::pair<double, double>> points;
        for (const condition& under : sizes_) {
            if (const timing* time = of.timed(under))
                points.emplace_back(x_of(under.n), up_(time->ns.median));
        }
        return points;
    }

    /// At each size the fastest copy.
    void add_copies() {
        plot_line line;
        line.is = plot_line::kind::floor;
        for (const condition& under : sizes_) {
            const kernel* floor = report_.all.fastest_copy(group_.dtype, under);
            if (floor != nullptr)
                line.points.emplace_back(x_of(under.n), up_(floor->timed(under)->ns.median));
        }
        if (line.points.size() > 1) picture_.lines.push_back(std::move(line));
    }

    void add_kernel(std::size_t k, const std::optional<std::size_t>& style) {
        plot_line line;
        line.name = name_and_isa(report_.all.kernels[k]);
        line.kernels = std::to_string(k);
        line.points = points_of(report_.all.kernels[k]);
        line.dotted = true;
        line.is = style ? plot_line::kind::highlighted : plot_line::kind::greyed;
        line.style = style.value_or(0);
        if (line.points.size() > 1) picture_.lines.push_back(std::move(line));
    }

    const report& report_;
    const kernel_group& group_;
    std::vector<condition> sizes_;
    line_picture picture_;
    axis up_ = axis::logarithmic(1.0, 10.0, line_frame.bottom, line_frame.top);
};

}  // namespace

std::optional<chart> draw_envelope(const report& of, const function_group& function,
                                   const kernel_group& group) {
    const dtype_facts* dtype = find_dtype(group.dtype);
    const std::vector<alike> all = group_alike(of, group);
    double largest = 0.0;
    for (const alike& each : all) {
        for (const binade_error& binade : of.all.kernels[each.kernels.front()].checked->binades)
            largest = std::max(largest, std::isfinite(binade.max_ulp) ? binade.max_ulp : 0x1p60);
    }
    const bool measured = std::any_of(all.begin(), all.end(), [&](const alike& each) {
        return !of.all.kernels[each.kernels.front()].checked->binades.empty();
    });
    if (dtype == nullptr || !measured) return std::nullopt;
    const input_scale across(*dtype, line_frame.left, line_frame.right);
    const axis up = error_axis(largest, dtype->digits);
    line_picture picture;
    picture.id = stem_of("range", function, group);
    picture.title = fmt::format("{}, {}: largest error by input", function.title, group.dtype);
    picture.subtitle = "one step for each sign and exponent of the input; ticks below: seams between pieces";
    picture.x_name = "input";
    picture.y_name = "max error (ULP)";
    picture.x_ticks = across.ticks();
    picture.y_ticks = labelled_ticks(up);
    for (const alike& each : all) {
        const accuracy_row& row = *of.all.kernels[each.kernels.front()].checked;
        if (row.binades.empty() || !each.shown) continue;
        plot_line line = line_of(of, each);
        add_binades(row, across, up, line);
        picture.lines.push_back(std::move(line));
    }
    picture.description =
        "Steps of largest errors; each kernel's worst input is in the table of worst inputs.";
    return draw_lines(picture);
}

std::optional<chart> draw_histogram(const report& of, const function_group& function,
                                    const kernel_group& group) {
    const std::vector<alike> all = group_alike(of, group);
    const histogram_builder builder(of, all);
    if (builder.empty()) return std::nullopt;
    line_picture picture;
    picture.id = stem_of("spread", function, group);
    picture.title = fmt::format("{}, {}: how errors are spread", function.title, group.dtype);
    picture.subtitle = "share of all results by their error, a step an octave";
    picture.x_name = "error (ULP)";
    picture.y_name = "share of results";
    picture.description =
        "Share of results by their error in ULP. The share correctly rounded is in the table.";
    builder.build(picture);
    return draw_lines(picture);
}

std::optional<chart> draw_sizes(const report& of, const function_group& function, const kernel_group& group) {
    if (!group.usual || sizes_of(group).size() < 2) return std::nullopt;
    return size_builder(of, function, group).build();
}

}  // namespace ulpfront::reports
