// The one function a kernel library of this project, a peer's too, exports: the rows its object files
// registered.
#include <cstddef>

#include "impls/kernel_abi.h"

// Bounds of the section ULPFRONT_ROW writes to, provided by the linker.
extern "C" {
[[gnu::visibility("hidden")]] extern const ulpfront_row* const __start_ulpfront_rows[];  // NOLINT
[[gnu::visibility("hidden")]] extern const ulpfront_row* const __stop_ulpfront_rows[];   // NOLINT

const ulpfront_table* ulpfront_kernels() {
    static const ulpfront_table table = {
        .abi_version = ULPFRONT_ABI_VERSION,
        .row_size = sizeof(ulpfront_row),
        .rows = __start_ulpfront_rows,
        .row_count = static_cast<std::size_t>(__stop_ulpfront_rows - __start_ulpfront_rows),
        .library = ULPFRONT_LIBRARY,
        .version = ULPFRONT_VERSION,
        .compiler = ULPFRONT_COMPILER,
        .flags = ULPFRONT_FLAGS,
    };
    return &table;
}
}
