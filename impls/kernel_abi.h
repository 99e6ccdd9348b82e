/* ulpfront kernel ABI, version 1.
 *
 * The contract between a library of kernels and the tools that time and check them. Plain C (C99 or
 * later, or C++), no other header of the project needed. A kernel library is a shared object that
 * exports ONE function, ulpfront_kernels(), which returns a table of rows; a row is one kernel: one
 * implementation of one function for one element type and one instruction set, over an array.
 *
 *     #include "ulpfront/kernel_abi.h"
 *     static void my_relu(void *ctx, const void *in, void *out, size_t n) { ... }
 *     static const struct ulpfront_row row = {
 *         .function = "relu", .kernel = "mine", .method = ULPFRONT_METHOD_SIMD,
 *         .dtype = ULPFRONT_DTYPE_F32, .isa = ULPFRONT_ISA_AUTO, .eval = my_relu };
 *     static const struct ulpfront_row *const rows[] = {&row};
 *     static const struct ulpfront_table table = {
 *         .abi_version = ULPFRONT_ABI_VERSION, .row_size = sizeof(struct ulpfront_row),
 *         .rows = rows, .row_count = 1, .library = "mylib", .version = "1.0" };
 *     const struct ulpfront_table *ulpfront_kernels(void) { return &table; }
 *
 *     cc -O2 -shared -fPIC my_relu.c -o libmy.so
 *     ulpfront-accuracy check --kernels ./libmy.so --kernel mylib:mine
 *
 * Unset members are zero, and zero always means "nothing promised" or "not known".
 *
 * A library is loaded on whatever CPU runs the tools. A library that holds several ISAs must have
 * constant-initialised rows and no static constructors in files compiled for an ISA: with -mavx512f
 * even a trivial constructor can execute an AVX-512 instruction before anybody asked the CPU.
 * Build with -fvisibility=hidden (and g++: -fno-gnu-unique), so that two builds of the library can be
 * loaded into one process without sharing statics.
 */
#ifndef ULPFRONT_KERNEL_ABI_H
#define ULPFRONT_KERNEL_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ULPFRONT_ABI_VERSION 1u

/* Element types of input and output. */
enum {
    ULPFRONT_DTYPE_F32 = 1,  /* IEEE 754 binary32 */
    ULPFRONT_DTYPE_F64 = 2,  /* IEEE 754 binary64 */
    ULPFRONT_DTYPE_F16 = 3,  /* IEEE 754 binary16 */
    ULPFRONT_DTYPE_BF16 = 4, /* bfloat16: the upper half of a binary32 */
    ULPFRONT_DTYPE_I8 = 5    /* signed 8-bit, quantised; reserved */
};

/* Instruction sets. A tool runs a row only where the CPU has all of it. */
enum {
    ULPFRONT_ISA_AUTO = 1,    /* the library chooses by itself at run time */
    ULPFRONT_ISA_SCALAR = 2,  /* the architecture's baseline, vectoriser off */
    ULPFRONT_ISA_SSE2 = 3,    /* x86-64 baseline */
    ULPFRONT_ISA_AVX2 = 4,    /* AVX2, FMA, F16C */
    ULPFRONT_ISA_AVX512 = 5,  /* AVX-512 F, CD, DQ, BW, VL */
    ULPFRONT_ISA_AVX512X = 6, /* AVX512 and VBMI, BF16 */
    ULPFRONT_ISA_NEON64 = 7   /* AArch64 Advanced SIMD */
};

/* How a kernel works. */
enum {
    ULPFRONT_METHOD_NAIVE = 1,  /* the textbook formula */
    ULPFRONT_METHOD_STABLE = 2, /* no overflow, no cancellation */
    ULPFRONT_METHOD_SIMD = 3,   /* explicit vector code */
    ULPFRONT_METHOD_LUT = 4,    /* lookup table */
    ULPFRONT_METHOD_EXACT = 5,  /* correctly rounded */
    ULPFRONT_METHOD_PEER = 6,   /* another library's */
    ULPFRONT_METHOD_NULL = 7    /* copy: the floor under every time */
};

