// Kernels that only choose among elements of 16 bits, compared as integers: twice as many a vector as there
// are numbers of binary32, and no conversion.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "impls/element.hpp"
#include "impls/simd/map.hpp"

namespace ulpfront::simd {

/// The row for elements E of a kernel K<E, Arch> that moves them as integers of 16 bits, and rounds nothing.
template <template <class, class> class Kernel, class E>
constexpr ulpfront_row moving_row(const char* name) {
    return make_row({.kernel = name,
                     .method = ULPFRONT_METHOD_SIMD,
                     .promise_kind = ULPFRONT_PROMISE_EXACT,
                     .promise_flags = all_special_values | ULPFRONT_FLAG_MONOTONE,
                     .note = "compared as integers of 16 bits"},
                    dtype_of<E>, &map<Kernel<E, native>, std::int16_t, native>);
}

/// The smaller of two integers; xsimd 8.1 compares and blends on SSE2, which has an instruction.
template <class Arch>
xsimd::batch<std::int16_t, Arch> smaller(const xsimd::batch<std::int16_t, Arch>& a,
                                         const xsimd::batch<std::int16_t, Arch>& b) {
#if defined(__SSE2__)
    if constexpr (std::is_same_v<Arch, xsimd::sse2>) return _mm_min_epi16(a, b);
#endif
    return xsimd::min(a, b);
}

/// The bits of v as an element E.
template <class E>
constexpr std::int16_t moving_bits(float v) {
    return std::bit_cast<std::int16_t>(narrow<E>(v));
}

/// Added to an element's bits it makes integers beyond all others of positive NaNs, by overflow the smallest
/// ones, and of infinity the largest.
template <class E>
inline constexpr std::int16_t past_infinity = INT16_MAX -
                                              moving_bits<E>(std::numeric_limits<float>::infinity());

}  // namespace ulpfront::simd

/// Registers the rows of a kernel that moves elements, for both 16-bit types; once a file.
#define ULPFRONT_MOVING_ROWS(name, ...)                                                    \
    ULPFRONT_ROW(moving_f16, ulpfront::simd::moving_row<__VA_ARGS__, ulpfront::f16>(name)) \
    ULPFRONT_ROW(moving_bf16, ulpfront::simd::moving_row<__VA_ARGS__, ulpfront::bf16>(name))
