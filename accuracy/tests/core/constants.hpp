// What several tests of the core calculate with.
#pragma once

#include <limits>

namespace ulpfront {

inline constexpr float inf = std::numeric_limits<float>::infinity();

}  // namespace ulpfront
