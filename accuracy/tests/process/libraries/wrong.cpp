// A library of deliberately wrong kernels, written against kernel_abi.h alone.
#include <cfenv>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <vector>

#include <unistd.h>

#include "ulpfront/kernel_abi.h"

namespace {

// --- right functions to go wrong from ---------------------------------------------------------------

float relu(float x) { return x <= 0.0F ? 0.0F : x; }
float leaky_relu(float x) { return x < 0.0F ? static_cast<float>(static_cast<double>(x) * 0.01F) : x; }
float elu(float x) { return x < 0.0F ? static_cast<float>(std::expm1(static_cast<double>(x))) : x; }
float sigmoid(float x) { return static_cast<float>(1.0 / (1.0 + std::exp(-static_cast<double>(x)))); }
float next(float x) { return std::nextafter(x, std::numeric_limits<float>::infinity()); }

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float nan_value = std::numeric_limits<float>::quiet_NaN();

template <class Function>
void map(const void* in, void* out, std::size_t n, Function function) {
    const auto* x = static_cast<const float*>(in);
    auto* y = static_cast<float*>(out);
    for (std::size_t i = 0; i < n; ++i) y[i] = function(x[i]);
}

/// For kernels where the place matters: function(x, i).
template <class Function>
void map_indexed(const void* in, void* out, std::size_t n, Function function) {
    const auto* x = static_cast<const float*>(in);
    auto* y = static_cast<float*>(out);
    for (std::size_t i = 0; i < n; ++i) y[i] = function(x[i], i);
}

#define KERNEL(name) \
    void name([[maybe_unused]] void* ctx, [[maybe_unused]] const void* in, void* out, std::size_t n)

// --- the numbers ------------------------------------------------------------------------------------

KERNEL(nan_swallowed) {
    map(in, out, n, [](float x) { return x > 0.0F ? x : 0.0F; });
}
KERNEL(nan_from_numbers) {
    map(in, out, n,
        [](float x) { return std::abs(x) >= 4e26F && std::isfinite(x) ? nan_value : sigmoid(x); });
}
KERNEL(nan_at_minus_infinity) {
    map(in, out, n, [](float x) { return x == -inf ? nan_value : elu(x); });
}
KERNEL(finite_at_infinity) {
    map(in, out, n, [](float x) { return x == inf ? std::numeric_limits<float>::max() : relu(x); });
}
KERNEL(plus_zero) {
    map(in, out, n, [](float x) { return leaky_relu(x) + 0.0F; });
}
KERNEL(subnormals_flushed) {
    map(in, out, n, [](float x) { return std::fpclassify(x) == FP_SUBNORMAL ? std::copysign(0.0F, x) : x; });
}
KERNEL(dip) {
    map(in, out, n, [](float x) { return x > 2.0F && x < 2.01F ? 1.99F : relu(x); });
}
KERNEL(half_an_ulp) { map(in, out, n, leaky_relu); }
KERNEL(one_ulp_off) {
    map(in, out, n, [](float x) { return x > 3.0F && x < 3.1F ? next(x) : relu(x); });
}
KERNEL(absolute) {
    map(in, out, n, [](float x) { return x > 0.0F && x < 1.0F ? x + 0x1.01p-10F : relu(x); });
}
KERNEL(nothing_at_zero) {
    map(in, out, n, [](float x) { return x == 0.0F ? 0x1p-20F : relu(x); });
}
/// Wrong at exactly one of the 2^32 inputs.
KERNEL(one_input) {
    map(in, out, n, [](float x) { return x == 0x1.2345p+13F ? next(x) : relu(x); });
}

// --- the arrays -------------------------------------------------------------------------------------

KERNEL(tail_differs) {
    const std::size_t body = n / 8 * 8;
    map_indexed(in, out, n, [&](float x, std::size_t i) { return i < body ? relu(x) : next(relu(x)); });
}
KERNEL(long_array_differs) {
    map(in, out, n, [&](float x) { return n >= (std::size_t{1} << 20) && x == 1e-30F ? 0.0F : relu(x); });
}
KERNEL(fourth_lane_differs) {
    map_indexed(in, out, n, [](float x, std::size_t i) { return i % 4 == 3 ? next(relu(x)) : relu(x); });
}
KERNEL(special_in_fourth_lane) {
    map_indexed(in, out, n,
                [](float x, std::size_t i) { return i % 64 == 63 && std::isnan(x) ? 0.0F : relu(x); });
}
KERNEL(alignment_matters) {
    const bool odd =
        reinterpret_cast<std::uintptr_t>(out) % 32 == 12 && reinterpret_cast<std::uintptr_t>(in) % 16 == 4;
    map(in, out, n, [&](float x) { return odd ? next(relu(x)) : relu(x); });
}
KERNEL(aliasing_matters) {
    const auto distance = reinterpret_cast<std::intptr_t>(out) - reinterpret_cast<std::intptr_t>(in);
    map(in, out, n, [&](float x) { return distance == -4096 ? next(relu(x)) : relu(x); });
}
KERNEL(lane_leaks) {
    const auto* x = static_cast<const float*>(in);
    map_indexed(in, out, n, [&](float each, std::size_t i) {
        const std::size_t other = i ^ 1U;
        return other < n && std::isnan(x[other]) ? nan_value : relu(each);
    });
}
/// One special value sends all lanes of its vector onto a path of another accuracy.
KERNEL(slow_path_for_all) {
    const auto* x = static_cast<const float*>(in);
    map_indexed(in, out, n, [&](float each, std::size_t i) {
        bool slow = false;
        for (std::size_t k = i / 8 * 8; k < n && k < i / 8 * 8 + 8; ++k) slow = slow || std::isinf(x[k]);
        return slow && each > 0.0F ? next(each) : relu(each);
    });
}
KERNEL(one_past_the_end) {
    map(in, out, n, relu);
    static_cast<float*>(out)[n] = 0.0F;
}
KERNEL(reads_past_the_end) {
    map(in, out, n, relu);
    static_cast<void>(*static_cast<const volatile float*>(static_cast<const float*>(in) + n));
}
KERNEL(reads_whole_vectors) {
    map(in, out, n, relu);
    for (std::size_t i = 0; i < n; i += 8)
        static_cast<void>(*static_cast<const volatile float*>(static_cast<const float*>(in) + i + 7));
}
KERNEL(one_before_the_start) {
    map(in, out, n, relu);
    static_cast<float*>(out)[-1] = 0.0F;
}
KERNEL(touches_when_empty) {
    if (n == 0) static_cast<void>(*static_cast<const volatile float*>(in));
    map(in, out, n, relu);
}
KERNEL(writes_its_input) {
    map(in, out, n, relu);
    if (n > 4) const_cast<volatile float*>(static_cast<const float*>(in))[2] = 0.0F;
}
KERNEL(last_unwritten) { map(in, out, n % 16 == 9 ? n - 1 : n, relu); }
KERNEL(blends_with_output) {
    const auto* y = static_cast<const float*>(out);
    map_indexed(in, out, n,
                [&](float x, std::size_t i) { return n % 16 == 9 && y[i] > 0.0F ? next(relu(x)) : relu(x); });
}
/// Looks at the first input again after the first output was written.
KERNEL(wrong_in_place) {
    const auto* x = static_cast<const volatile float*>(in);
    const float first = n > 0 ? x[0] : 0.0F;
    map_indexed(in, out, n, [&](float each, std::size_t i) {
        return i > 0 && x[0] != first && !std::isnan(first) ? next(relu(each)) : relu(each);
    });
}

// --- the state --------------------------------------------------------------------------------------

KERNEL(remembers) {
    static float last = 0.0F;
    map(in, out, n, [](float x) { return last > 5.0F ? next(relu(x)) : relu(x); });
    if (n > 0) last = static_cast<const float*>(in)[n - 1];
    if (n == 12) last = 6.0F;
}
KERNEL(remembers_nan) {
    static bool seen = false;
    map(in, out, n, [](float x) { return seen ? next(relu(x)) : relu(x); });
    for (std::size_t i = 0; i < n; ++i) seen = seen || std::isnan(static_cast<const float*>(in)[i]);
}
/// Goes through a buffer that all calls share.
KERNEL(shared_scratch) {
    static float scratch[64];
    const auto* x = static_cast<const float*>(in);
    auto* y = static_cast<float*>(out);
    for (std::size_t i = 0; i < n; i += 64) {
        const std::size_t count = n - i < 64 ? n - i : 64;
        std::memcpy(scratch, x + i, count * sizeof(float));
        asm volatile("" ::: "memory");
        map(scratch, y + i, count, relu);
    }
}
KERNEL(rounding_left) {
    map(in, out, n, relu);
    std::fesetround(FE_TOWARDZERO);
}
KERNEL(flush_left) {
    map(in, out, n, relu);
#if defined(__x86_64__)
    __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | 0x8040U);
#else
    std::uint64_t control = 0;
    asm volatile("mrs %0, fpcr" : "=r"(control));
    asm volatile("msr fpcr, %0" : : "r"(control | 0x1000000U));
#endif
}

