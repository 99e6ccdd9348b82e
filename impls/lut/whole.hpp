// Whole tables: the correctly rounded result of every 16-bit number, 128 KiB a type, made by the build
// (lut/whole.cpp) and put into the library as they are. To be included by a file that is then a kernel of
// both types, and by nothing else: the tables are those of its folder's function, and everything here is the
// file's own, or the linker would take one function's for all.
#pragma once

#include <cstddef>
#include <cstdint>

#include "impls/element.hpp"
#include "impls/kernel.hpp"

// First binary16's table, then bfloat16's, of the file that CMake names.
asm(".pushsection .rodata\n"
    ".balign 64\n"
    "ulpfront_whole_f16: .incbin \"" ULPFRONT_WHOLE_FILE
    "\", 0, 131072\n"
    "ulpfront_whole_bf16: .incbin \"" ULPFRONT_WHOLE_FILE
    "\", 131072, 131072\n"
    ".popsection\n");
extern "C" {
[[gnu::visibility("hidden")]] extern const std::uint16_t ulpfront_whole_f16[std::size_t{1} << 16];
[[gnu::visibility("hidden")]] extern const std::uint16_t ulpfront_whole_bf16[std::size_t{1} << 16];
}

namespace {

template <const auto& Table, class E>
void look_up(void* /*ctx*/, const void* in, void* out, std::size_t n) {
    const E* from = static_cast<const E*>(in);
    E* to = static_cast<E*>(out);
    for (std::size_t i = 0; i < n; ++i) to[i].bits = Table[from[i].bits];
}

template <const auto& Table, class E>
constexpr ulpfront_row whole_row() {
    return ulpfront::make_row({.kernel = "table",
                               .method = ULPFRONT_METHOD_LUT,
                               .promise_kind = ULPFRONT_PROMISE_EXACT,
                               .promise_flags = ulpfront::all_special_values,
                               .note = "every result in a table of 128 KiB"},
                              ulpfront::dtype_of<E>, &look_up<Table, E>);
}

}  // namespace

/// Registers the rows of the folder's tables; once a file.
#define ULPFRONT_WHOLE_ROWS()                                               \
    ULPFRONT_ROW(whole_f16, whole_row<ulpfront_whole_f16, ulpfront::f16>()) \
    ULPFRONT_ROW(whole_bf16, whole_row<ulpfront_whole_bf16, ulpfront::bf16>())
