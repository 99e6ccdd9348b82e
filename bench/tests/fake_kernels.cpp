// Kernels for the tests of ulpfront-bench: a good one, and one for each way of going wrong.
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <iterator>
#include <stdexcept>

#include "impls/kernel_abi.h"

namespace {

bool poisoned = false;

template <class T>
void relu(void* /*ctx*/, const void* in, void* out, std::size_t n) {
    const T* from = static_cast<const T*>(in);
    T* to = static_cast<T*>(out);
    for (std::size_t i = 0; i < n; ++i) to[i] = from[i] < T(0) ? T(0) : from[i];
}

void dies_when_large(void* ctx, const void* in, void* out, std::size_t n) {
    if (n >= 2048) std::raise(SIGSEGV);
    relu<float>(ctx, in, out, n);
}

void endless(void* /*ctx*/, const void* /*in*/, void* out, std::size_t /*n*/) {
    for (volatile char* to = static_cast<char*>(out);;) *to = 1;
}

void waits(void* /*ctx*/, const void* /*in*/, void* /*out*/, std::size_t /*n*/) {
    for (;;) pause();
}

void throws(void* /*ctx*/, const void* /*in*/, void* /*out*/, std::size_t /*n*/) {
    throw std::runtime_error("not a C function");
}

void leaves(void* /*ctx*/, const void* /*in*/, void* /*out*/, std::size_t /*n*/) { std::exit(0); }

void poisons(void* ctx, const void* in, void* out, std::size_t n) {
    poisoned = true;
    relu<float>(ctx, in, out, n);
}

void victim(void* ctx, const void* in, void* out, std::size_t n) {
    if (poisoned) std::raise(SIGSEGV);
    relu<float>(ctx, in, out, n);
}

void* no_context(std::size_t /*n_max*/) { return nullptr; }

void destroyed_without_creation(void* /*ctx*/) { std::raise(SIGILL); }

constexpr ulpfront_row row(const char* function, const char* kernel,
                           void (*eval)(void*, const void*, void*, std::size_t)) {
    ulpfront_row result{};
    result.function = function;
    result.kernel = kernel;
    result.method = ULPFRONT_METHOD_STABLE;
    result.dtype = ULPFRONT_DTYPE_F32;
    result.isa = ULPFRONT_ISA_SCALAR;
    result.eval = eval;
    return result;
}

constexpr ulpfront_row with_null_create() {
    ulpfront_row result = row("relu", "no_context", relu<float>);
    result.create = no_context;
    result.destroy = destroyed_without_creation;
    return result;
}

constexpr ulpfront_row of_dtype(std::uint32_t dtype, const char* kernel,
                                void (*eval)(void*, const void*, void*, std::size_t)) {
    ulpfront_row result = row("relu", kernel, eval);
    result.dtype = dtype;
    return result;
}

constexpr ulpfront_row all[] = {
    row("relu", "good", relu<float>),
    row("relu", "dies_when_large", dies_when_large),
    row("relu", "endless", endless),
    row("relu", "waits", waits),
    row("relu", "throws", throws),
    row("relu", "leaves", leaves),
    row("relu", "poisons", poisons),
    row("relu", "victim", victim),
    row("relu", "wrong", relu<float>),
    row("mystery", "plain", relu<float>),
    with_null_create(),
    of_dtype(ULPFRONT_DTYPE_F64, "good", relu<double>),
    of_dtype(ULPFRONT_DTYPE_I8, "quantised", relu<signed char>),
};

constexpr const ulpfront_row* rows[] = {&all[0], &all[1], &all[2], &all[3],  &all[4],  &all[5], &all[6],
                                        &all[7], &all[8], &all[9], &all[10], &all[11], &all[12]};
static_assert(std::size(rows) == std::size(all));

constexpr ulpfront_table table = {
    .abi_version = ULPFRONT_ABI_VERSION,
    .row_size = sizeof(ulpfront_row),
    .rows = rows,
    .row_count = std::size(rows),
    .library = "fake",
    .version = "1\xff",  // not UTF-8: must not spoil the JSON
    .compiler = nullptr,
    .flags = nullptr,
};

}  // namespace

extern "C" const ulpfront_table* ulpfront_kernels() { return &table; }
