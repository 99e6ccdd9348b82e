#include "accuracy/reference/judge.hpp"

#include <fmt/format.h>

#include <bit>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <limits>

#include "accuracy/reference/real.hpp"
#include "accuracy/ulp.hpp"
#include "impls/catalogue.hpp"
#include "impls/tool.hpp"
#include "ulpfront/functions.hpp"

namespace ulpfront {
namespace {

constexpr unsigned rung_1 = 40;
constexpr unsigned rung_2 = 120;
constexpr unsigned rung_3 = 400;

/// Runs `decide` on the enclosure of f(x) at rising precision until it gives an answer.
template <class Operations, class T, class Decide>
auto climb(const Operations& f, T x, const Decide& decide) {
    auto answer = decide(f.at_1(x));
    if (!answer) answer = decide(f.at_2(x));
    if (!answer) answer = decide(f.at_3(x));
    if (!answer && f.exact != nullptr) answer = decide(enclosure<mp::cpp_rational>{f.exact(x), 0});
    return answer;
}

/// 2^exponent in any of the judge's number types.
template <class Number>
Number power_of_two(int exponent) {
    if constexpr (std::is_same_v<Number, mp::cpp_rational>) {
        const mp::cpp_int power = mp::cpp_int(1) << std::abs(exponent);
        return exponent < 0 ? Number(1, power) : Number(power);
    } else {
        return mp::ldexp(Number(1), exponent);
    }
}

/// The sign, that of a zero too: of x e^x far down nothing else is left.
template <class Number>
bool is_negative(const Number& y) {
    if constexpr (std::is_same_v<Number, mp::cpp_rational>) {
        return y < 0;
    } else {
        return mpfr_signbit(y.backend().data()) != 0;
    }
}

/// e with 2^e <= |y| < 2^(e+1), y != 0.
template <class Number>
int exponent_of(const Number& y) {
    if constexpr (std::is_same_v<Number, mp::cpp_rational>) {
        const mp::cpp_int numerator = mp::abs(mp::numerator(y));
        const mp::cpp_int denominator = mp::denominator(y);
        const int guess = static_cast<int>(mp::msb(numerator)) - static_cast<int>(mp::msb(denominator));
        return mp::abs(y) < power_of_two<Number>(guess) ? guess - 1 : guess;
    } else {
        // Not frexp: it goes through a double, which rounds 1 - 2^-60 up into the next binade.
        return static_cast<int>(mpfr_get_exp(y.backend().data())) - 1;
    }
}

/// ulp at an exact value y; of the smallest binade at 0.
template <class Number>
Number ulp_at(const Number& y, const number_format& f) {
    const int e = y == 0 ? f.e_min : exponent_of(y);
    return power_of_two<Number>(std::max(e, f.e_min) - f.precision + 1);
}

/// ulp at an enclosed value: at its end nearer to zero, so that of two possible ulps the smaller.
template <class Number>
Number ulp_at(const enclosure<Number>& y, const number_format& f) {
    const Number nearer_zero = (y.value < 0 ? Number(-y.value) : y.value) - y.error;
    return nearer_zero <= 0 ? ulp_at(Number(0), f) : ulp_at(nearer_zero, f);
}

/// The computed value, infinity standing for 2^(e_max+1).
template <class Number, class T>
Number finite_stand_in(T computed, const number_format& f) {
    if (!std::isinf(computed)) return Number(computed);
    const Number bound = power_of_two<Number>(f.e_max + 1);
    return computed < 0 ? Number(-bound) : bound;
}

template <class Number>
bool rounds_to_infinity(const Number& y, const number_format& f) {
    using std::abs;
    const Number threshold = power_of_two<Number>(f.e_max + 1) - power_of_two<Number>(f.e_max - f.precision);
    return abs(y) >= threshold;
}

/// An integer >= 0 next to an exact value >= 0, ties to even.
mp::cpp_int nearest_integer(const mp::cpp_rational& scaled) {
    mp::cpp_int whole = mp::numerator(scaled) / mp::denominator(scaled);
    const mp::cpp_rational rest = scaled - whole;
    const mp::cpp_rational half(1, 2);
    if (half < rest || (rest == half && mp::bit_test(whole, 0))) ++whole;
    return whole;
}
template <unsigned Digits>
double nearest_integer(const real<Digits>& scaled) {
    real<Digits> whole;
    mpfr_rint(whole.backend().data(), scaled.backend().data(), MPFR_RNDN);
    return whole.template convert_to<double>();
}

/// An exact value to the nearest number of the format, ties to even.
template <class T, class Number>
T to_nearest(const Number& y, const number_format& f) {
    using std::abs;
    if (!(y == y)) return std::numeric_limits<T>::quiet_NaN();
    if (y == 0) return T(0);
    if (rounds_to_infinity(y, f))
        return std::copysign(std::numeric_limits<T>::infinity(), y < 0 ? T(-1) : T(1));
    const int e = std::max(exponent_of(y), f.e_min) - f.precision + 1;
    const Number scaled = Number(abs(y)) / power_of_two<Number>(e);
    const T magnitude = std::ldexp(static_cast<T>(nearest_integer(scaled)), e);
    return y < 0 ? -magnitude : magnitude;
}

template <class T>
bool is_special(const function_facts& facts, T x) {
    return !std::isfinite(x) ||
           (x == 0 && (std::signbit(x) ? facts.at_minus_zero : facts.at_plus_zero) == 0.0);
}

/// The value of the facts where they stand for the template, rounded to the format.
template <class T>
T special(const function_facts& facts, T x, const number_format& f) {
    if (std::isnan(x)) return std::numeric_limits<T>::quiet_NaN();
    if (x == 0) return static_cast<T>(std::signbit(x) ? facts.at_minus_zero : facts.at_plus_zero);
    const double limit = x < 0 ? facts.at_minus_infinity : facts.at_plus_infinity;
    return limit == 0.0 ? static_cast<T>(limit) : to_nearest<T>(real<rung_1>(limit), f);
}

/// |computed - y| for a result against a special value: 0 where right, else as the ULP rule has it.
template <class T>
double special_distance(T expected, T computed, const number_format& f) {
    if (std::isnan(expected) || std::isnan(computed)) return std::numeric_limits<double>::quiet_NaN();
    if (computed == expected) return 0.0;
    if (std::isinf(expected)) return std::numeric_limits<double>::infinity();
    return mp::abs(finite_stand_in<real<rung_1>>(computed, f) - real<rung_1>(expected))
        .template convert_to<double>();
}

}  // namespace

template <class T>
struct judge<T>::operations {
    const char* name;
    enclosure<real<rung_1>> (*at_1)(T x);
    enclosure<real<rung_2>> (*at_2)(T x);
    enclosure<real<rung_3>> (*at_3)(T x);
    mp::cpp_rational (*exact)(T x);  // null unless the function is rational
    double (*slope)(T x);
};

namespace {

template <class Value, class Number, class T>
enclosure<Number> evaluate(T x) {
    free_constants_with_thread();
    return Value{}(enclosure<Number>(Number(x), Number(0)));
}

template <class Value, class T>
mp::cpp_rational evaluate_exactly(T x) {
    return Value{}(mp::cpp_rational(x));
}

template <class Slope, class T>
double evaluate_slope(T x) {
    return evaluate<Slope, real<rung_1>>(x).value.template convert_to<double>();
}

template <class Value, class Slope, bool Rational, class T>
constexpr typename judge<T>::operations make_operations(const char* name) {
    typename judge<T>::operations result{name,
                                         &evaluate<Value, real<rung_1>, T>,
                                         &evaluate<Value, real<rung_2>, T>,
                                         &evaluate<Value, real<rung_3>, T>,
                                         nullptr,
                                         &evaluate_slope<Slope, T>};
    if constexpr (Rational) result.exact = &evaluate_exactly<Value, T>;
    return result;
}

template <class T>
const typename judge<T>::operations* find_operations(const std::string& function) {
#define ULPFRONT_OPERATIONS(name)                                           \
    make_operations<functions::name##_value<T>, functions::name##_slope<T>, \
                    functions::name##_facts.rational, T>(#name),
    static const typename judge<T>::operations all[] = {ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_OPERATIONS)};
#undef ULPFRONT_OPERATIONS
    for (const auto& each : all) {
        if (function == each.name) return &each;
    }
    throw failure(exit_usage, "the catalogue has no function '" + function + "'");
}

}  // namespace

