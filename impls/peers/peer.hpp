// How a peer, another library, makes its rows: arrays of rows under ULPFRONT_PEER_ROWS.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "impls/kernel_abi.h"

namespace ulpfront::peers {

/// What a peer says of one kernel.
struct peer_facts {
    const char* function;
    const char* kernel;
    const char* note = nullptr;
    double promise_ulp = 0.0;  ///< as its documentation has it; 0: nothing
    std::uint32_t mode_flags = 0;
};

/// The row of a kernel for T. Its code is the other library's: there is no hash of it.
template <class T>
constexpr ulpfront_row make_row(const peer_facts& facts, decltype(ulpfront_row::eval) eval,
                                decltype(ulpfront_row::create) create = nullptr,
                                decltype(ulpfront_row::destroy) destroy = nullptr) {
    return {
        .function = facts.function,
        .kernel = facts.kernel,
        .method = ULPFRONT_METHOD_PEER,
        .dtype = sizeof(T) == sizeof(double) ? ULPFRONT_DTYPE_F64 : ULPFRONT_DTYPE_F32,
        .isa = ULPFRONT_ISA,
        .promise_kind = facts.promise_ulp > 0.0 ? ULPFRONT_PROMISE_ULP : ULPFRONT_PROMISE_NONE,
        .promise_value = facts.promise_ulp,
        .promise_flags = 0,
        .mode_flags = facts.mode_flags,
        .seams = nullptr,
        .seam_count = 0,
        .note = facts.note,
        .code_id = nullptr,
        .create = create,
        .destroy = destroy,
        .eval = eval,
    };
}

/// Several arrays of rows as one.
template <std::size_t... N>
constexpr auto join(const std::array<ulpfront_row, N>&... parts) {
    std::array<ulpfront_row, (N + ...)> all{};
    std::size_t used = 0;
    const auto add = [&](const auto& part) {
        for (const ulpfront_row& row : part) all[used++] = row;
    };
    (add(parts), ...);
    return all;
}

/// Pointers to each of an array's rows.
template <std::size_t N>
constexpr std::array<const ulpfront_row*, N> pointers_to(const std::array<ulpfront_row, N>& rows) {
    std::array<const ulpfront_row*, N> pointers{};
    for (std::size_t i = 0; i < N; ++i) pointers[i] = &rows[i];
    return pointers;
}

}  // namespace ulpfront::peers

/// Registers arrays of rows; once in a peer, as two arrays in the section could have a gap between them.
#define ULPFRONT_PEER_ROWS(...)                                                    \
    namespace {                                                                    \
    constexpr auto all_rows = ulpfront::peers::join(__VA_ARGS__);                  \
    [[gnu::section("ulpfront_rows"), gnu::used]] constexpr auto all_row_pointers = \
        ulpfront::peers::pointers_to(all_rows);                                    \
    }
