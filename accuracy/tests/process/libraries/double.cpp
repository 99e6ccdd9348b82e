// Kernels of f64, right ones and wrong ones.
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <limits>

#include "ulpfront/kernel_abi.h"

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

double relu(double x) { return x <= 0.0 ? 0.0 : x; }
double next(double x) { return std::nextafter(x, inf); }
/// Rounded twice, the first time with eleven bits more or, where long double has them, with sixty.
double sigmoid(double x) {
    return static_cast<double>(1.0L / (1.0L + std::exp(-static_cast<long double>(x))));
}
double tanh_of(double x) { return static_cast<double>(std::tanh(static_cast<long double>(x))); }
/// x / (1 + e^-x), but x e^x / (1 + e^x) for x < 0: neither NaN nor -0 at -infinity where the limit is -0.
double silu(double x) {
    const auto wide = static_cast<long double>(x);
    if (x == -inf) return -0.0;
    const long double e = std::exp(-std::abs(wide));
    return static_cast<double>(wide * (x < 0.0 ? e : 1.0L) / (1.0L + e));
}

template <class Function>
void map(const void* in, void* out, std::size_t n, Function function) {
    const auto* x = static_cast<const double*>(in);
    auto* y = static_cast<double*>(out);
    for (std::size_t i = 0; i < n; ++i) y[i] = function(x[i], i);
}

#define KERNEL(name) void name(void* /*ctx*/, const void* in, void* out, std::size_t n)
#define OF(expression) \
    map(in, out, n, [&]([[maybe_unused]] double x, [[maybe_unused]] std::size_t i) { return expression; })

KERNEL(right_relu) { OF(relu(x)); }
KERNEL(right_sigmoid) { OF(sigmoid(x)); }
KERNEL(right_tanh) { OF(tanh_of(x)); }
KERNEL(right_silu) { OF(silu(x)); }
/// The next number up, at one of 2^64 inputs: the second after 1.
KERNEL(one_wrong) { OF(x == 1.0 + 0x1p-51 ? next(x) : relu(x)); }
/// One ulp off, here and there: a promise of one is kept, of a hair less broken.
KERNEL(one_ulp_off) { OF(x > 3.0 && x < 3.1 ? next(x) : relu(x)); }
KERNEL(nan_swallowed) { OF(x > 0.0 ? x : 0.0); }
KERNEL(nan_at_minus_infinity) { OF(x / (1.0 + std::exp(-x))); }
KERNEL(finite_at_infinity) { OF(x == inf ? std::numeric_limits<double>::max() : relu(x)); }
KERNEL(overflows_early) { OF(x > 0x1p1023 ? inf : relu(x)); }
KERNEL(plus_zero) { OF(tanh_of(x) + 0.0); }
KERNEL(subnormals_flushed) { OF(std::fpclassify(x) == FP_SUBNORMAL ? 0.0 : relu(x)); }
KERNEL(dip) { OF(x > 2.0 && x < 2.1 ? 1.99 : relu(x)); }
KERNEL(absolute) { OF(x > 0.0 && x < 1.0 ? x + 0x1.01p-10 : relu(x)); }
KERNEL(nothing_at_zero) { OF(x == 0.0 ? 0x1p-20 : relu(x)); }
KERNEL(in_single) { OF(static_cast<double>(1.0F / (1.0F + std::exp(-static_cast<float>(x))))); }
/// Right where binary32 reaches.
KERNEL(clamped_as_single) { OF(relu(x) > 3.4e38 && !(x == inf) ? 3.4e38 : relu(x)); }
KERNEL(lopsided) { OF(x < -1.0 && x > -1.1 ? next(tanh_of(x)) : tanh_of(x)); }
KERNEL(beyond_one) { OF(x > 30.0 ? next(1.0) : sigmoid(x)); }
/// Some fifty ulps off at the top of a hill a thousandth wide.
KERNEL(narrow_hill) {
    OF(sigmoid(x) * (1.0 + 0x1p-52 * std::floor(40.0 / (1.0 + 1e3 * std::abs(x - 0.7123)))));
}
/// Wrong at the top of that hill alone.
KERNEL(hole_in_the_hill) { OF(sigmoid(x) * (std::abs(x - 0.7123) < 2e-5 ? 1.0 + 0x1p-46 : 1.0)); }
KERNEL(nan_in_the_hill) { OF(std::abs(x - 0.7123) < 2e-5 ? std::nan("") : sigmoid(x)); }
KERNEL(dies_at_one) { OF(x == 1.0 ? (std::abort(), 0.0) : relu(x)); }
KERNEL(tail_differs) { OF(i >= n / 4 * 4 ? next(relu(x)) : relu(x)); }
KERNEL(lane_leaks) {
    const auto* all = static_cast<const double*>(in);
    OF((i ^ 1U) < n && std::isnan(all[i ^ 1U]) ? all[i ^ 1U] : relu(x));
}
KERNEL(one_past_the_end) {
    right_relu(nullptr, in, out, n);
    static_cast<double*>(out)[n] = 1.0;
}

