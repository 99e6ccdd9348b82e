#include "reports/gate/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/statistics.hpp"

namespace ulpfront::gate {
namespace {

bool any_open(const std::vector<loss>& losses) {
    return std::any_of(losses.begin(), losses.end(), [](const loss& each) { return each.accepted.empty(); });
}

bool any_less_exact(const gate_result& of) {
    return std::any_of(of.kernels.begin(), of.kernels.end(),
                       [](const kernel_result& each) { return any_open(each.losses); });
}

double median_of(const std::vector<double>& values) {
    return values.empty() ? 0.0 : reports::median_interval(values).median;
}

std::string counted_words(std::size_t count, const char* what) {
    return count == 0 ? "" : fmt::format(", {} {}", count, what);
}

}  // namespace

const char* name_of(accuracy_verdict verdict) {
    constexpr const char* names[] = {"identical", "same bits",    "no worse",     "less exact", "new",
                                     "missing",   "incomparable", "not run here", "unmeasured"};
    return names[static_cast<std::size_t>(verdict)];
}

std::size_t count(const gate_result& of, speed_verdict verdict) {
    return static_cast<std::size_t>(std::count_if(of.speeds.begin(), of.speeds.end(),
                                                  [&](const auto& each) { return each.verdict == verdict; }));
}

std::size_t count(const gate_result& of, accuracy_verdict verdict) {
    return static_cast<std::size_t>(std::count_if(
        of.kernels.begin(), of.kernels.end(), [&](const auto& each) { return each.accuracy == verdict; }));
}

int verdict_code(const gate_result& of) {
    if (!of.incomparable.empty()) return exit_incomparable;
    if (any_less_exact(of)) return exit_less_exact;
    if (any_open(of.slower)) return exit_slower;
    if (count(of, accuracy_verdict::incomparable) > 0 || count(of, speed_verdict::incomparable) > 0)
        return exit_incomparable;
    if (of.fail_on_inconclusive && count(of, speed_verdict::inconclusive) > 0) return exit_inconclusive;
    return 0;
}

std::string summary(const gate_result& of) {
    if (!of.incomparable.empty()) return "incomparable: " + of.incomparable;
    std::size_t open = 0;
    std::size_t accepted = 0;
    const auto add = [&](const std::vector<loss>& losses) {
        for (const loss& each : losses) ++(each.accepted.empty() ? open : accepted);
    };
    for (const kernel_result& each : of.kernels) add(each.losses);
    add(of.slower);
    const char* const verdict = !of.complete ? "interrupted" : verdict_code(of) == 0 ? "pass" : "fail";
    std::string words = fmt::format("{}: {} kernels, {} identical", verdict, of.kernels.size(),
                                    count(of, accuracy_verdict::identical));
    words += counted_words(count(of, accuracy_verdict::less_exact), "less exact");
    words += counted_words(count(of, accuracy_verdict::missing), "missing");
    words += counted_words(count(of, accuracy_verdict::fresh), "new");
    words += counted_words(count(of, accuracy_verdict::incomparable), "incomparable");
    if (!of.speeds.empty()) {
        words += fmt::format("; {} benchmarks", of.speeds.size());
        for (const auto verdict_of : {speed_verdict::slower, speed_verdict::faster, speed_verdict::same,
                                      speed_verdict::inconclusive, speed_verdict::incomparable})
            words += counted_words(count(of, verdict_of), name_of(verdict_of));
    }
    words += fmt::format("; {} losses", open);
    return words + counted_words(accepted, "accepted");
}

change change_of(const speed_result& from) {
    if (from.evidence().empty()) return {};
    const auto interval = reports::median_interval(from.evidence());
    return {std::expm1(interval.median), std::expm1(interval.low), std::expm1(interval.high)};
}

std::pair<double, double> times_of(const speed_result& from) {
    return {median_of(from.base_ns), median_of(from.candidate_ns)};
}

}  // namespace ulpfront::gate
