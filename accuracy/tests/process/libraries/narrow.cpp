// Kernels of the 16-bit types, right ones and wrong ones.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>

#include "impls/element.hpp"
#include "ulpfront/kernel_abi.h"

namespace {

using namespace ulpfront;

template <class E, class Function>
void map(const void* in, void* out, std::size_t n, Function function) {
    const auto* x = static_cast<const E*>(in);
    auto* y = static_cast<E*>(out);
    for (std::size_t i = 0; i < n; ++i) y[i] = function(x[i], i);
}

template <class E>
E sigmoid_of(E x) {
    return narrow<E>(static_cast<float>(1.0 / (1.0 + std::exp(-static_cast<double>(widen(x))))));
}
template <class E>
E relu_of(E x) {
    return widen(x) <= 0.0F ? narrow<E>(0.0F) : x;
}

#define KERNEL(name)   \
    template <class E> \
    void name(void* /*ctx*/, const void* in, void* out, std::size_t n)

KERNEL(right_relu) {
    map<E>(in, out, n, [](E x, std::size_t) { return relu_of(x); });
}
KERNEL(right_sigmoid) {
    map<E>(in, out, n, [](E x, std::size_t) { return sigmoid_of(x); });
}
/// The next number up, at one of the 65,536 inputs.
KERNEL(one_wrong) {
    map<E>(in, out, n, [](E x, std::size_t) {
        const E y = relu_of(x);
        return widen(x) == 1.5F ? element_of_bits<E>(bits_of_element(y) + 1U) : y;
    });
}
KERNEL(nan_swallowed) {
    map<E>(in, out, n, [](E x, std::size_t) { return widen(x) > 0.0F ? x : narrow<E>(0.0F); });
}
KERNEL(subnormals_flushed) {
    map<E>(in, out, n, [](E x, std::size_t) {
        const E y = relu_of(x);
        return std::abs(widen(y)) < std::ldexp(1.0F, element<E>::format.e_min) ? narrow<E>(0.0F) : y;
    });
}
/// Infinite from half of the largest number on.
KERNEL(overflows_early) {
    map<E>(in, out, n, [](E x, std::size_t) {
        const E y = relu_of(x);
        return widen(y) > std::ldexp(1.0F, element<E>::format.e_max) ? narrow<E>(INFINITY) : y;
    });
}
KERNEL(tail_differs) {
    map<E>(in, out, n, [n](E x, std::size_t i) {
        const E y = sigmoid_of(x);
        return i >= n / 8 * 8 && bits_of_element(y) != 0 ? element_of_bits<E>(bits_of_element(y) ^ 1U) : y;
    });
}
/// Of one input the next number up, where all eight of a group are alike.
KERNEL(company_counts) {
    const auto* all = static_cast<const E*>(in);
    map<E>(in, out, n, [all, n](E x, std::size_t i) {
        const E y = relu_of(x);
        if (widen(x) != 1.5F || i / 8 * 8 + 8 > n) return y;
        const auto* group = all + i / 8 * 8;
        const bool alike =
            std::all_of(group, group + 8, [](E v) { return 1.0F <= widen(v) && widen(v) < 2.0F; });
        return alike ? element_of_bits<E>(bits_of_element(y) + 1U) : y;
    });
}
KERNEL(one_past_the_end) {
    right_relu<E>(nullptr, in, out, n);
    static_cast<E*>(out)[n] = narrow<E>(1.0F);
}

constexpr std::uint32_t all_flags = ULPFRONT_FLAG_NAN | ULPFRONT_FLAG_INF | ULPFRONT_FLAG_NEG_ZERO |
                                    ULPFRONT_FLAG_SUBNORMALS | ULPFRONT_FLAG_IN_PLACE;

#define ROW(function_, kernel_, type_, promise_, value_)                                           \
    constexpr ulpfront_row row_##kernel_##_##type_ = {.function = #function_,                      \
                                                      .kernel = #kernel_,                          \
                                                      .method = ULPFRONT_METHOD_SIMD,              \
                                                      .dtype = element<type_>::dtype,              \
                                                      .isa = ULPFRONT_ISA_AUTO,                    \
                                                      .promise_kind = ULPFRONT_PROMISE_##promise_, \
                                                      .promise_value = value_,                     \
                                                      .promise_flags = all_flags,                  \
                                                      .mode_flags = 0,                             \
                                                      .seams = nullptr,                            \
                                                      .seam_count = 0,                             \
                                                      .note = nullptr,                             \
                                                      .code_id = nullptr,                          \
                                                      .create = nullptr,                           \
                                                      .destroy = nullptr,                          \
                                                      .eval = kernel_<type_>};
#define BOTH(function_, kernel_, promise_, value_) \
    ROW(function_, kernel_, f16, promise_, value_) \
    ROW(function_, kernel_, bf16, promise_, value_)

BOTH(relu, right_relu, EXACT, 0.0)
BOTH(sigmoid, right_sigmoid, ULP, 0.501)
BOTH(relu, one_wrong, EXACT, 0.0)
BOTH(relu, nan_swallowed, NONE, 0.0)
BOTH(relu, subnormals_flushed, NONE, 0.0)
BOTH(relu, overflows_early, NONE, 0.0)
BOTH(sigmoid, tail_differs, NONE, 0.0)
BOTH(relu, company_counts, NONE, 0.0)
BOTH(relu, one_past_the_end, NONE, 0.0)

#define ENTRIES(kernel_) &row_##kernel_##_f16, &row_##kernel_##_bf16
constexpr const ulpfront_row* rows[] = {
    ENTRIES(right_relu),    ENTRIES(right_sigmoid),      ENTRIES(one_wrong),
    ENTRIES(nan_swallowed), ENTRIES(subnormals_flushed), ENTRIES(overflows_early),
    ENTRIES(tail_differs),  ENTRIES(company_counts),     ENTRIES(one_past_the_end)};
constexpr ulpfront_table table = {.abi_version = ULPFRONT_ABI_VERSION,
                                  .row_size = sizeof(ulpfront_row),
                                  .rows = rows,
                                  .row_count = std::size(rows),
                                  .library = "narrow",
                                  .version = "1",
                                  .compiler = nullptr,
                                  .flags = nullptr};

}  // namespace

const ulpfront_table* ulpfront_kernels() { return &table; }