constexpr std::uint32_t all_flags = ULPFRONT_FLAG_NAN | ULPFRONT_FLAG_INF | ULPFRONT_FLAG_NEG_ZERO |
                                    ULPFRONT_FLAG_SUBNORMALS | ULPFRONT_FLAG_IN_PLACE;

constexpr ulpfront_row row(const char* kernel, const char* function, std::uint32_t promise, double value,
                           std::uint32_t flags, void (*eval)(void*, const void*, void*, std::size_t)) {
    ulpfront_row result{};
    result.function = function;
    result.kernel = kernel;
    result.method = ULPFRONT_METHOD_SIMD;
    result.dtype = ULPFRONT_DTYPE_F64;
    result.isa = ULPFRONT_ISA_AUTO;
    result.promise_kind = promise;
    result.promise_value = value;
    result.promise_flags = flags;
    result.eval = eval;
    return result;
}

#define ROW(kernel, function, promise, value, flags) \
    row(#kernel, #function, ULPFRONT_PROMISE_##promise, value, flags, kernel)
constexpr ulpfront_row all_rows[] = {
    ROW(right_relu, relu, EXACT, 0.0, all_flags | ULPFRONT_FLAG_MONOTONE),
    ROW(right_sigmoid, sigmoid, ULP, 0.501, all_flags),
    ROW(right_tanh, tanh, ULP, 0.501, all_flags),
    // At the smallest number x/2 + x^2/4 is a tie but for the square, which long double does not see.
    ROW(right_silu, silu, ULP, 0.502, all_flags),
    row("one_ulp_off", "relu", ULPFRONT_PROMISE_ULP, 1.0, all_flags, one_ulp_off),
    row("a_hair_more", "relu", ULPFRONT_PROMISE_ULP, 1.0 - 0x1p-40, all_flags, one_ulp_off),
    ROW(one_wrong, relu, EXACT, 0.0, 0),
    ROW(nan_swallowed, relu, NONE, 0.0, all_flags),
    ROW(nan_at_minus_infinity, silu, NONE, 0.0, all_flags),
    ROW(finite_at_infinity, relu, NONE, 0.0, all_flags),
    ROW(overflows_early, relu, NONE, 0.0, all_flags),
    ROW(plus_zero, tanh, NONE, 0.0, all_flags),
    ROW(subnormals_flushed, relu, NONE, 0.0, all_flags),
    ROW(dip, relu, NONE, 0.0, ULPFRONT_FLAG_MONOTONE),
    ROW(absolute, relu, ABSOLUTE, 0x1p-10, 0),
    ROW(nothing_at_zero, relu, ABSOLUTE, 0x1p-10, 0),
    ROW(in_single, sigmoid, ULP, 4.0, 0),
    ROW(clamped_as_single, relu, ULP, 1.0, 0),
    ROW(lopsided, tanh, NONE, 0.0, 0),
    ROW(beyond_one, sigmoid, NONE, 0.0, 0),
    ROW(narrow_hill, sigmoid, ULP, 2.0, 0),
    ROW(hole_in_the_hill, sigmoid, ULP, 2.0, 0),
    ROW(nan_in_the_hill, sigmoid, NONE, 0.0, 0),
    ROW(dies_at_one, relu, NONE, 0.0, 0),
    ROW(tail_differs, relu, NONE, 0.0, 0),
    ROW(lane_leaks, relu, NONE, 0.0, 0),
    ROW(one_past_the_end, relu, NONE, 0.0, 0),
};

struct pointers {
    const ulpfront_row* to[std::size(all_rows)];
};
constexpr pointers make_pointers() {
    pointers all{};
    for (std::size_t i = 0; i < std::size(all_rows); ++i) all.to[i] = &all_rows[i];
    return all;
}
constexpr pointers rows = make_pointers();
constexpr ulpfront_table table = {.abi_version = ULPFRONT_ABI_VERSION,
                                  .row_size = sizeof(ulpfront_row),
                                  .rows = rows.to,
                                  .row_count = std::size(all_rows),
                                  .library = "double",
                                  .version = "1",
                                  .compiler = nullptr,
                                  .flags = nullptr};

}  // namespace

const ulpfront_table* ulpfront_kernels() { return &table; }
