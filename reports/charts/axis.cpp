#include "reports/charts/axis.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "reports/text.hpp"

namespace ulpfront::reports {
namespace {

/// 1, 2 or 5 times a power of ten: about six steps over a span.
double step_for(double span) {
    const double rough = span / 6.0;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough * (1.0 - 1e-9)) return factor * power;
    }
    return 10.0 * power;
}

/// Powers of ten beyond the thousands are easier to tell apart as exponents.
std::string power_label(double value, int exponent) {
    return exponent > 3 || exponent < -3 ? "10" + superscript(exponent) : plain_number(value);
}

}  // namespace

axis axis::linear(double low, double high, double first_pixel, double last_pixel, bool whole) {
    axis scale;
    if (!(low < high)) {
        low -= 0.5;
        high = low + 1.0;
    }
    scale.step_ = step_for(high - low);
    scale.low_ = whole ? std::floor(low / scale.step_ + 1e-9) * scale.step_ : low;
    scale.high_ = whole ? std::ceil(high / scale.step_ - 1e-9) * scale.step_ : high;
    scale.first_ = first_pixel;
    scale.last_ = last_pixel;
    return scale;
}

axis axis::logarithmic(double low, double high, double first_pixel, double last_pixel) {
    axis scale;
    scale.low_ = low;
    scale.high_ = high;
    scale.first_ = first_pixel;
    scale.last_ = last_pixel;
    return scale;
}

double axis::operator()(double value) const {
    const double share =
        step_ > 0.0 ? (value - low_) / (high_ - low_) : std::log(value / low_) / std::log(high_ / low_);
    return first_ + share * (last_ - first_);
}

std::vector<tick> axis::ticks() const { return step_ > 0.0 ? linear_ticks() : logarithmic_ticks(); }

std::vector<tick> axis::linear_ticks() const {
    std::vector<tick> found;
    const double slack = 1e-9 * (high_ - low_);
    const auto last = std::llround(std::floor((high_ + slack) / step_));
    for (auto k = std::llround(std::ceil((low_ - slack) / step_)); k <= last; ++k) {
        const double value = static_cast<double>(k) * step_;
        found.push_back({value, plain_number(value)});
    }
    return found;
}

std::vector<tick> axis::logarithmic_ticks() const {
    const double decades = std::log10(high_ / low_);
    const int every = decades > 7.0 ? 2 : 1;
    std::vector<tick> found;
    for (int exponent = static_cast<int>(std::floor(std::log10(low_))); std::pow(10.0, exponent) <= high_;
         ++exponent) {
        for (const int factor : {1, 2, 5}) {
            const double value = factor * std::pow(10.0, exponent);
            if (value < low_ || value > high_) continue;
            const bool labelled = factor == 1 ? exponent % every == 0 : decades < 2.2;
            if (factor != 1 && decades > 4.0) continue;
            found.push_back({value, !labelled     ? ""
                                    : factor == 1 ? power_label(value, exponent)
                                                  : plain_number(value)});
        }
    }
    return found;
}

}  // namespace ulpfront::reports
