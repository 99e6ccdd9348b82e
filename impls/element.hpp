// The element types of arrays: binary64, binary32, and those that C++20 has no name for, binary16 and
// bfloat16; and what they share. What is narrower than binary32 is worked on as binary32, which holds it.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#include "impls/kernel_abi.h"

namespace ulpfront {

/// IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits.
struct f16 {
    std::uint16_t bits;
};

/// bfloat16: the upper half of a binary32.
struct bf16 {
    std::uint16_t bits;
};

/// Significand bits with the hidden one, exponents of the smallest normal and of the largest finite numbers.
struct number_format {
    int precision;
    int e_min;
    int e_max;
    friend constexpr bool operator==(const number_format&, const number_format&) = default;
};

template <class E>
struct element;

template <>
struct element<double> {
    using bits_type = std::uint64_t;
    using wide = double;
    static constexpr std::uint32_t dtype = ULPFRONT_DTYPE_F64;
    static constexpr number_format format{53, -1022, 1023};
};
template <>
struct element<float> {
    using bits_type = std::uint32_t;
    using wide = float;
    static constexpr std::uint32_t dtype = ULPFRONT_DTYPE_F32;
    static constexpr number_format format{24, -126, 127};
};
template <>
struct element<f16> {
    using bits_type = std::uint16_t;
    using wide = float;
    static constexpr std::uint32_t dtype = ULPFRONT_DTYPE_F16;
    static constexpr number_format format{11, -14, 15};
};
template <>
struct element<bf16> {
    using bits_type = std::uint16_t;
    using wide = float;
    static constexpr std::uint32_t dtype = ULPFRONT_DTYPE_BF16;
    static constexpr number_format format{8, -126, 127};
};

/// The type that elements of type E are worked on in.
template <class E>
using wide_of = typename element<E>::wide;

/// The bits of an element, and back.
template <class E>
constexpr typename element<E>::bits_type bits_of_element(E e) {
    return std::bit_cast<typename element<E>::bits_type>(e);
}
template <class E>
constexpr E element_of_bits(std::uint64_t bits) {
    return std::bit_cast<E>(static_cast<typename element<E>::bits_type>(bits));
}

/// The same number as binary32, of binary64 as it is; a NaN keeps its payload and stays signalling if it was.
constexpr double widen(double x) { return x; }
constexpr float widen(float x) { return x; }
constexpr float widen(bf16 x) { return std::bit_cast<float>(static_cast<std::uint32_t>(x.bits) << 16); }
constexpr float widen(f16 x) {
    const std::uint32_t sign = static_cast<std::uint32_t>(x.bits & 0x8000U) << 16;
    const std::uint32_t exponent = (x.bits >> 10) & 31U;
    const std::uint32_t fraction = x.bits & 0x3ffU;
    if (exponent == 31) return std::bit_cast<float>(sign | 0x7f800000U | fraction << 13);
    if (exponent > 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
    const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
    return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(magnitude));
}

namespace detail {
/// bits >> count, rounded to nearest, ties to even.
constexpr std::uint32_t shift_rounded(std::uint32_t bits, int count) {
    const std::uint32_t kept = bits >> count;
    const std::uint32_t rest = bits & ((1U << count) - 1);
    const std::uint32_t half = 1U << (count - 1);
    return kept + (rest > half || (rest == half && (kept & 1U) != 0) ? 1U : 0U);
}
}  // namespace detail

/// The nearest element, ties to even; a NaN stays one, quiet, with the upper bits of its payload.
template <class E>
constexpr E narrow(wide_of<E> x);
template <>
constexpr double narrow<double>(double x) {
    return x;
}
template <>
constexpr float narrow<float>(float x) {
    return x;
}
template <>
constexpr bf16 narrow<bf16>(float x) {
    const auto bits = std::bit_cast<std::uint32_t>(x);
    if ((bits & 0x7fffffffU) > 0x7f800000U) return {static_cast<std::uint16_t>(bits >> 16 | 0x40U)};
    // A carry out of the fraction is the next binade, out of the last one infinity.
    return {static_cast<std::uint16_t>(detail::shift_rounded(bits, 16))};
}
template <>
constexpr f16 narrow<f16>(float x) {
    const auto bits = std::bit_cast<std::uint32_t>(x);
    const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000U);
    const std::uint32_t magnitude = bits & 0x7fffffffU;
    const auto with_sign = [&](std::uint32_t of) { return f16{static_cast<std::uint16_t>(sign | of)}; };
    if (magnitude > 0x7f800000U) return with_sign(0x7e00U | (magnitude >> 13 & 0x3ffU));
    if (magnitude >= 0x477ff000U) return with_sign(0x7c00U);  // from 65520 on
    if (magnitude >= 0x38800000U) return with_sign(detail::shift_rounded(magnitude - (112U << 23), 13));
    // Below 2^-14 the spacing is 2^-24; below half of that everything is zero.
    if (magnitude < 0x33000000U) return with_sign(0);
    const std::uint32_t significand = (magnitude & 0x7fffffU) | 0x800000U;
    return with_sign(detail::shift_rounded(significand, 126 - static_cast<int>(magnitude >> 23)));
}

/// Same bits, or both NaN (whatever the payload).
template <class E>
constexpr bool same_element(E a, E b) {
    const wide_of<E> x = widen(a);
    const wide_of<E> y = widen(b);
    return bits_of_element(a) == bits_of_element(b) || (x != x && y != y);
}

/// Position of an element among all of its type in ascending order: -NaNs, -inf ... -0, +0 ... +inf, NaNs.
template <class E>
constexpr E element_at(std::uint64_t position) {
    constexpr std::uint64_t sign = std::uint64_t{1} << (sizeof(E) * 8 - 1);
    return element_of_bits<E>((position & sign) != 0 ? position ^ sign : ~position);
}

/// Calls visit(E{}) with the element type of a dtype; false for one that has none.
template <class Visit>
bool with_element(std::uint32_t dtype, Visit&& visit) {
    switch (dtype) {
        case ULPFRONT_DTYPE_F64:
            visit(double{});
            return true;
        case ULPFRONT_DTYPE_F32:
            visit(float{});
            return true;
        case ULPFRONT_DTYPE_F16:
            visit(f16{});
            return true;
        case ULPFRONT_DTYPE_BF16:
            visit(bf16{});
            return true;
        default:
            return false;
    }
}

/// The format of a dtype's numbers, by with_element; binary32's for any other.
inline number_format format_of(std::uint32_t dtype) {
    number_format format = element<float>::format;
    with_element(dtype, [&]<class E>(E /*type*/) { format = element<E>::format; });
    return format;
}

/// The bits of a number in the wide type of a dtype's elements, and back; double holds all of them.
inline std::uint64_t bits_of_number(std::uint32_t dtype, double number) {
    if (dtype == ULPFRONT_DTYPE_F64) return std::bit_cast<std::uint64_t>(number);
    return std::bit_cast<std::uint32_t>(static_cast<float>(number));
}
inline double number_of_bits(std::uint32_t dtype, std::uint64_t bits) {
    if (dtype == ULPFRONT_DTYPE_F64) return std::bit_cast<double>(bits);
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
}

}  // namespace ulpfront
