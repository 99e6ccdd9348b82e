/* A kernel library in plain C, written against kernel_abi.h alone. */
#include "ulpfront/kernel_abi.h"

static void eval(void* ctx, const void* in, void* out, size_t n) {
    const float* x = in;
    float* y = out;
    (void)ctx;
    for (size_t i = 0; i < n; ++i) y[i] = x[i] <= 0.0f ? 0.0f : x[i];
}
static const struct ulpfront_row relu = {.function = "relu",
                                         .kernel = "mine",
                                         .method = ULPFRONT_METHOD_SIMD,
                                         .dtype = ULPFRONT_DTYPE_F32,
                                         .isa = ULPFRONT_ISA_AUTO,
                                         .promise_kind = ULPFRONT_PROMISE_EXACT,
                                         .promise_flags = ULPFRONT_FLAG_NAN | ULPFRONT_FLAG_INF,
                                         .eval = eval};
static const struct ulpfront_row* const rows[] = {&relu};
static const struct ulpfront_table table = {.abi_version = ULPFRONT_ABI_VERSION,
                                            .row_size = sizeof(struct ulpfront_row),
                                            .rows = rows,
                                            .row_count = 1,
                                            .library = "example",
                                            .version = "1.0"};

const struct ulpfront_table* ulpfront_kernels(void) { return &table; }
