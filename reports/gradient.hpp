// What a function's slope means for training, read off its curve: where units die, where gradients vanish.
#pragma once

#include <string>
#include <vector>

#include "reports/results.hpp"

namespace ulpfront::reports {

/// Below this a gradient is said to vanish: 2^-10.
inline constexpr double vanishing_slope = 0x1p-10;

/// A stretch of the curve's inputs, both ends included.
struct stretch {
    double from;
    double to;
    bool at_start;  ///< begins with the curve's first input: what lies further left was not looked at
    bool at_end;
};

struct gradient_facts {
    double zero_share = 0.0;         ///< of the curve's inputs with slope exactly 0
    double steepest = 0.0;           ///< the largest |slope|
    std::vector<stretch> vanishing;  ///< where |slope| < vanishing_slope, zeros included
};

/// Reads the facts off the inputs of a function's curve.
gradient_facts read_gradient(const function_entry& function);

/// "x ≤ −6.92 and x ≥ 6.92"; "nowhere".
std::string vanishing_text(const gradient_facts& facts);

}  // namespace ulpfront::reports
