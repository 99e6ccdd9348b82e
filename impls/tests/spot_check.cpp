// spot_check LIBRARY...: tries every kernel of kernel libraries on some 65,000 inputs of all magnitudes
// against the functions' definitions in binary64, and every tail length. Much less than ulpfront-accuracy
// does, but it needs nothing except the C library: it is how a cross-compiled library is tried under an
// emulator. Exit: 0 all keep their promises, 1 some do not, 2 a library cannot be loaded.
#include <dlfcn.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <vector>

#include "impls/kernel_abi.h"
#include "ulpfront/functions.hpp"

namespace {

using ulpfront::function_facts;

struct known_function {
    const function_facts* facts;
    double (*value)(const double&);
};

template <class Definition>
double evaluate(const double& x) {
    return Definition{}(x);
}

constexpr known_function known_functions[] = {
#define ULPFRONT_KNOWN(name) \
    {&ulpfront::functions::name##_facts, &evaluate<ulpfront::functions::name##_value<float>>},
    ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_KNOWN)
#undef ULPFRONT_KNOWN
};

const known_function* find_function(const char* name) {
    const auto* const found =
        std::find_if(std::begin(known_functions), std::end(known_functions),
                     [&](const auto& each) { return std::strcmp(each.facts->name, name) == 0; });
    return found == std::end(known_functions) ? nullptr : found;
}

/// Inputs of every binade and sign, subnormal, infinite and NaN ones among them: a stride through the bits.
std::vector<float> make_inputs() {
    constexpr std::uint64_t stride = 65521;
    std::vector<float> inputs{0.0F,
                              -0.0F,
                              std::numeric_limits<float>::infinity(),
                              -std::numeric_limits<float>::infinity(),
                              std::numeric_limits<float>::max(),
                              std::numeric_limits<float>::lowest()};
    for (std::uint64_t bits = 0; bits < (1ULL << 32U); bits += stride) {
        inputs.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    }
    return inputs;
}

double exact_value(const known_function& function, double x) {
    if (std::isinf(x)) return x < 0 ? function.facts->at_minus_infinity : function.facts->at_plus_infinity;
    return function.value(x);
}

double ulp_of(double exact) {
    const int exponent = exact == 0.0 ? -126 : std::max(std::ilogb(exact), -126);
    return std::ldexp(1.0, exponent - 23);
}

/// Whether a result keeps the promised error bound; the allowance is for binary64's own rounding.
bool within_promise(const ulpfront_row& row, double exact, float computed) {
    constexpr double allowance = 0x1p-20;
    if (static_cast<double>(static_cast<float>(exact)) == static_cast<double>(computed)) return true;
    const double error = std::abs(static_cast<double>(computed) - exact);
    switch (row.promise_kind) {
        case ULPFRONT_PROMISE_ULP:
            return error <= (row.promise_value + allowance) * ulp_of(exact);
        case ULPFRONT_PROMISE_EXACT:
            return error <= (0.5 + allowance) * ulp_of(exact);
        case ULPFRONT_PROMISE_ABSOLUTE:
            return error <= row.promise_value * (1 + allowance) * std::max(1.0, std::abs(exact));
        default:
            return true;
    }
}

bool acceptable(const ulpfront_row& row, const known_function& function, float x, float computed) {
    if (std::isnan(x)) return std::isnan(computed) || (row.promise_flags & ULPFRONT_FLAG_NAN) == 0;
    if (std::isinf(x) && (row.promise_flags & ULPFRONT_FLAG_INF) == 0) return true;
    return within_promise(row, exact_value(function, static_cast<double>(x)), computed);
}

/// How many of the results do not depend on their input alone: each short length again, from a shifted place.
std::size_t count_tail_differences(const ulpfront_row& row, void* ctx, const std::vector<float>& in,
                                   const std::vector<float>& out) {
    constexpr std::size_t longest = 70;
    std::size_t differences = 0;
    std::vector<float> again(longest);
    for (std::size_t n = 0; n <= longest; ++n) {
        const std::size_t from = 1 + n;
        row.eval(ctx, in.data() + from, again.data(), n);
        if (std::memcmp(again.data(), out.data() + from, n * sizeof(float)) != 0) ++differences;
    }
    return differences;
}

/// The number of broken expectations of one kernel; the first is printed.
std::size_t check_row(const ulpfront_row& row, const known_function& function, const std::vector<float>& in) {
    std::vector<float> out(in.size());
    void* const ctx = row.create == nullptr ? nullptr : row.create(in.size());
    row.eval(ctx, in.data(), out.data(), in.size());
    std::size_t broken = 0;
    for (std::size_t i = 0; i < in.size(); ++i) {
        if (acceptable(row, function, in[i], out[i])) continue;
        if (broken++ == 0) {
            std::printf("%s/%s: f(%a) = %a, exactly %a\n", row.function, row.kernel,
                        static_cast<double>(in[i]), static_cast<double>(out[i]),
                        exact_value(function, static_cast<double>(in[i])));
        }
    }
    const std::size_t differences = count_tail_differences(row, ctx, in, out);
    if (differences != 0) std::printf("%s/%s: results depend on the length\n", row.function, row.kernel);
    if (row.destroy != nullptr) row.destroy(ctx);
    return broken + differences;
}

/// Kernels tried and found wanting, of one library.
struct tally {
    std::size_t tried = 0;
    std::size_t wrong = 0;
};

tally check_table(const ulpfront_table& table, const std::vector<float>& inputs) {
    tally count;
    for (std::size_t i = 0; i < table.row_count; ++i) {
        const ulpfront_row& row = *table.rows[i];
        const known_function* function = find_function(row.function);
        if (row.dtype != ULPFRONT_DTYPE_F32 || function == nullptr) continue;
        ++count.tried;
        if (check_row(row, *function, inputs) != 0) ++count.wrong;
    }
    return count;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<float> inputs = make_inputs();
    tally all;
    for (int i = 1; i < argc; ++i) {
        void* const library = dlopen(argv[i], RTLD_NOW | RTLD_LOCAL);
        void* const symbol = library == nullptr ? nullptr : dlsym(library, "ulpfront_kernels");
        if (symbol == nullptr) {
            std::fprintf(stderr, "spot_check: %s\n", dlerror());
            return 2;
        }
        const tally one = check_table(*std::bit_cast<decltype(&ulpfront_kernels)>(symbol)(), inputs);
        all.tried += one.tried;
        all.wrong += one.wrong;
    }
    std::printf("%zu kernels on %zu inputs, %zu wrong\n", all.tried, inputs.size(), all.wrong);
    return all.tried == 0 || all.wrong != 0 ? 1 : 0;
}
