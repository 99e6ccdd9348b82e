/* Libraries that are bad to load; BAD says which way. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ulpfront/kernel_abi.h"

#define no_symbol 1
#define other_version 2
#define duplicate 3
#define null_eval 4
#define null_row 5
#define null_table 6
#define unknown_dtype 7
#define dies 8
#define dies_early 9
#define exits 10
#define hangs 11

static void copy(void* ctx, const void* in, void* out, size_t n) {
    (void)ctx;
    memmove(out, in, n * sizeof(float));
}

static const struct ulpfront_row row = {.function = "null",
                                        .kernel = "copy",
                                        .method = ULPFRONT_METHOD_NULL,
                                        .dtype = BAD == unknown_dtype ? 99 : ULPFRONT_DTYPE_F32,
                                        .isa = ULPFRONT_ISA_SCALAR,
                                        .eval = BAD == null_eval ? NULL : copy};
static const struct ulpfront_row* const rows[] = {&row, BAD == null_row ? NULL : &row};
static const struct ulpfront_table table = {.abi_version = ULPFRONT_ABI_VERSION + (BAD == other_version),
                                            .row_size = sizeof(struct ulpfront_row),
                                            .rows = rows,
                                            .row_count = BAD == duplicate || BAD == null_row ? 2 : 1,
                                            .library = "bad"};

#if BAD == dies_early
__attribute__((constructor)) static void die(void) { abort(); }
#endif

#if BAD == no_symbol
__attribute__((visibility("default"))) int something_else(void);
int something_else(void) { return table.row_count != 0; }
#else
const struct ulpfront_table* ulpfront_kernels(void) {
#if BAD == dies
    *(volatile int*)(uintptr_t)0x1234560 = 0;
#elif BAD == exits
    exit(0);
#elif BAD == hangs
    for (volatile int i = 0;; i = i + 1) {
    }
#endif
    return BAD == null_table ? NULL : &table;
}
#endif
