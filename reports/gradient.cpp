#include "reports/gradient.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

/// Curve inputs lie 20/399 apart: two decimals say all that is known.
std::string input_text(double x) {
    const std::string text = fmt::format("{:.2f}", std::abs(x));
    return x < 0.0 ? "−" + text : text;
}

std::string stretch_text(const stretch& part) {
    if (part.at_start && part.at_end) return "everywhere";
    if (part.at_start) return "x ≤ " + input_text(part.to);
    if (part.at_end) return "x ≥ " + input_text(part.from);
    if (part.from == part.to) return "near x = " + input_text(part.from);
    return fmt::format("{} ≤ x ≤ {}", input_text(part.from), input_text(part.to));
}

}  // namespace

gradient_facts read_gradient(const function_entry& function) {
    const std::size_t count = function.x.size();
    const auto zeros = std::count(function.slope.begin(), function.slope.end(), 0.0);
    gradient_facts facts;
    facts.zero_share = static_cast<double>(zeros) / static_cast<double>(count);
    for (const double slope : function.slope) facts.steepest = std::max(facts.steepest, std::abs(slope));
    for (std::size_t i = 0; i < count; ++i) {
        if (!(std::abs(function.slope[i]) < vanishing_slope)) continue;
        std::size_t last = i;
        while (last + 1 < count && std::abs(function.slope[last + 1]) < vanishing_slope) ++last;
        facts.vanishing.push_back({function.x[i], function.x[last], i == 0, last + 1 == count});
        i = last;
    }
    return facts;
}

std::string vanishing_text(const gradient_facts& facts) {
    if (facts.vanishing.empty()) return "nowhere";
    std::string text;
    for (const stretch& part : facts.vanishing) text += (text.empty() ? "" : " and ") + stretch_text(part);
    return text;
}

}  // namespace ulpfront::reports
