// Scales with ticks where people expect them.
#pragma once

#include <string>
#include <vector>

namespace ulpfront::reports {

struct tick {
    double value;
    std::string label;  ///< empty for a minor one
};

/// A linear or logarithmic scale from values to pixels.
class axis {
  public:
    /// A linear scale that holds [low, high], widened to whole steps where `whole` asks for it.
    static axis linear(double low, double high, double first_pixel, double last_pixel, bool whole);
    /// A logarithmic scale over [low, high], 0 < low < high.
    static axis logarithmic(double low, double high, double first_pixel, double last_pixel);

    /// The pixel of a value. Values outside lie outside.
    [[nodiscard]] double operator()(double value) const;
    [[nodiscard]] double low() const { return low_; }
    [[nodiscard]] double high() const { return high_; }
    [[nodiscard]] std::vector<tick> ticks() const;

  private:
    [[nodiscard]] std::vector<tick> linear_ticks() const;
    [[nodiscard]] std::vector<tick> logarithmic_ticks() const;

    double low_ = 0.0;
    double high_ = 1.0;
    double first_ = 0.0;
    double last_ = 1.0;
    double step_ = 0.0;  ///< 0: logarithmic
};

}  // namespace ulpfront::reports