namespace {

const function_facts& known_facts(const std::string& function) {
    const function_facts* const facts = find_function(function);
    if (facts == nullptr) throw failure(exit_usage, "the catalogue has no function '" + function + "'");
    return *facts;
}

}  // namespace

template <class T>
judge<T>::judge(const std::string& function, const number_format& results)
    : facts_(facts_for<T>(known_facts(function))),
      operations_(find_operations<T>(function)),
      format_(results) {}

template <class T>
std::optional<T> judge<T>::rounded(T x) const {
    if (is_special(facts_, x)) return special(facts_, x, format_);
    return climb(*operations_, x, [&](const auto& y) -> std::optional<T> {
        const T low = to_nearest<T>(decltype(y.value)(y.value - y.error), format_);
        const T high = to_nearest<T>(decltype(y.value)(y.value + y.error), format_);
        // A NaN bound decides nothing; zeros of both signs are the same number, with the value's own sign.
        if (!(low == high)) return std::nullopt;
        return low == T(0) ? std::copysign(T(0), is_negative(y.value) ? T(-1) : T(1)) : low;
    });
}

namespace {

located locate_special(double value, const number_format& f) {
    const bool finite = std::isfinite(value);
    const int e = finite && value != 0.0 ? std::max(std::ilogb(value), f.e_min) : f.e_min;
    return {value, 0.0, 0.0, e - f.precision + 1, located::kind::special};
}

/// (y - nearest) / 2^e and what the enclosure leaves open of it, with the rounding to double.
template <class T, class Number>
located beside(T nearest, const enclosure<Number>& y, int e, located::kind what) {
    const Number ulp = power_of_two<Number>(e);
    const auto rest = Number(Number(y.value - Number(nearest)) / ulp).template convert_to<double>();
    const auto open = Number(y.error / ulp).template convert_to<double>();
    // 2^-900 for the smallest of the enclosure's bounds, which a double cannot tell from 0.
    const double uncertainty =
        open * (1.0 + 0x1p-50) + std::abs(rest) * 0x1p-53 + (y.error == 0 ? 0.0 : 0x1p-900);
    return {nearest, rest, uncertainty, e, what};
}

/// log2 of ulp at an end of an enclosure; an end beyond zero counts as zero.
template <class Number>
int ulp_exponent(const Number& magnitude, const number_format& f) {
    return (magnitude <= 0 ? f.e_min : std::max(exponent_of(magnitude), f.e_min)) - f.precision + 1;
}

/// Nothing while the enclosure is too wide: for the rounding, or for telling on which side of a power of two
/// the value lies. The second rung decides the latter as well as error_ulp does.
template <class T, class Number>
std::optional<located> try_to_locate(const enclosure<Number>& y, const number_format& f) {
    const T low = to_nearest<T>(Number(y.value - y.error), f);
    const T high = to_nearest<T>(Number(y.value + y.error), f);
    if (!(low == high)) return std::nullopt;
    if (std::isinf(low)) return located{low, 0.0, 0.0, f.e_max - f.precision + 1, located::kind::overflows};
    const Number magnitude = y.value < 0 ? Number(-y.value) : y.value;
    const int e = ulp_exponent(Number(magnitude - y.error), f);
    if (std::is_same_v<Number, real<rung_1>> && ulp_exponent(Number(magnitude + y.error), f) != e)
        return std::nullopt;
    const T nearest = low == T(0) ? std::copysign(T(0), is_negative(y.value) ? T(-1) : T(1)) : low;
    return beside(nearest, y, e, located::kind::ordinary);
}

}  // namespace

