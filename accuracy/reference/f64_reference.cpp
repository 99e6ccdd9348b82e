#include "accuracy/reference/f64_reference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "impls/tool.hpp"

namespace ulpfront {
namespace {

/// Where double-doubles keep their digits.
constexpr double smallest = 0x1p-900;
constexpr double largest = 0x1p900;
constexpr double least_told = 0x1p-20;
constexpr std::size_t chunk = 256;

bool is_within(double x) { return smallest <= std::abs(x) && std::abs(x) <= largest; }

}  // namespace

std::optional<located> locate_between(double high, double low, double error) {
    const double magnitude = std::abs(high);
    if (!is_within(high) || !std::isfinite(error)) return std::nullopt;
    const double outward = high < 0.0 ? -low : low;
    int exponent = std::ilogb(magnitude);
    if (magnitude == std::ldexp(1.0, exponent)) {
        // Just below a power of two the ulp is half as large.
        if (outward < -error) {
            --exponent;
        } else if (outward < error) {
            return std::nullopt;
        }
    }
    const int ulp = exponent - 52;
    const double rest = std::ldexp(low, -ulp);
    const double uncertainty = std::ldexp(error, -ulp) * (1.0 + 0x1p-40);
    if (!(uncertainty < least_told) || !(std::abs(rest) + uncertainty < 0.5)) return std::nullopt;
    return located{high, rest, uncertainty, ulp, located::kind::ordinary};
}

f64_reference::f64_reference(const engine_table& engine, const std::string& function)
    : judge_(function), fast_(find_f64_function(engine, function.c_str())) {
    if (fast_ == nullptr)
        throw failure(exit_internal,
                      fmt::format("the reference engine lacks '{}'; build the project anew", function));
}

void f64_reference::locate(const double* x, located* to, std::size_t n) const {
    std::array<double, chunk> high;
    std::array<double, chunk> low;
    std::array<double, chunk> error;
    for (std::size_t begin = 0; begin < n; begin += chunk) {
        const std::size_t count = std::min(chunk, n - begin);
        if (fast_->evaluate != nullptr)
            fast_->evaluate(x + begin, high.data(), low.data(), error.data(), count);
        for (std::size_t i = 0; i < count; ++i) {
            const double at = x[begin + i];
            const auto fast = fast_->evaluate != nullptr && is_within(at)
                                  ? locate_between(high[i], low[i], error[i])
                                  : std::nullopt;
            to[begin + i] = fast ? *fast : judge_.locate(at);
        }
    }
}

}  // namespace ulpfront