// --- the process ------------------------------------------------------------------------------------

KERNEL(illegal_instruction) {
    map(in, out, n, relu);
#if defined(__x86_64__)
    asm volatile("ud2");
#else
    asm volatile("udf #0");
#endif
}
KERNEL(wild_pointer) {
    map(in, out, n, relu);
    *reinterpret_cast<volatile float*>(0x1234560) = 0.0F;
}
KERNEL(divides_by_zero) {
    map(in, out, n, relu);
#if defined(__x86_64__)
    asm volatile("xorl %%ecx, %%ecx\n\tidivl %%ecx" : : "a"(1), "d"(0) : "ecx");
#else
    std::raise(SIGFPE);
#endif
}
KERNEL(aborts) {
    map(in, out, n, relu);
    std::abort();
}
KERNEL(throws) {
    map(in, out, n, relu);
    throw std::runtime_error("from a kernel");
}
int bottomless(volatile char* before, long depth) {
    volatile char here[4096];
    here[0] = *before;
    return depth == 0 ? 0 : bottomless(here, depth - 1) + here[0];
}
KERNEL(exhausts_the_stack) {
    map(in, out, n, relu);
    volatile char start = 1;
    bottomless(&start, 1L << 40);
}
KERNEL(crashes_at_one_input) {
    map(in, out, n, [](float x) {
        if (x == 0x1p+100F) std::abort();
        return relu(x);
    });
}
KERNEL(exits) {
    map(in, out, n, relu);
    std::exit(0);
}
KERNEL(closes_descriptors) {
    map(in, out, n, relu);
    for (int i = 0; i < 64; ++i) close(i);
}
KERNEL(returns_twice) {
    map(in, out, n, relu);
    if (n == 12) fork();
}
/// The second process keeps all descriptors open, and goes by no signal sent to its group.
KERNEL(leaves_a_process) {
    map(in, out, n, relu);
    if (fork() == 0) {
        setsid();
        sleep(60);
        std::_Exit(0);
    }
    std::abort();
}
KERNEL(never_returns) {
    map(in, out, n, relu);
    while (true) asm volatile("");
}
KERNEL(sleeps_for_ever) {
    map(in, out, n, relu);
    while (true) pause();
}
KERNEL(hangs_at_one_input) {
    map(in, out, n, [](float x) {
        while (x == 0x1p+100F) asm volatile("");
        return relu(x);
    });
}
KERNEL(right) { map(in, out, n, relu); }

