// The order of a floating-point format's numbers.
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace ulpfront {

/// The unsigned integer of T's size.
template <class T>
using bits_of = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

/// Position of x among all values of T in ascending order: -NaNs, -inf ... -0, +0 ... +inf, NaNs.
template <class T>
constexpr bits_of<T> ordered_key(T x) {
    const auto bits = std::bit_cast<bits_of<T>>(x);
    constexpr auto sign = bits_of<T>{1} << (sizeof(T) * 8 - 1);
    return (bits & sign) != 0 ? static_cast<bits_of<T>>(~bits) : static_cast<bits_of<T>>(bits | sign);
}

/// The value at a position.
template <class T>
constexpr T from_ordered_key(bits_of<T> key) {
    constexpr auto sign = bits_of<T>{1} << (sizeof(T) * 8 - 1);
    return std::bit_cast<T>((key & sign) != 0 ? static_cast<bits_of<T>>(key ^ sign)
                                              : static_cast<bits_of<T>>(~key));
}

/// The first of the binary32 numbers of one sign and exponent; these are numbered 0 ... 511, ascending.
constexpr float first_of_binade(std::size_t number) {
    return from_ordered_key<float>(static_cast<std::uint32_t>(number << 23));
}

/// Biased exponents of binary64 between which functions bend: 2^-60 to 2^10.
inline constexpr std::uint64_t first_bend = 1023 - 60;
inline constexpr std::uint64_t last_bend = 1023 + 10;

/// Same bits, or both NaN (whatever the payload).
template <class T>
constexpr bool same_result(T a, T b) {
    return std::bit_cast<bits_of<T>>(a) == std::bit_cast<bits_of<T>>(b) || (a != a && b != b);
}

}  // namespace ulpfront
