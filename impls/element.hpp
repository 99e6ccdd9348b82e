// The element types of arrays that C++20 has no name for, binary16 and bfloat16, and what all of them share:
// every element is a binary32 number.
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
struct element<float> {
    using bits_type = std::uint32_t;
    static constexpr std::uint32_t dtype = ULPFRONT_DTYPE_F32;
    static constexpr number_format format{24, -126, 127};
};
template <>
struct element<f16> {
    using bits_type = std::uint16_t;
    static constexpr std::uint32_t dtype = ULPFRONT_DTYPE_F16;
    static constexpr number_format format{11, -14, 15};
};
template <>
struct element<bf16> {
    using bits_type = std::uint16_t;
    static constexpr std::uint32_t dtype = ULPFRONT_DTYPE_BF16;
    static constexpr number_format format{8, -126, 127};
};

/// The bits of an element, and back.
template <class E>
constexpr typename element<E>::bits_type bits_of_element(E e) {
    return std::bit_cast<typename element<E>::bits_type>(e);
}
template <class E>
constexpr E element_of_bits(std::uint32_t bits) {
    return std::bit_cast<E>(static_cast<typename element<E>::bits_type>(bits));
}

/// The same number as binary32; a NaN keeps its payload and stays signalling if it was.
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
constexpr E narrow(float x);
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
    const float x = widen(a);
    const float y = widen(b);
    return bits_of_element(a) == bits_of_element(b) || (x != x && y != y);
}

/// Position of an element among all of its type in ascending order: -NaNs, -inf ... -0, +0 ... +inf, NaNs.
template <class E>
constexpr E element_at(std::uint32_t position) {
    constexpr std::uint32_t sign = 1U << (sizeof(E) * 8 - 1);
    return element_of_bits<E>((position & sign) != 0 ? position ^ sign : ~position);
}

/// Calls visit(E{}) with the element type of a dtype of one of the three; false for any other.
template <class Visit>
bool with_element(std::uint32_t dtype, Visit&& visit) {
    if (dtype == ULPFRONT_DTYPE_F32) visit(float{});
    if (dtype == ULPFRONT_DTYPE_F16) visit(f16{});
    if (dtype == ULPFRONT_DTYPE_BF16) visit(bf16{});
    return dtype == ULPFRONT_DTYPE_F32 || dtype == ULPFRONT_DTYPE_F16 || dtype == ULPFRONT_DTYPE_BF16;
}

/// The format of a dtype's numbers, by with_element; binary32's for any other.
inline number_format format_of(std::uint32_t dtype) {
    number_format format = element<float>::format;
    with_element(dtype, [&]<class E>(E /*type*/) { format = element<E>::format; });
    return format;
}

}  // namespace ulpfront
