/* A kernel library for the gate's tests, built once for each thing that can happen between two commits:
 * CHANGE says which. Written against kernel_abi.h alone. */
#include <signal.h>
#include <string.h>

#include "ulpfront/kernel_abi.h"

/* What can have happened. */
enum {
    NOTHING,
    ONE_BIT,
    SPECIAL,
    WORSE,
    SLOW,
    DIES,
    DIES_LARGE,
    HANGS,
    LOOSER,
    RENAMED,
    UNIQUE,
    OTHER_ABI,
    OTHER_ISA
};

static float rectified(float x) { return x <= 0.0F ? 0.0F : x; }

static void good(void* ctx, const void* in, void* out, size_t n) {
    const float* x = in;
    float* y = out;
    (void)ctx;
    for (size_t i = 0; i < n; ++i) y[i] = rectified(x[i]);
}

/* The same again, from memory that the compiler must read. */
static void twice(void* ctx, const void* in, void* out, size_t n) {
    good(ctx, in, out, n);
    __asm__ volatile("" ::: "memory");
    good(ctx, in, out, n);
    __asm__ volatile("" ::: "memory");
    good(ctx, in, out, n);
}

static float bits(unsigned int from) {
    float x = 0.0f;
    memcpy(&x, &from, sizeof x);
    return x;
}

static void changed(void* ctx, const void* in, void* out, size_t n) {
    const float* x = in;
    float* y = out;
    if (CHANGE == SLOW && n == 65536) {
        twice(ctx, in, out, n);
        return;
    }
    if (CHANGE == DIES || (CHANGE == DIES_LARGE && n == 65536)) raise(SIGSEGV);
    if (CHANGE == HANGS) {
        for (volatile int forever = 1; forever != 0;) continue;
    }
    good(ctx, in, out, n);
    for (size_t i = 0; i < n; ++i) {
        if (CHANGE == ONE_BIT && x[i] == bits(0x40490fdbU)) y[i] = bits(0x40490fdcU);
        if (CHANGE == SPECIAL && x[i] != x[i]) y[i] = 0.0F;
        if (CHANGE == WORSE && x[i] > 2.0F) y[i] *= 1.0F + 0x1p-22F;
    }
}

#define ROW(kernel_, promise_, flags_, eval_)                                                              \
    {                                                                                                      \
        .function = "relu", .kernel = (kernel_), .method = ULPFRONT_METHOD_STABLE,                         \
        .dtype = ULPFRONT_DTYPE_F32, .isa = CHANGE == OTHER_ISA ? ULPFRONT_ISA_SSE2 : ULPFRONT_ISA_SCALAR, \
        .promise_kind = ULPFRONT_PROMISE_ULP, .promise_value = (promise_), .promise_flags = (flags_),      \
        .eval = (eval_)                                                                                    \
    }

static const struct ulpfront_row all[] = {
    ROW("good", 4.0, ULPFRONT_FLAG_INF | ULPFRONT_FLAG_NAN, good),
    ROW(CHANGE == RENAMED ? "renamed" : "changed", CHANGE == LOOSER ? 8.0 : 4.0,
        CHANGE == SPECIAL ? ULPFRONT_FLAG_INF : ULPFRONT_FLAG_INF | ULPFRONT_FLAG_NAN, changed),
};
static const struct ulpfront_row* const rows[] = {&all[0], &all[1]};
static const struct ulpfront_table table = {
    .abi_version = CHANGE == OTHER_ABI ? ULPFRONT_ABI_VERSION + 1 : ULPFRONT_ABI_VERSION,
    .row_size = sizeof(struct ulpfront_row),
    .rows = rows,
    .row_count = 2,
    .library = "test"};

const struct ulpfront_table* ulpfront_kernels(void) { return &table; }

#if UNIQUE_SYMBOL
__asm__(
    ".data\n.globl shared_state\n.type shared_state,%gnu_unique_object\n.size shared_state,4\n"
    "shared_state: .long 0\n.text\n");
#endif
