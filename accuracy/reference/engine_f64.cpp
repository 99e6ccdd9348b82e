// The reference of binary64 results: the functions' own templates in double-double with a running bound on
// the error. Its elementary functions are not inlined: compiling would take minutes.
#include <algorithm>
#include <array>
#include <iterator>

#include "accuracy/reference/engine_parts.hpp"
#include "accuracy/reference/precise.hpp"
#include "ulpfront/functions.hpp"

namespace ulpfront {
namespace {

template <class Value>
[[gnu::noinline]] precise from_template(pack x) {
    return Value{}(precise(double_double(x), pack(0.0)));
}

template <class Value>
void evaluate(const double* x, double* high, double* low, double* error, std::size_t n) {
    for (std::size_t i = 0; i < n; i += pack_width) {
        const std::size_t count = std::min(pack_width, n - i);
        std::array<double, pack_width> in{};
        in.fill(x[i]);
        std::copy_n(x + i, count, in.begin());
        const precise y = from_template<Value>(load(in.data()));
        for (std::size_t k = 0; k < count; ++k) {
            high[i + k] = y.value.high[k];
            low[i + k] = y.value.low[k];
            error[i + k] = y.error[k];
        }
    }
}

template <class Value, bool Rational>
constexpr f64_function make_function(const char* name) {
    if constexpr (Rational) {
        return {name, nullptr};
    } else {
        return {name, evaluate<Value>};
    }
}

#define ULPFRONT_F64_FUNCTION(name) \
    make_function<functions::name##_value<double>, functions::name##_facts.rational>(#name),

constexpr f64_function functions_of_f64[] = {ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_F64_FUNCTION)};

}  // namespace

const f64_function* const all_f64_functions = functions_of_f64;
const std::size_t f64_function_count = std::size(functions_of_f64);

}  // namespace ulpfront
