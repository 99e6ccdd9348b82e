// whole FUNCTION FILE: writes the correctly rounded results of all binary16 numbers and then of all bfloat16
// ones, 16 bits each, by the bits of the input. The build runs it; lut/whole.hpp reads the file. Everything
// is computed from the function's own definition in the C library's long double, of at least 64 bits: some
// 2^-62 from a midpoint a result would be wrong, which the check of all 65,536 inputs would show.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <vector>

#include "impls/element.hpp"
#include "impls/function.hpp"
#include "ulpfront/functions.hpp"

namespace {

using namespace ulpfront;
using number = long double;

/// Below this |x| the second term of a function that is 0 at 0 is beyond 64 bits. Where the first one is x/2,
/// and so at a midpoint perhaps, it tells the side.
constexpr number tiny = 0x1p-40L;

template <class E>
E rounded(number y) {
    constexpr number_format format = element<E>::format;
    if (std::isnan(y)) return narrow<E>(std::numeric_limits<float>::quiet_NaN());
    if (std::isinf(y) || y == 0) return narrow<E>(static_cast<float>(y));
    const int exponent = std::max(std::ilogb(y), format.e_min) - format.precision + 1;
    const number nearest = std::ldexp(std::nearbyint(std::ldexp(std::abs(y), -exponent)), exponent);
    const bool overflows = nearest >= std::ldexp(1.0L, format.e_max + 1);
    const float size = overflows ? std::numeric_limits<float>::infinity() : static_cast<float>(nearest);
    return narrow<E>(std::copysign(size, static_cast<float>(y)));
}

template <class Value, class E>
E result_for(const function_facts& facts, E element) {
    const float x = widen(element);
    if (std::isnan(x)) return rounded<E>(std::numeric_limits<number>::quiet_NaN());
    if (std::isinf(x)) return rounded<E>(x < 0 ? facts.at_minus_infinity : facts.at_plus_infinity);
    const double at_zero = std::signbit(x) ? facts.at_minus_zero : facts.at_plus_zero;
    if (x == 0.0F && at_zero == 0.0) return rounded<E>(at_zero);
    const auto& series = x < 0 ? facts.series_below : facts.series_above;
    number y = Value{}(number(x));
    if (std::abs(x) < tiny && series[0] == 0.0 && series[2] != 0.0)
        y = std::nextafter(number(x) * number(series[1]), series[2] > 0 ? HUGE_VALL : -HUGE_VALL);
    return rounded<E>(y);
}

template <class Value, class E>
void add_all(const function_facts& facts, std::vector<std::uint16_t>& to) {
    for (std::uint32_t bits = 0; bits <= 0xffffU; ++bits)
        to.push_back(result_for<Value>(facts, element_of_bits<E>(bits)).bits);
}

/// Both tables of a function; empty if there is none of that name.
std::vector<std::uint16_t> tables_of(const char* function) {
    std::vector<std::uint16_t> all;
#define ULPFRONT_TABLES(name)                                                        \
    if (std::strcmp(function, #name) == 0) {                                         \
        add_all<functions::name##_value<float>, f16>(functions::name##_facts, all);  \
        add_all<functions::name##_value<float>, bf16>(functions::name##_facts, all); \
    }
    ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_TABLES)
#undef ULPFRONT_TABLES
    return all;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::uint16_t> all = argc == 3 ? tables_of(argv[1]) : std::vector<std::uint16_t>();
    if (all.empty()) {
        std::fputs("whole: say a function and a file: whole FUNCTION FILE\n", stderr);
        return 64;
    }
    std::FILE* const out = std::fopen(argv[2], "wb");
    const bool written =
        out != nullptr && std::fwrite(all.data(), sizeof all.front(), all.size(), out) == all.size();
    if (out != nullptr && std::fclose(out) == 0 && written) return 0;
    std::fprintf(stderr, "whole: %s cannot be written\n", argv[2]);
    return 73;
}
