// Arrays for the reference of a block of any size.
#pragma once

#include <vector>

#include "accuracy/reference/engine.hpp"

namespace ulpfront {

class reference_arrays {
  public:
    explicit reference_arrays(std::size_t n)
        : nearest_(n), rest_(n), value_(n), bound_(n), groups_(reference_block::groups_of(n)) {}

    [[nodiscard]] reference_block block() {
        return {nearest_.data(), rest_.data(), value_.data(), bound_.data(), groups_.data()};
    }

  private:
    std::vector<float> nearest_;
    std::vector<float> rest_;
    std::vector<double> value_;
    std::vector<double> bound_;
    std::vector<reference_group> groups_;
};

}  // namespace ulpfront
