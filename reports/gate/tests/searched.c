/* A kernel of binary64 whose largest errors no sample of inputs shows, built once for each SHAPE they can
 * have. Written against kernel_abi.h alone. */
#include <math.h>
#include <string.h>

#include "ulpfront/kernel_abi.h"

/* What its results between 0.2 and 1.2 are like; elsewhere they are exact. */
enum {
    HILL, /* off by the more ulps the nearer to the middle: a search climbs it */
    HOLE, /* off by one, but by many where the hill has its top: no search comes upon it */
    GAP   /* the same, with NaN there */
};

static const double middle = 0.7123;
static const double narrow = 0x1p-30;

static double off_by(double x, int ulps) { return x * (1.0 + 0x1p-52 * ulps); }

static double shaped(double x) {
    const double distance = fabs(x - middle);
    int exponent = 0;
    if (!(x > 0.2 && x < 1.2)) return x <= 0.0 ? 0.0 : x;
    if (SHAPE == HILL) {
        frexp(distance, &exponent);
        return off_by(x, distance == 0.0 || exponent < -50 ? 52 : 2 - exponent);
    }
    if (distance >= narrow) return off_by(x, 2);
    return SHAPE == HOLE ? off_by(x, 200) : (double)NAN;
}

static void eval(void* ctx, const void* in, void* out, size_t n) {
    const double* x = in;
    double* y = out;
    (void)ctx;
    for (size_t i = 0; i < n; ++i) y[i] = shaped(x[i]);
}

static const struct ulpfront_row only = {.function = "relu",
                                         .kernel = "searched",
                                         .method = ULPFRONT_METHOD_STABLE,
                                         .dtype = ULPFRONT_DTYPE_F64,
                                         .isa = ULPFRONT_ISA_SCALAR,
                                         .promise_kind = ULPFRONT_PROMISE_NONE,
                                         .eval = eval};
static const struct ulpfront_row* const rows[] = {&only};
static const struct ulpfront_table table = {.abi_version = ULPFRONT_ABI_VERSION,
                                            .row_size = sizeof(struct ulpfront_row),
                                            .rows = rows,
                                            .row_count = 1,
                                            .library = "test"};

const struct ulpfront_table* ulpfront_kernels(void) { return &table; }
