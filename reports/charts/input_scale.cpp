#include "reports/charts/input_scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

/// Of a sign's half, what the smallest magnitudes get, and the largest.
constexpr double outer_share = 0.12;

std::string power_text(int exponent) {
    return exponent == 0 ? "1" : fmt::format("2{}", superscript(exponent));
}

}  // namespace

input_scale::input_scale(const dtype_facts& dtype, double left, double right)
    : least_(dtype.least_exponent),
      low_(std::max(dtype.least_exponent, -dtype.digits - 6)),
      high_(std::min(dtype.greatest_exponent, 8)),
      greatest_(dtype.greatest_exponent),
      left_(left),
      right_(right) {}

double input_scale::share(double exponent) const {
    const double below = low_ > least_ ? outer_share : 0.0;
    const double above = high_ < greatest_ ? outer_share : 0.0;
    if (exponent <= low_)
        return below > 0.0 ? below * std::max(0.0, (exponent - least_) / (low_ - least_)) : 0.0;
    if (exponent >= high_) {
        const double beyond = above > 0.0 ? (exponent - high_) / (greatest_ - high_) : 0.0;
        return 1.0 - above + above * std::min(1.0, beyond);
    }
    return below + (1.0 - below - above) * (exponent - low_) / (high_ - low_);
}

double input_scale::operator()(double input) const {
    const double middle = (left_ + right_) / 2;
    if (input == 0.0) return middle;
    const double half = (right_ - left_) / 2 * share(std::log2(std::abs(input)));
    return input < 0.0 ? middle - half : middle + half;
}

std::vector<guide> input_scale::ticks() const {
    std::vector<guide> guides{{(*this)(0.0), "0"}};
    std::vector<int> exponents{static_cast<int>(high_), 0};
    for (int exponent = -8; exponent > low_ + 4; exponent -= 8) exponents.push_back(exponent);
    if (high_ < greatest_) exponents.push_back(static_cast<int>(greatest_));
    // At most one label in 40 pixels, the plainest first.
    constexpr double room = 40;
    std::stable_sort(exponents.begin(), exponents.end(),
                     [](int a, int b) { return std::abs(a) % 16 < std::abs(b) % 16; });
    for (const int exponent : exponents) {
        for (const double sign : {-1.0, 1.0}) {
            const double at = (*this)(sign * std::ldexp(1.0, exponent == 1024 ? 1023 : exponent));
            const bool free = std::all_of(guides.begin(), guides.end(), [&](const guide& each) {
                return std::abs(each.first - at) >= room;
            });
            if (free) guides.emplace_back(at, fmt::format("{}{}", sign < 0 ? "−" : "", power_text(exponent)));
        }
    }
    return guides;
}

}  // namespace ulpfront::reports