void* create_nothing(std::size_t) { return nullptr; }
void* create_and_die(std::size_t) { std::abort(); }
void* create_something(std::size_t) { return std::malloc(1); }
void destroy_and_die(void*) { std::abort(); }
void destroy_and_hang(void*) {
    while (true) pause();
}

// --- the table --------------------------------------------------------------------------------------

constexpr std::uint32_t FLAG_NAN = ULPFRONT_FLAG_NAN;
constexpr std::uint32_t FLAG_INF = ULPFRONT_FLAG_INF;
constexpr std::uint32_t FLAG_NEG_ZERO = ULPFRONT_FLAG_NEG_ZERO;
constexpr std::uint32_t FLAG_SUBNORMALS = ULPFRONT_FLAG_SUBNORMALS;
constexpr std::uint32_t FLAG_MONOTONE = ULPFRONT_FLAG_MONOTONE;
constexpr std::uint32_t FLAG_IN_PLACE = ULPFRONT_FLAG_IN_PLACE;

ulpfront_row row(const char* kernel, const char* function, std::uint32_t promise, double value,
                 std::uint32_t flags, void (*eval)(void*, const void*, void*, std::size_t)) {
    ulpfront_row result{};
    result.function = function;
    result.kernel = kernel;
    result.method = ULPFRONT_METHOD_NAIVE;
    result.dtype = ULPFRONT_DTYPE_F32;
    result.isa = ULPFRONT_ISA_SCALAR;
    result.promise_kind = promise;
    result.promise_value = value;
    result.promise_flags = flags;
    result.eval = eval;
    return result;
}

