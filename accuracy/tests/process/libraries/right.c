/* Right kernels that must stay green, written against kernel_abi.h alone. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ulpfront/kernel_abi.h"

#define MAP(expression)              \
    const float* x = in;             \
    float* y = out;                  \
    (void)ctx;                       \
    for (size_t i = 0; i < n; ++i) { \
        const double d = x[i];       \
        (void)d;                     \
        y[i] = (float)(expression);  \
    }

static void relu(void* ctx, const void* in, void* out, size_t n) { MAP(x[i] <= 0.0F ? 0.0F : x[i]) }
static void leaky_relu(void* ctx, const void* in, void* out, size_t n) {
    MAP(d < 0.0 ? d * (double)0.01F : d)
}
static void sigmoid(void* ctx, const void* in, void* out, size_t n) { MAP(1.0 / (1.0 + exp(-d))) }
static void tanh_(void* ctx, const void* in, void* out, size_t n) { MAP(tanh(d)) }
static void cube(void* ctx, const void* in, void* out, size_t n) { MAP(d * d * d) }

/* Subnormal inputs and results count as zero, as declared. */
static float flushed(float x) { return fpclassify(x) == FP_SUBNORMAL ? copysignf(0.0F, x) : x; }
static void leaky_relu_flushed(void* ctx, const void* in, void* out, size_t n) {
    MAP(flushed((float)((double)flushed(x[i]) * (d < 0.0 ? (double)0.01F : 1.0))))
}

/* Works in a buffer of its context, in pieces. */
struct scratch {
    size_t room;
    float* values;
};
static void* create_scratch(size_t n_max) {
    struct scratch* s = malloc(sizeof *s);
    s->room = n_max < 1000 ? n_max : 1000;
    s->values = malloc((s->room + 1) * sizeof(float));
    return s;
}
static void destroy_scratch(void* ctx) {
    free(((struct scratch*)ctx)->values);
    free(ctx);
}
static void relu_through_scratch(void* ctx, const void* in, void* out, size_t n) {
    struct scratch* s = ctx;
    for (size_t i = 0; i < n; i += s->room) {
        const size_t count = n - i < s->room ? n - i : s->room;
        memcpy(s->values, (const float*)in + i, count * sizeof(float));
        relu(NULL, s->values, (float*)out + i, count);
    }
}

#define ALL_FLAGS                                                                                \
    (ULPFRONT_FLAG_NAN | ULPFRONT_FLAG_INF | ULPFRONT_FLAG_NEG_ZERO | ULPFRONT_FLAG_SUBNORMALS | \
     ULPFRONT_FLAG_IN_PLACE)
#define ROW(function_, kernel_, promise_, value_, flags_, eval_)                        \
    static const struct ulpfront_row row_##kernel_ = {.function = #function_,           \
                                                      .kernel = #kernel_,               \
                                                      .method = ULPFRONT_METHOD_STABLE, \
                                                      .dtype = ULPFRONT_DTYPE_F32,      \
                                                      .isa = ULPFRONT_ISA_SCALAR,       \
                                                      .promise_kind = promise_,         \
                                                      .promise_value = value_,          \
                                                      .promise_flags = flags_,          \
                                                      .eval = eval_};

ROW(relu, relu, ULPFRONT_PROMISE_EXACT, 0.0, ALL_FLAGS | ULPFRONT_FLAG_MONOTONE, relu)
ROW(leaky_relu, leaky_relu, ULPFRONT_PROMISE_ULP, 0.5, ALL_FLAGS | ULPFRONT_FLAG_MONOTONE, leaky_relu)
ROW(sigmoid, sigmoid, ULPFRONT_PROMISE_ULP, 0.5001, ALL_FLAGS, sigmoid)
ROW(tanh, tanh, ULPFRONT_PROMISE_ULP, 0.5001, ALL_FLAGS, tanh_)
ROW(cube, cube, ULPFRONT_PROMISE_NONE, 0.0, 0, cube)
static const struct ulpfront_row row_flushed = {.function = "leaky_relu",
                                                .kernel = "flushed",
                                                .method = ULPFRONT_METHOD_STABLE,
                                                .dtype = ULPFRONT_DTYPE_F32,
                                                .isa = ULPFRONT_ISA_SCALAR,
                                                .promise_kind = ULPFRONT_PROMISE_ULP,
                                                .promise_value = 0.5,
                                                .mode_flags = ULPFRONT_MODE_FLUSH_TO_ZERO,
                                                .eval = leaky_relu_flushed};
static const struct ulpfront_row row_scratch = {.function = "relu",
                                                .kernel = "scratch",
                                                .method = ULPFRONT_METHOD_STABLE,
                                                .dtype = ULPFRONT_DTYPE_F32,
                                                .isa = ULPFRONT_ISA_AUTO,
                                                .promise_kind = ULPFRONT_PROMISE_EXACT,
                                                .promise_flags = ALL_FLAGS,
                                                .create = create_scratch,
                                                .destroy = destroy_scratch,
                                                .eval = relu_through_scratch};
static const struct ulpfront_row row_int8 = {.function = "relu",
                                             .kernel = "in_int8",
                                             .method = ULPFRONT_METHOD_STABLE,
                                             .dtype = ULPFRONT_DTYPE_I8,
                                             .isa = ULPFRONT_ISA_SCALAR,
                                             .eval = relu};
static const struct ulpfront_row row_elsewhere = {.function = "relu",
                                                  .kernel = "elsewhere",
                                                  .method = ULPFRONT_METHOD_STABLE,
                                                  .dtype = ULPFRONT_DTYPE_F32,
                                                  .isa = ULPFRONT_ISA_AVX512X,
                                                  .eval = relu};

static const struct ulpfront_row* const rows[] = {&row_relu,    &row_leaky_relu, &row_sigmoid,
                                                  &row_tanh,    &row_cube,       &row_flushed,
                                                  &row_scratch, &row_int8,       &row_elsewhere};
static const struct ulpfront_table table = {.abi_version = ULPFRONT_ABI_VERSION,
                                            .row_size = sizeof(struct ulpfront_row),
                                            .rows = rows,
                                            .row_count = sizeof rows / sizeof rows[0],
                                            .library = "right",
                                            .version = "1.0"};
const struct ulpfront_table* ulpfront_kernels(void) { return &table; }
