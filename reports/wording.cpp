#include "reports/wording.hpp"

#include <fmt/format.h>

#include <string_view>

#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

/// A name as a regular expression that matches it alone: selections are regular expressions.
std::string literal_pattern(const std::string& name) {
    std::string pattern;
    for (const char c : name) {
        if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
    }
    return pattern;
}

void add_count(const std::optional<std::uint64_t>& count, const char* what, std::string& text) {
    if (count.value_or(0) > 0)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count_text(*count), what);
}

}  // namespace

std::string dominance_text(const model& all, std::size_t winner, std::size_t loser, const condition& under) {
    const kernel& better = all.kernels[winner];
    const kernel& worse = all.kernels[loser];
    const speed_order speed = compare_speed(better.timed(under)->ns, worse.timed(under)->ns);
    const bool more_accurate = *better.checked->max_ulp < *worse.checked->max_ulp;
    if (speed == speed_order::faster)
        return more_accurate ? "faster and more accurate" : "faster, same error";
    return "as fast, more accurate";
}

std::string standing_text(const model& all, std::size_t of, const condition& under) {
    const kernel& each = all.kernels[of];
    const timing* time = each.timed(under);
    if (!each.defect().empty()) return "not compared: " + each.defect();
    if (time == nullptr) return "not timed";
    if (!time->within_isa) return "not compared: no error measured";
    if (const auto& by = time->within_isa->dominator) {
        const bool by_absolute = time->absolute && time->absolute->on_front;
        return fmt::format("{}beaten by {}: {}", by_absolute ? "on the front by absolute error; in ULP " : "",
                           all.kernels[*by].label.shown, dominance_text(all, *by, of, under));
    }
    std::string text = "on the front";
    for (const std::size_t tie : time->within_isa->ties)
        text += ", ties with " + all.kernels[tie].label.shown;
    if (time->over_all->on_front) return text + "; also over all ISAs";
    return text;
}

std::string reproduce_command(const accuracy_row& row) {
    if (row.worst_input.empty()) return "";
    const kernel_label& label = row.label;
    std::string command =
        fmt::format("build/release/bin/ulpfront-accuracy eval --function {} --dtype {} --kernel {} --isa {}",
                    shell_word(literal_pattern(label.key.function)), shell_word(label.key.dtype),
                    shell_word(literal_pattern(label.shown)), shell_word(label.key.isa));
    if (!row.path.empty()) command += " --kernels " + shell_word(row.path);
    // Behind "--" a leading minus is not taken for a flag.
    return command + (row.worst_input.front() == '-' ? " -- " : " ") + shell_word(row.worst_input);
}

std::string grave_text(const accuracy_row& row) {
    std::string text;
    add_count(row.nan_mismatches, "NaN", text);
    add_count(row.inf_mismatches, "infinite", text);
    return text;
}

std::string outside_text(const accuracy_row& row) {
    std::string text;
    add_count(row.range_violations, "out of range", text);
    return text;
}

std::string mismatches_text(const accuracy_row& row) {
    std::string text = grave_text(row);
    add_count(row.range_violations, "out of range", text);
    add_count(row.monotonicity_violations, "not monotone", text);
    add_count(row.symmetry_violations, "not symmetric", text);
    add_count(row.zero_sign_mismatches, "signs of zero", text);
    add_count(row.flushed_subnormals, "flushed subnormals", text);
    add_count(row.undecided, "undecided", text);
    return text.empty() ? "none" : text;
}

std::string promise_verdict(const accuracy_row& row) {
    const bool promises = row.promise_kind != "none" || !row.promise_flags.empty();
    if (row.status == "broken") return "broken";
    if (row.status == "crashed") return "crashed";
    if (row.status == "timeout") return "timed out";
    if (row.status == "skipped") return "not verified";
    return promises ? "kept" : "";
}

std::string interval_text(const interval& time) {
    return fmt::format("{} ns [{}–{}]", time_text(time.median), time_text(time.low), time_text(time.high));
}

std::string ratio_interval_text(const ratio& of) {
    return fmt::format("{} [{}–{}]", ratio_text(of.value), ratio_text(of.low), ratio_text(of.high));
}

std::string against_text(const comparison& changes) {
    using speed = speed_change::verdict;
    using error = error_change::verdict;
    std::vector<std::string> parts;
    const auto add = [&](std::size_t count, const char* noun, const char* what) {
        if (count > 0) parts.push_back(fmt::format("{} {}", count_of(count, noun), what));
    };
    add(changes.count(error::worse), "kernel", "less exact");
    add(changes.count(speed::slower), "timing", "slower");
    add(changes.count(speed::faster), "timing", "faster");
    add(changes.count(error::better), "kernel", "more exact");
    add(changes.vanished.size(), "kernel", "gone");
    add(changes.appeared.size(), "kernel", "new");
    add(changes.count(speed::same), "timing", "not told apart");
    add(changes.count(speed::identical), "timing", "of identical code");
    add(changes.count(speed::unknown), "timing", "on another machine, without a ratio");
    add(changes.same_errors, "kernel", "with the same errors");
    return parts.empty() ? "nothing in common" : fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace ulpfront::reports