template <class T>
located judge<T>::locate(T x) const {
    if (is_special(facts_, x)) return locate_special(special(facts_, x, format_), format_);
    const auto answer = climb(*operations_, x, [&](const auto& y) { return try_to_locate<T>(y, format_); });
    if (answer) return *answer;
    const auto y = operations_->at_3(x);
    using number = std::remove_cvref_t<decltype(y.value)>;
    const number nearer_zero = (y.value < 0 ? number(-y.value) : y.value) - y.error;
    return beside(to_nearest<T>(y.value, format_), y, ulp_exponent(nearer_zero, format_),
                  located::kind::undecided);
}

template <class T>
double judge<T>::error_ulp(T x, T computed) const {
    if (std::isnan(computed)) return std::numeric_limits<double>::quiet_NaN();
    if (is_special(facts_, x)) {
        const T expected = special(facts_, x, format_);
        const double distance = special_distance(expected, computed, format_);
        return distance == 0.0 || !std::isfinite(expected)
                   ? distance
                   : distance / ulp_at(real<rung_1>(expected), format_).template convert_to<double>();
    }
    // At 120 digits the error's own error is far below what a double can show.
    const auto y = operations_->at_2(x);
    using number = real<rung_2>;
    if (std::isinf(computed) && rounds_to_infinity(y.value, format_) && (computed < 0) == (y.value < 0))
        return 0.0;
    const number distance = mp::abs(number(finite_stand_in<number>(computed, format_) - y.value));
    return number(distance / ulp_at<number>(y, format_)).template convert_to<double>();
}