/* What promise_value means. A promise is about EVERY input of the dtype. */
enum {
    ULPFRONT_PROMISE_NONE = 0,
    ULPFRONT_PROMISE_ULP = 1,     /* |computed - exact| <= promise_value ulp(exact), subnormal results
                                     included; "faithful" is a value below 1 */
    ULPFRONT_PROMISE_EXACT = 2,   /* correctly rounded: nearest, ties to even; value unused */
    ULPFRONT_PROMISE_ABSOLUTE = 3 /* |computed - exact| <= promise_value * max(1, |exact|), and
                                     f(0) is exact where f(0) = 0 */
};

/* promise_flags: each bit set is promised for every input, and judged. */
enum {
    ULPFRONT_FLAG_NAN = 1u << 0,        /* NaN in gives NaN out; no NaN comes from a number */
    ULPFRONT_FLAG_INF = 1u << 1,        /* the limits at -inf and +inf; infinite only where the
                                           correctly rounded result is */
    ULPFRONT_FLAG_NEG_ZERO = 1u << 2,   /* the sign of a zero result */
    ULPFRONT_FLAG_SUBNORMALS = 1u << 3, /* subnormal inputs and results are not flushed */
    ULPFRONT_FLAG_MONOTONE = 1u << 4,   /* monotone wherever the function is */
    ULPFRONT_FLAG_IN_PLACE = 1u << 5    /* in == out gives the same bits as out of place */
};

/* mode_flags: how the kernel differs from plain IEEE arithmetic. */
enum {
    ULPFRONT_MODE_FLUSH_TO_ZERO = 1u << 0 /* declared: subnormal inputs or results count as zero */
};

/* One kernel. */
struct ulpfront_row {
    const char* function;   /* name in the catalogue: "sigmoid"; an unknown one is timed but has no
                               reference. Not null, not empty */
    const char* kernel;     /* name of the kernel, unique per function, dtype and isa in the library.
                               Letters, digits, '_', '-', '.' only */
    uint32_t method;        /* ULPFRONT_METHOD_* */
    uint32_t dtype;         /* ULPFRONT_DTYPE_*, of input and output alike */
    uint32_t isa;           /* ULPFRONT_ISA_* */
    uint32_t promise_kind;  /* ULPFRONT_PROMISE_* */
    double promise_value;   /* see the promise kinds */
    uint32_t promise_flags; /* ULPFRONT_FLAG_* or-ed */
    uint32_t mode_flags;    /* ULPFRONT_MODE_* or-ed */
    const double* seams;    /* input values where the algorithm changes piece, any order; may be null */
    size_t seam_count;
    const char* note;        /* one sentence for people: domain, where it fails; may be null */
    const uint64_t* code_id; /* hash of the object code the kernel was built from; null: not known.
                                A pointer, so that it can be filled in after compilation */

    /* Optional preparation, outside any timing: called once before eval with the largest n that will
     * follow. Returns the context for eval and destroy; null means failure if create is given. */
    void* (*create)(size_t n_max);
    void (*destroy)(void* ctx);

    /* out[i] = f(in[i]) for i < n. Not null. Pointers are aligned to the element only; in == out, or
     * the two are disjoint; n may be 0. Called with round-to-nearest, no flush-to-zero; the control
     * bits must be as found on return (sticky flags may be raised). Re-entrant: two threads may call it
     * at once, each with its own ctx. Deterministic: result i depends on in[i] alone. The process is left
     * as it was found: no second process, no descriptor closed. */
    void (*eval)(void* ctx, const void* in, void* out, size_t n);
};

/* What a library exports. */
struct ulpfront_table {
    uint32_t abi_version;                   /* ULPFRONT_ABI_VERSION */
    uint32_t row_size;                      /* sizeof(struct ulpfront_row) */
    const struct ulpfront_row* const* rows; /* row_count pointers, none null */
    size_t row_count;
    const char* library;  /* short name, shown as library:kernel. Not null; letters, digits, '_', '-', '.' */
    const char* version;  /* of the library measured; may be null */
    const char* compiler; /* that built it; may be null */
    const char* flags;    /* it was built with; may be null */
};

/* The one exported function. Returns the same table every time; never null. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const struct ulpfront_table*
ulpfront_kernels(void);

#ifdef __cplusplus
}
#endif
#endif
