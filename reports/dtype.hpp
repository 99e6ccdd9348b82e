// What the report must know of the element types.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace ulpfront::reports {

struct dtype_facts {
    std::string_view name;
    int digits;             ///< of the significand, the hidden one included
    int least_exponent;     ///< of the smallest subnormal number
    int greatest_exponent;  ///< every finite number is below two to this
    std::size_t bytes;
};

inline constexpr std::array<dtype_facts, 4> known_dtypes{{
    {"f32", 24, -149, 128, 4},
    {"f64", 53, -1074, 1024, 8},
    {"f16", 11, -24, 16, 2},
    {"bf16", 8, -133, 128, 2},
}};

/// Null for a type that is not known.
constexpr const dtype_facts* find_dtype(std::string_view name) {
    for (const dtype_facts& each : known_dtypes) {
        if (each.name == name) return &each;
    }
    return nullptr;
}

/// The place in which types are shown: the known ones in their order, the others behind them.
constexpr std::size_t dtype_rank(std::string_view name) {
    std::size_t rank = 0;
    while (rank < known_dtypes.size() && known_dtypes[rank].name != name) ++rank;
    return rank;
}

}  // namespace ulpfront::reports
