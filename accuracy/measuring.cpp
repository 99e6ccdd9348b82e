#include "accuracy/measuring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "impls/tool.hpp"

namespace ulpfront {
namespace {

/// The standard deviations of tallies::normal.
constexpr std::array<double, 2> deviations = {1.0, 3.0};

/// The share of N(0,1) between two ascending numbers, to full relative accuracy in both tails.
double normal_share(double from, double to) {
    const double root_half = 0.70710678118654752;
    const double sign = from >= 0.0 ? 1.0 : -1.0;
    return 0.5 * sign * (std::erfc(sign * from * root_half) - std::erfc(sign * to * root_half));
}

const function_facts& facts_of(const std::string& function) {
    const function_facts* facts = find_function(function);
    if (facts == nullptr)
        throw failure(exit_usage, fmt::format("the catalogue has no function '{}'", function));
    return *facts;
}

/// An end of a range, or a number beyond it, among the numbers of a format: the nearest one.
double rounded_to(double value, const number_format& f) {
    if (!std::isfinite(value) || value == 0.0) return value;
    const int ulp = std::max(std::ilogb(value), f.e_min) - f.precision + 1;
    return std::ldexp(std::nearbyint(std::ldexp(value, -ulp)), ulp);
}

comparison_limits limits_of(const kernel_info& kernel, const function_facts& facts) {
    const number_format format = format_of(kernel.dtype);
    return {format,
            kernel.promise_kind == ULPFRONT_PROMISE_ULP ? kernel.promise_value : infinite,
            kernel.promise_kind == ULPFRONT_PROMISE_ABSOLUTE ? kernel.promise_value : infinite,
            rounded_to(facts.range_low, format),
            rounded_to(facts.range_high, format),
            (kernel.mode_flags & ULPFRONT_MODE_FLUSH_TO_ZERO) != 0};
}

}  // namespace

template <>
std::size_t binade_of(float x) {
    return ordered_key(x) >> 23;
}

template <>
std::size_t binade_of(double x) {
    constexpr int bias = 1023 - 127;
    const int exponent = static_cast<int>(std::bit_cast<std::uint64_t>(x) >> 52 & 0x7ffU);
    const auto within = static_cast<std::size_t>(std::clamp(exponent - bias, 0, 255));
    return std::signbit(x) ? 255 - within : 256 + within;
}

template <class T>
measuring<T>::measuring(const kernel_info& kernel, tallies& into)
    : facts_(facts_for<T>(facts_of(kernel.function))),
      judge_(kernel.function, format_of(kernel.dtype)),
      limits_(limits_of(kernel, facts_)),
      tallies_(into) {}

template <class T>
std::size_t measuring<T>::end_of_run(const T* x, std::size_t begin, std::size_t n, std::size_t most) {
    const std::size_t end = std::min(begin + most, n);
    const std::size_t binade = binade_of(x[begin]);
    if (binade_of(x[end - 1]) == binade) return end;
    return static_cast<std::size_t>(
        std::partition_point(x + begin, x + end, [&](T at) { return binade_of(at) == binade; }) - x);
}

template <class T>
void measuring<T>::take_sums(const run_sums& run, T first, T next) {
    if (run.counted == 0) return;
    tallies& t = tallies_;
    t.counted += run.counted;
    t.sum_ulp.add(run.sum);
    t.sum_ulp_squared.add(run.sum_squared);
    (run.sum_signed < 0.0 ? t.sum_ulp_below : t.sum_ulp_above).add(std::abs(run.sum_signed));
    for (std::size_t i = 0; i < run.histogram->size(); ++i) t.histogram[i] += (*run.histogram)[i];
    binade_tally& binade = t.binades[binade_of(first)];
    binade.counted += run.counted;
    binade.max_ulp = std::max(binade.max_ulp, run.largest);
    binade.sum_ulp.add(run.sum);
    if (!std::isfinite(first) || !std::isfinite(next)) return;
    for (std::size_t k = 0; k < t.normal.size(); ++k) {
        const double share = normal_share(first / deviations[k], next / deviations[k]);
        t.normal[k].add(share, run.counted, run.sum, run.sum_squared, *run.histogram);
    }
}

template <class T>
part measuring<T>::inputs_within(const monotone_piece& piece, const T* x, std::size_t n) {
    const T* const begin = std::lower_bound(x, x + n, piece.from, [](T a, double b) {
        return std::isnan(a) ? std::signbit(a) : static_cast<double>(a) < b;
    });
    const T* const end = std::upper_bound(begin, x + n, piece.to, [](double b, T a) {
        return std::isnan(a) ? !std::signbit(a) : b < static_cast<double>(a);
    });
    return {static_cast<std::size_t>(begin - x), static_cast<std::size_t>(end - x)};
}

template <class T>
part measuring<T>::zeros(const T* x, std::size_t n) {
    const T* const begin = std::lower_bound(x, x + n, ordered_key(-T(0)),
                                            [](T a, bits_of<T> key) { return ordered_key(a) < key; });
    const T* end = begin;
    while (end != x + n && *end == T(0)) ++end;
    return {static_cast<std::size_t>(begin - x), static_cast<std::size_t>(end - x)};
}

template <class T>
bool measuring<T>::wants_mirrored() const {
    return facts_.symmetric == symmetry::odd || facts_.symmetric == symmetry::even;
}

template <class T>
void measuring<T>::add_mirrored(const T* x, const T* computed, const T* mirrored, std::size_t n) {
    const T sign = facts_.symmetric == symmetry::odd ? T(-1) : T(1);
    for (std::size_t i = 0; i < n; ++i) {
        if (!same_result(computed[i], std::isnan(mirrored[i]) ? mirrored[i] : sign * mirrored[i]))
            tallies_.symmetry_violations.add(1, witness_at(x[i], computed[i]));
    }
}

template class measuring<float>;
template class measuring<double>;

}  // namespace ulpfront
