// Numbers in JSON, which has no infinities and no NaN: those are strings.
#pragma once

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace ulpfront::bench {

/// A number, or "inf", "-inf", "nan".
inline nlohmann::json to_number(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    return value;
}

/// The way back.
inline double from_number(const nlohmann::json& value) {
    if (value == "nan") return std::numeric_limits<double>::quiet_NaN();
    if (value == "inf") return std::numeric_limits<double>::infinity();
    if (value == "-inf") return -std::numeric_limits<double>::infinity();
    return value.get<double>();
}

}  // namespace ulpfront::bench
