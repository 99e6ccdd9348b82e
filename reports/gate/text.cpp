// The gate's result for a terminal or a log.
#include <fmt/format.h>

#include <algorithm>

#include "reports/gate/accuracy.hpp"
#include "reports/gate/model.hpp"
#include "reports/gate/words.hpp"

namespace ulpfront::gate {
namespace {

std::string build_line(const char* name, const build& from) {
    std::size_t kernels = 0;
    std::string compiler;
    for (const auto& each : from.libraries) {
        kernels += each.at("kernels").get<std::size_t>();
        compiler = each.at("compiler").get<std::string>();
    }
    return fmt::format("{:<10} {} ({} kernels in {} libraries{}{})\n", name, from.path, kernels,
                       from.libraries.size(), compiler.empty() ? "" : ", ", compiler);
}

/// Worth a line although nobody asked for all of them.
bool is_news(const kernel_result& from) {
    return !from.losses.empty() || !from.note.empty() || !bits_words(from).empty() ||
           from.accuracy == accuracy_verdict::fresh || from.accuracy == accuracy_verdict::missing;
}

bool is_news(const speed_result& from) {
    return from.verdict != speed_verdict::same || !from.confirmed.empty();
}

std::string kernel_lines(const kernel_result& from) {
    std::string lines = fmt::format("  {:<12} {}", name_of(from.accuracy), from.id);
    if (!from.note.empty()) lines += ": " + from.note;
    if (const std::string bits = bits_words(from); !bits.empty()) lines += "\n      " + bits;
    for (const loss& each : from.losses) lines += "\n      " + in_words(each) + accepted_words(each);
    return lines + "\n";
}

std::string accuracy_part(const gate_result& from, bool all_lines) {
    std::string text = fmt::format("\naccuracy (inputs: {})\n", from.inputs);
    std::size_t quiet[9] = {};
    for (const kernel_result& each : from.kernels) {
        if (all_lines || is_news(each)) {
            text += kernel_lines(each);
        } else {
            ++quiet[static_cast<std::size_t>(each.accuracy)];
        }
    }
    for (std::size_t i = 0; i < std::size(quiet); ++i) {
        if (quiet[i] == 0) continue;
        text += fmt::format("  {:<12} {} kernels\n", name_of(static_cast<accuracy_verdict>(i)), quiet[i]);
    }
    return text;
}

std::string speed_line(const speed_result& each) {
    return fmt::format("  {:<12} {}: {}{}{}\n", name_of(each.verdict), each.name, speed_words(each),
                       each.error.empty() ? "; " : "", each.error.empty() ? seen_words(each) : "");
}

/// What the quiet ones have in common: how well the gate saw.
std::string same_line(const std::vector<const speed_result*>& same) {
    if (same.empty()) return "";
    const auto& worst = **std::max_element(same.begin(), same.end(),
                                           [](const auto* a, const auto* b) { return a->seen < b->seen; });
    return fmt::format("  {:<12} {} benchmarks, all of which {} or less\n", "same", same.size(),
                       seen_words(worst));
}

std::string speed_part(const gate_result& from, bool all_lines) {
    std::string text = fmt::format("\nspeed (margin {:g} % in cache, {:g} % beyond)\n",
                                   100.0 * from.limits.margin_in_cache, 100.0 * from.limits.margin_beyond);
    std::vector<const speed_result*> quiet;
    std::size_t not_timed = 0;
    for (const speed_result& each : from.speeds) {
        if (each.is_untimed() && !all_lines) {
            ++not_timed;
        } else if (all_lines || is_news(each)) {
            text += speed_line(each);
        } else {
            quiet.push_back(&each);
        }
    }
    text += same_line(quiet);
    if (not_timed > 0)
        text += fmt::format(
            "  {:<12} {} benchmarks: {:g} seconds were not enough; give --budget, or select fewer\n",
            "not timed", not_timed, from.limits.budget);
    for (const loss& each : from.slower) {
        if (!each.accepted.empty() || each.what != "slower")
            text += fmt::format("  {}: {}{}\n", each.kernel, in_words(each), accepted_words(each));
    }
    return text;
}

std::string instruction_part(const gate_result& from, bool all_lines) {
    std::string text;
    std::size_t equal = 0;
    std::string uncounted;
    std::size_t not_counted = 0;
    for (const kernel_result& each : from.kernels) {
        if (!each.counted) continue;
        if (!each.counted->why_not.empty() && !all_lines) {
            ++not_counted;
            uncounted = each.counted->why_not;
        } else if (each.counted->base == each.counted->candidate && !all_lines) {
            ++equal;
        } else {
            text += fmt::format("  {}: {}\n", each.id, instruction_words(*each.counted));
        }
    }
    if (equal > 0) text += fmt::format("  {} kernels execute as many as before\n", equal);
    if (not_counted > 0) text += fmt::format("  {} kernels not counted: {}\n", not_counted, uncounted);
    return text.empty() ? "" : "\ninstructions (Valgrind)\n" + text;
}

}  // namespace

std::string as_text(const gate_result& from, bool all_lines) {
    std::string text = build_line("base", from.base) + build_line("candidate", from.candidate);
    for (const std::string& note : from.notes) text += "note: " + note + "\n";
    if (from.incomparable.empty()) {
        if (from.accuracy_asked) text += accuracy_part(from, all_lines);
        if (!from.speeds.empty()) text += speed_part(from, all_lines);
        text += instruction_part(from, all_lines);
    }
    for (const acceptance& each : from.acceptances) {
        if (!each.used) text += fmt::format("note: the accepted loss in line {} did not occur\n", each.line);
    }
    return text + fmt::format("\n{} ({:.0f} s)\n", summary(from), from.seconds);
}

}  // namespace ulpfront::gate
