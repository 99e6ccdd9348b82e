// A scale for inputs of every magnitude and both signs.
#pragma once

#include <string>
#include <vector>

#include "reports/charts/lines.hpp"
#include "reports/dtype.hpp"

namespace ulpfront::reports {

/// Negative inputs, zero, positive ones: logarithmic in |x|, with more room for the magnitudes where
/// functions bend, 2^-(digits + 6) to 2^8, than for those where nothing but the exponent changes.
class input_scale {
  public:
    input_scale(const dtype_facts& dtype, double left, double right);

    [[nodiscard]] double operator()(double input) const;
    [[nodiscard]] std::vector<guide> ticks() const;

  private:
    /// 0 for the smallest magnitude, 1 for the largest.
    [[nodiscard]] double share(double exponent) const;

    double least_;
    double low_;
    double high_;
    double greatest_;
    double left_;
    double right_;
};

}  // namespace ulpfront::reports