ulpfront_row prepared(const char* kernel, void* (*create)(std::size_t), void (*destroy)(void*)) {
    ulpfront_row result = row(kernel, "relu", ULPFRONT_PROMISE_NONE, 0.0, 0, right);
    result.create = create;
    result.destroy = destroy;
    return result;
}

std::vector<ulpfront_row> make_rows() {
    std::vector<ulpfront_row> rows;
#define WRONG(kernel, function, promise, value, flags, code) \
    rows.push_back(row(#kernel, #function, ULPFRONT_PROMISE_##promise, value, flags, kernel));
#include "wrong_kernels.inc"
#undef WRONG
    rows.push_back(row("one_input", "relu", ULPFRONT_PROMISE_EXACT, 0.0, 0, one_input));
    rows.push_back(row("never_returns", "relu", ULPFRONT_PROMISE_NONE, 0.0, 0, never_returns));
    rows.push_back(row("sleeps_for_ever", "relu", ULPFRONT_PROMISE_NONE, 0.0, 0, sleeps_for_ever));
    rows.push_back(row("hangs_at_one_input", "relu", ULPFRONT_PROMISE_NONE, 0.0, 0, hangs_at_one_input));
    rows.push_back(row("unknown_and_wrong", "no_such_function", ULPFRONT_PROMISE_NONE, 0.0, 0, lane_leaks));
    rows.push_back(prepared("create_gives_null", create_nothing, nullptr));
    rows.push_back(prepared("create_dies", create_and_die, nullptr));
    rows.push_back(prepared("destroy_dies", create_something, destroy_and_die));
    rows.push_back(prepared("destroy_hangs", create_something, destroy_and_hang));
    return rows;
}

}  // namespace

const ulpfront_table* ulpfront_kernels() {
    static const std::vector<ulpfront_row> rows = make_rows();
    static const std::vector<const ulpfront_row*> pointers = [] {
        std::vector<const ulpfront_row*> list;
        for (const ulpfront_row& each : rows) list.push_back(&each);
        return list;
    }();
    static const ulpfront_table table{ULPFRONT_ABI_VERSION,
                                      sizeof(ulpfront_row),
                                      pointers.data(),
                                      pointers.size(),
                                      "wrong",
                                      "1.0",
                                      nullptr,
                                      nullptr};
    return &table;
}
