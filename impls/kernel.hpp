// How a kernel file of this project makes its row.
//
// A plain kernel (naive.cpp) writes a function of one element:
//     template <class T> T naive(T x) { return T(1) / (T(1) + std::exp(-x)); }
//     ULPFRONT_ROW(f32, ulpfront::scalar_row<naive<float>, float>({...}));
// A vector kernel (NAME.simd.cpp) writes a template over xsimd::batch<T, Arch>; simd/map.hpp has its
// twin, simd_row. ULPFRONT_ROW puts a pointer to the row where the library's table finds it; nothing
// runs before main for it.
//
// CMake defines for every kernel file: ULPFRONT_FUNCTION (the folder, a string), ULPFRONT_CODE_ID (a
// symbol, filled in after compilation) and ULPFRONT_ISA (an ULPFRONT_ISA_* value).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>

#include "impls/element.hpp"
#include "impls/kernel_abi.h"

extern "C" const std::uint64_t ULPFRONT_CODE_ID;

namespace ulpfront {

/// dtype id of an element type.
template <class T>
inline constexpr std::uint32_t dtype_of = 0;
template <>
inline constexpr std::uint32_t dtype_of<float> = ULPFRONT_DTYPE_F32;
template <>
inline constexpr std::uint32_t dtype_of<double> = ULPFRONT_DTYPE_F64;
template <>
inline constexpr std::uint32_t dtype_of<f16> = ULPFRONT_DTYPE_F16;
template <>
inline constexpr std::uint32_t dtype_of<bf16> = ULPFRONT_DTYPE_BF16;

/// What a kernel for T computes in where T's own digits do not suffice: of binary64 it is the C library's
/// longest type, with 64 bits of significand on x86-64 and 113 on AArch64.
template <class T>
using wider = std::conditional_t<std::is_same_v<T, float>, double, long double>;

/// Everything IEEE asks for that an accurate kernel promises beside its error bound.
inline constexpr std::uint32_t all_special_values = ULPFRONT_FLAG_NAN | ULPFRONT_FLAG_INF |
                                                    ULPFRONT_FLAG_NEG_ZERO | ULPFRONT_FLAG_SUBNORMALS |
                                                    ULPFRONT_FLAG_IN_PLACE;

/// y = f(x) where f(x) = x/2 + c x^2 + ..., c > 0: above x/2, which at the smallest number is the middle
/// between that and 0, and rounds to 0.
template <class T>
constexpr T above_half(T x, T y) {
    return x > T(0) && y == T(0) ? std::numeric_limits<T>::denorm_min() : y;
}

/// The part of a row that a kernel file states itself.
struct row_facts {
    const char* kernel;
    std::uint32_t method;
    std::uint32_t promise_kind = ULPFRONT_PROMISE_NONE;
    double promise_value = 0.0;
    std::uint32_t promise_flags = 0;
    const char* note = nullptr;
    std::span<const double> seams{};
};

/// A full row from its facts and its array function.
constexpr ulpfront_row make_row(const row_facts& facts, std::uint32_t dtype,
                                void (*eval)(void*, const void*, void*, std::size_t)) {
    return {
        .function = ULPFRONT_FUNCTION,
        .kernel = facts.kernel,
        .method = facts.method,
        .dtype = dtype,
        .isa = ULPFRONT_ISA,
        .promise_kind = facts.promise_kind,
        .promise_value = facts.promise_value,
        .promise_flags = facts.promise_flags,
        .mode_flags = 0,
        .seams = facts.seams.data(),
        .seam_count = facts.seams.size(),
        .note = facts.note,
        .code_id = &ULPFRONT_CODE_ID,
        .create = nullptr,
        .destroy = nullptr,
        .eval = eval,
    };
}

/// A loop over a function of one element.
template <auto Function, class T>
void map_elements(void* /*ctx*/, const void* in, void* out, std::size_t n) {
    const T* from = static_cast<const T*>(in);
    T* to = static_cast<T*>(out);
    for (std::size_t i = 0; i < n; ++i) to[i] = Function(from[i]);
}

/// The row of a kernel that is a function of one element, for elements E: T itself, or as large where the
/// function only moves them.
template <auto Function, class T, class E = T>
constexpr ulpfront_row scalar_row(const row_facts& facts) {
    static_assert(sizeof(T) == sizeof(E));
    return make_row(facts, dtype_of<E>, &map_elements<Function, T>);
}

/// The row of a textbook formula.
template <auto Function, class T>
constexpr ulpfront_row naive_row(const char* note) {
    return scalar_row<Function, T>({.kernel = "naive", .method = ULPFRONT_METHOD_NAIVE, .note = note});
}

/// A loop over a function of one binary32 number, for elements E of 16 bits.
template <auto Function, class E>
void map_widened(void* /*ctx*/, const void* in, void* out, std::size_t n) {
    const E* from = static_cast<const E*>(in);
    E* to = static_cast<E*>(out);
    for (std::size_t i = 0; i < n; ++i) to[i] = narrow<E>(Function(widen(from[i])));
}

/// The row of a textbook formula for elements E of 16 bits.
template <auto Function, class E>
constexpr ulpfront_row widened_naive_row() {
    return make_row({.kernel = "naive",
                     .method = ULPFRONT_METHOD_NAIVE,
                     .note = "the textbook formula in binary32 between two conversions"},
                    dtype_of<E>, &map_widened<Function, E>);
}

}  // namespace ulpfront

/// Registers a row under an identifier of its own in this file.
#define ULPFRONT_ROW(identifier, ...)                                                           \
    namespace {                                                                                 \
    constexpr ulpfront_row identifier##_row = __VA_ARGS__;                                      \
    [[gnu::section("ulpfront_rows"), gnu::used]] const ulpfront_row* const identifier##_entry = \
        &identifier##_row;                                                                      \
    }

/// Registers the rows of a textbook formula of binary32 for both 16-bit types.
#define ULPFRONT_WIDENED_NAIVE_ROWS(...)                                               \
    ULPFRONT_ROW(naive_f16, ulpfront::widened_naive_row<__VA_ARGS__, ulpfront::f16>()) \
    ULPFRONT_ROW(naive_bf16, ulpfront::widened_naive_row<__VA_ARGS__, ulpfront::bf16>())
