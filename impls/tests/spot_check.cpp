// spot_check LIBRARY...: tries every kernel of kernel libraries on some 65,000 inputs of all magnitudes
// against the functions' definitions in binary64, those of binary64 on some 8,000 against the definitions in
// the compiler's longest type, and every tail length. Much less than ulpfront-accuracy does, but it needs
// nothing except the C library: it is how a cross-compiled library is tried under an emulator. Exit: 0 all
// keep their promises, 1 some do not, 2 a library cannot be loaded.
#include <dlfcn.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <type_traits>
#include <vector>

#include "impls/kernel_abi.h"
#include "ulpfront/functions.hpp"

namespace {

using ulpfront::function_facts;

/// What the definitions for T are evaluated in.
template <class T>
using exact_type = std::conditional_t<std::is_same_v<T, float>, double, long double>;

template <class T>
struct known_function {
    const function_facts* facts;
    exact_type<T> (*value)(const exact_type<T>&);
};

template <class Definition, class Real>
Real evaluate(const Real& x) {
    return Definition{}(x);
}

template <class T>
constexpr known_function<T> known_functions[] = {
#define ULPFRONT_KNOWN(name) \
    {&ulpfront::functions::name##_facts, &evaluate<ulpfront::functions::name##_value<T>, exact_type<T>>},
    ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_KNOWN)
#undef ULPFRONT_KNOWN
};

template <class T>
const known_function<T>* find_function(const char* name) {
    const auto& all = known_functions<T>;
    const auto* const found = std::find_if(std::begin(all), std::end(all), [&](const auto& each) {
        return std::strcmp(each.facts->name, name) == 0;
    });
    return found == std::end(all) ? nullptr : found;
}

/// Inputs of every binade and sign, subnormal, infinite and NaN ones among them: a stride through the bits.
template <class T>
std::vector<T> make_inputs() {
    using limits = std::numeric_limits<T>;
    using bits_type = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    constexpr bits_type stride = sizeof(T) == 4 ? 65521 : (bits_type{1} << 51) - 0x123456789;
    std::vector<T> inputs{T(0),          -T(0),           limits::infinity(), -limits::infinity(),
                          limits::max(), limits::lowest()};
    bits_type bits = 0;
    do {
        inputs.push_back(std::bit_cast<T>(bits));
        bits += stride;
    } while (bits >= stride);
    return inputs;
}

template <class T>
exact_type<T> exact_value(const known_function<T>& function, exact_type<T> x) {
    if (!std::isinf(x)) return function.value(x);
    const double limit = x < 0 ? function.facts->at_minus_infinity : function.facts->at_plus_infinity;
    // A limit that is no integer depends on a parameter, which the facts have for binary32.
    if (limit == std::trunc(limit)) return limit;
    return function.value(std::copysign(exact_type<T>(1e4), x));
}

template <class T>
exact_type<T> ulp_of(exact_type<T> exact) {
    using limits = std::numeric_limits<T>;
    const int lowest = limits::min_exponent - 1;
    const int exponent = exact == 0 ? lowest : std::max(std::ilogb(exact), lowest);
    return std::ldexp(exact_type<T>(1), exponent - limits::digits + 1);
}

/// Whether a result keeps the promised error bound; the allowance is for the exact value's own rounding.
template <class T>
bool within_promise(const ulpfront_row& row, exact_type<T> exact, T computed) {
    using real = exact_type<T>;
    constexpr int more = std::numeric_limits<real>::digits - std::numeric_limits<T>::digits;
    const real allowance = std::ldexp(real(1), 9 - more);
    if (static_cast<T>(exact) == computed) return true;
    const real error = std::abs(static_cast<real>(computed) - exact);
    switch (row.promise_kind) {
        case ULPFRONT_PROMISE_ULP:
            return error <= (static_cast<real>(row.promise_value) + allowance) * ulp_of<T>(exact);
        case ULPFRONT_PROMISE_EXACT:
            return error <= (real(0.5) + allowance) * ulp_of<T>(exact);
        case ULPFRONT_PROMISE_ABSOLUTE:
            return error <= static_cast<real>(row.promise_value) * (1 + allowance) *
                                std::max(real(1), std::abs(exact));
        default:
            return true;
    }
}

template <class T>
bool acceptable(const ulpfront_row& row, const known_function<T>& function, T x, T computed) {
    if (std::isnan(x)) return std::isnan(computed) || (row.promise_flags & ULPFRONT_FLAG_NAN) == 0;
    if (std::isinf(x) && (row.promise_flags & ULPFRONT_FLAG_INF) == 0) return true;
    return within_promise<T>(row, exact_value<T>(function, x), computed);
}

/// How many of the results do not depend on their input alone: each short length again, from a shifted place.
template <class T>
std::size_t count_tail_differences(const ulpfront_row& row, void* ctx, const std::vector<T>& in,
                                   const std::vector<T>& out) {
    constexpr std::size_t longest = 70;
    std::size_t differences = 0;
    std::vector<T> again(longest);
    for (std::size_t n = 0; n <= longest; ++n) {
        const std::size_t from = 1 + n;
        row.eval(ctx, in.data() + from, again.data(), n);
        if (std::memcmp(again.data(), out.data() + from, n * sizeof(T)) != 0) ++differences;
    }
    return differences;
}

/// The number of broken expectations of one kernel; the first is printed.
template <class T>
std::size_t check_row(const ulpfront_row& row, const known_function<T>& function, const std::vector<T>& in) {
    std::vector<T> out(in.size());
    void* const ctx = row.create == nullptr ? nullptr : row.create(in.size());
    row.eval(ctx, in.data(), out.data(), in.size());
    std::size_t broken = 0;
    for (std::size_t i = 0; i < in.size(); ++i) {
        if (acceptable<T>(row, function, in[i], out[i])) continue;
        if (broken++ == 0) {
            std::printf("%s/%s: f(%La) = %La, exactly %La\n", row.function, row.kernel,
                        static_cast<long double>(in[i]), static_cast<long double>(out[i]),
                        static_cast<long double>(exact_value<T>(function, in[i])));
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

template <class T>
void check_table(const ulpfront_table& table, std::uint32_t dtype, tally& count) {
    const std::vector<T> inputs = make_inputs<T>();
    for (std::size_t i = 0; i < table.row_count; ++i) {
        const ulpfront_row& row = *table.rows[i];
        const known_function<T>* function = find_function<T>(row.function);
        if (row.dtype != dtype || function == nullptr) continue;
        ++count.tried;
        if (check_row<T>(row, *function, inputs) != 0) ++count.wrong;
    }
}

}  // namespace

int main(int argc, char** argv) {
    tally all;
    for (int i = 1; i < argc; ++i) {
        void* const library = dlopen(argv[i], RTLD_NOW | RTLD_LOCAL);
        void* const symbol = library == nullptr ? nullptr : dlsym(library, "ulpfront_kernels");
        if (symbol == nullptr) {
            std::fprintf(stderr, "spot_check: %s\n", dlerror());
            return 2;
        }
        const ulpfront_table& table = *std::bit_cast<decltype(&ulpfront_kernels)>(symbol)();
        check_table<float>(table, ULPFRONT_DTYPE_F32, all);
        check_table<double>(table, ULPFRONT_DTYPE_F64, all);
    }
    std::printf("%zu kernels, %zu wrong\n", all.tried, all.wrong);
    return all.tried == 0 || all.wrong != 0 ? 1 : 0;
}