template <class T>
double judge<T>::error_absolute(T x, T computed) const {
    if (std::isnan(computed)) return std::numeric_limits<double>::quiet_NaN();
    if (is_special(facts_, x)) return special_distance(special(facts_, x, format_), computed, format_);
    const auto y = operations_->at_2(x).value;
    if (std::isinf(computed) && rounds_to_infinity(y, format_) && (computed < 0) == (y < 0)) return 0.0;
    return mp::abs(finite_stand_in<std::remove_cv_t<decltype(y)>>(computed, format_) - y)
        .template convert_to<double>();
}

namespace {

/// Is |c - y| > limit for every y of the enclosure, or for none?
template <class Number>
std::optional<bool> farther_than(const Number& limit, const Number& c, const enclosure<Number>& y) {
    using std::abs;
    const Number distance = abs(Number(c - y.value));
    if (limit < Number(distance - y.error)) return true;
    if (Number(distance + y.error) <= limit) return false;
    return std::nullopt;
}

}  // namespace

template <class T>
std::optional<bool> judge<T>::exceeds_ulp(T x, T computed, double limit) const {
    if (is_special(facts_, x) || std::isnan(computed)) return error_ulp(x, computed) > limit;
    return climb(*operations_, x, [&](const auto& y) -> std::optional<bool> {
        using number = std::remove_cvref_t<decltype(y.value)>;
        if (std::isinf(computed) && rounds_to_infinity(y.value, format_) && (computed < 0) == (y.value < 0))
            return false;
        return farther_than(number(number(limit) * ulp_at<number>(y, format_)),
                            finite_stand_in<number>(computed, format_), y);
    });
}

template <class T>
std::optional<bool> judge<T>::exceeds_absolute(T x, T computed, double limit) const {
    if (is_special(facts_, x) || std::isnan(computed)) {
        const T expected = special(facts_, x, format_);
        const double scale =
            std::isfinite(expected) ? std::max(1.0, std::abs(static_cast<double>(expected))) : 1.0;
        return special_distance(expected, computed, format_) > limit * scale;
    }
    return climb(*operations_, x, [&](const auto& y) -> std::optional<bool> {
        using number = std::remove_cvref_t<decltype(y.value)>;
        using std::abs;
        if (std::isinf(computed) && rounds_to_infinity(y.value, format_) && (computed < 0) == (y.value < 0))
            return false;
        const number magnitude = abs(y.value);
        const number scale = magnitude < 1 ? number(1) : magnitude;
        return farther_than(number(number(limit) * scale), finite_stand_in<number>(computed, format_), y);
    });
}

template <class T>
bool judge<T>::encloses(T x, double value, double bound) const {
    if (is_special(facts_, x)) return static_cast<double>(special(facts_, x, format_)) == value;
    if (!std::isfinite(value) || std::isnan(bound)) return false;
    const auto outside = climb(*operations_, x, [&](const auto& y) {
        using number = std::remove_cvref_t<decltype(y.value)>;
        return farther_than(number(bound), number(value), y);
    });
    return outside.has_value() && !*outside;
}

template <class T>
double judge<T>::deviation(T x, double value) const {
    if (is_special(facts_, x)) return 0.0;
    const enclosure<real<rung_1>> y = operations_->at_1(x);
    return real<rung_1>(real<rung_1>(value) - y.value).template convert_to<double>();
}

template <class T>
std::string judge<T>::decimal(T x, int digits) const {
    if (is_special(facts_, x)) {
        const T value = special(facts_, x, format_);
        if (std::isnan(value)) return "nan";
        return fmt::format("{:.{}g}", value, digits);
    }
    return operations_->at_2(x).value.str(digits, std::ios_base::fmtflags{});
}

template <class T>
double judge<T>::slope(T x) const {
    return operations_->slope(x);
}

template class judge<float>;
template class judge<double>;

}  // namespace ulpfront
