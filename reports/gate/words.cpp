#include "reports/gate/words.hpp"

#include <fmt/format.h>

#include <cmath>

namespace ulpfront::gate {

std::string percent(double share) { return fmt::format("{:+.1f} %", 100.0 * share); }

std::string seen_words(const speed_result& from) {
    if (!std::isfinite(from.seen)) return "too few quads to see any slow-down with 95 %";
    return fmt::format("would have seen {:.1f} % with 95 %", 100.0 * from.seen);
}

std::string speed_words(const speed_result& from) {
    if (!from.error.empty()) return from.error;
    if (from.is_untimed()) return "not timed: there was no time left for it";
    const change moved = change_of(from);
    const auto [base, candidate] = times_of(from);
    std::string words = fmt::format("{} ({} to {}), {:.4g} -> {:.4g} ns", percent(moved.median),
                                    percent(moved.low), percent(moved.high), base, candidate);
    if (from.verdict == speed_verdict::slower) {
        words += "; measured again and confirmed";
    } else if (!from.confirmed.empty()) {
        words += "; a suspicion that measuring again did not confirm";
    } else if (from.suspect) {
        words += "; a suspicion that there was no time to confirm";
    }
    words += fmt::format("; {} quads", from.evidence().size());
    if (from.discarded > 0) words += fmt::format(", {} epochs discarded", from.discarded);
    return words;
}

std::string bits_words(const kernel_result& from) {
    if (!from.bits || from.bits->changed == 0) return "";
    return fmt::format("{} of {} results changed their bits, first at {}: {} -> {}", from.bits->changed,
                       from.bits->compared, from.bits->input, from.bits->base, from.bits->candidate);
}

std::string instruction_words(const instructions& from) {
    if (!from.why_not.empty()) return "not counted: " + from.why_not;
    return fmt::format("{:.2f} -> {:.2f} instructions per element ({})", from.base, from.candidate,
                       percent(from.ratio() - 1.0));
}

std::string accepted_words(const loss& from) {
    return from.accepted.empty() ? "" : " [accepted: " + from.accepted + "]";
}

}  // namespace ulpfront::gate
