// From the model to pictures: what is drawn, in which colours, under which names.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "reports/charts/charts.hpp"
#include "reports/charts/palette.hpp"
#include "reports/distinct.hpp"
#include "reports/dtype.hpp"
#include "reports/report.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

/// An error of 2^p ULP is as large as the result itself.
double all_digits(const std::string& dtype) {
    const dtype_facts* known = find_dtype(dtype);
    return std::ldexp(1.0, known == nullptr ? 53 : known->digits);
}

/// A front over some kernels: of one ISA, or (empty) of all.
class front_builder {
  public:
    front_builder(const report& of, const function_group& function, const kernel_group& group,
                  std::string isa)
        : report_(of), function_(function), group_(group), isa_(std::move(isa)) {}

    /// Nothing where no kernel has both an error and a time.
    std::optional<named_chart> build() {
        for (const std::size_t k : group_.kernels) add_mark(k);
        if (picture_.marks.empty()) return std::nullopt;
        const std::string stem = fmt::format("front-{}-{}{}", slug(function_.name), slug(group_.dtype),
                                             isa_.empty() ? "" : fmt::format("-{}", slug(isa_)));
        picture_.id = stem;
        picture_.title = fmt::format("{}, {}, {}", function_.title, group_.dtype,
                                     isa_.empty() ? "speed against error" : isa_);
        picture_.large = isa_.empty();
        picture_.subtitle = condition_text(*group_.usual);
        picture_.all_digits_lost = all_digits(group_.dtype);
        add_floor();
        add_legend();
        return named_chart{stem + ".svg", draw_front(picture_), picture_.large};
    }

  private:
    [[nodiscard]] std::size_t style_for(const kernel_label& label) const {
        if (isa_.empty()) return report_.all.isa_rank(label.key.isa);
        const auto& methods = report_.all.methods;
        return static_cast<std::size_t>(std::find(methods.begin(), methods.end(), label.method) -
                                        methods.begin());
    }

    void add_mark(std::size_t k) {
        const kernel& each = report_.all.kernels[k];
        const timing* time = each.timed(*group_.usual);
        if (time == nullptr || !each.checked || !each.checked->max_ulp) return;
        if (!isa_.empty() && each.label.key.isa != isa_) return;
        const auto& stands = isa_.empty() ? time->over_all : time->within_isa;
        const auto state = !stands                      ? mark::state::unsound
                           : stands->on_front           ? mark::state::front
                           : time->within_isa->on_front ? mark::state::group_front
                                                        : mark::state::dominated;
        picture_.marks.push_back(
            {.kernel = k,
             .name = isa_.empty() ? each.label.shown + " · " + each.label.key.isa : each.label.shown,
             .tip = tip_of(each, *time),
             .time = time->ns,
             .error = *each.checked->max_ulp,
             .style = style_for(each.label),
             .is = state});
    }

    [[nodiscard]] static std::string tip_of(const kernel& each, const timing& time) {
        return fmt::format("{}: {} ns, {} ULP", name_and_isa(each), time_text(time.ns.median),
                           max_ulp_text(*each.checked));
    }

    /// The line of the copies: the lowest among the runs of the kernels shown.
    void add_floor() {
        for (const mark& each : picture_.marks) {
            const kernel& of = report_.all.kernels[each.kernel];
            const std::size_t run = of.timed(*group_.usual)->run;
            const kernel* floor = report_.all.floor_of(group_.dtype, of.label.key.isa, *group_.usual, run);
            if (floor == nullptr) continue;
            const double time = floor->timed(*group_.usual)->ns.median;
            picture_.floor = std::min(time, picture_.floor.value_or(time));
        }
    }

    void add_legend() {
        std::map<std::size_t, std::string> entries;
        for (const mark& each : picture_.marks) {
            const kernel_label& label = report_.all.kernels[each.kernel].label;
            if (each.is != mark::state::unsound)
                entries[each.style] = isa_.empty() ? label.key.isa : label.method;
        }
        for (const auto& [style, text] : entries) picture_.legend.push_back({style, text});
    }

    const report& report_;
    const function_group& function_;
    const kernel_group& group_;
    std::string isa_;
    front_picture picture_;
};

constexpr colour white{.red = 1.0, .green = 1.0, .blue = 1.0};
constexpr colour nearly_black{.red = 0.086, .green = 0.102, .blue = 0.125};

std::string colour_rules(std::size_t count, const colour& background) {
    std::string rules;
    const auto palette = make_palette(count, background);
    for (std::size_t i = 0; i < count; ++i) rules += fmt::format(".c{}{{color:{}}}", i, palette[i].hex());
    return rules;
}

/// Dashes tell lines apart where colours cannot. The first style has none.
std::string dash_rules(std::size_t count) {
    constexpr std::array<const char*, 4> dashes{"none", "7 3", "2 3", "9 3 2 3"};
    std::string rules;
    for (std::size_t i = 1; i < count; ++i)
        rules += fmt::format(".line.c{0},.many.c{0}{{stroke-dasharray:{1}}}", i, dashes[i % dashes.size()]);
    return rules;
}

}  // namespace

std::vector<named_chart> draw_fronts(const report& of, const function_group& function,
                                     const kernel_group& group) {
    std::vector<named_chart> fronts;
    if (!group.usual) return fronts;
    std::vector<std::string> isas{""};
    std::set<std::string> present;
    for (const std::size_t k : group.kernels) present.insert(of.all.kernels[k].label.key.isa);
    for (const std::string& isa : of.all.isas) {
        if (present.contains(isa) && present.size() > 1) isas.push_back(isa);
    }
    // With a single ISA the picture of all would show the same twice.
    if (present.size() == 1) isas = {*present.begin()};
    for (const std::string& isa : isas) {
        if (auto front = front_builder(of, function, group, isa).build()) fronts.push_back(std::move(*front));
    }
    return fronts;
}

std::optional<named_chart> draw_main_front(const report& of, const function_group& function,
                                           const kernel_group& group) {
    return group.usual ? front_builder(of, function, group, "").build() : std::nullopt;
}

named_chart draw_function_curve(const function_entry& entry, std::size_t style) {
    const std::string stem = "curve-" + slug(entry.name);
    return {stem + ".svg", draw_curve(entry, style, stem), false};
}

std::optional<named_chart> draw_all_curves(const report& of) {
    std::vector<const function_entry*> entries;
    for (const function_group& function : of.all.functions) {
        if (!function.is_floor && function.entry) entries.push_back(&*function.entry);
    }
    if (entries.empty()) return std::nullopt;
    return named_chart{"curves.svg", draw_overview(entries, "curves"), true};
}

std::size_t style_of(const report& of, const function_group& function) {
    std::size_t style = 0;
    for (const function_group& each : of.all.functions) {
        if (&each == &function) break;
        if (!each.is_floor && each.entry) ++style;
    }
    return style;
}

std::size_t colours_needed(const report& of) {
    return std::max({of.all.functions.size(), of.all.isas.size(), of.all.methods.size(), most_lines});
}

std::string page_colours(std::size_t count) {
    return fmt::format("{}{}@media(prefers-color-scheme:dark){{@media screen{{{}}}}}", dash_rules(count),
                       colour_rules(count, white), colour_rules(count, nearly_black));
}

std::string file_colours(std::size_t count) { return dash_rules(count) + colour_rules(count, white); }

}  // namespace ulpfront::reports
