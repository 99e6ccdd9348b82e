// Results in the words of the result files: rows, special values, the functions' facts and curves.
#include <fmt/format.h>

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "accuracy/measurement.hpp"
#include "accuracy/ulp.hpp"
#include "impls/cpu.hpp"

namespace ulpfront {
namespace {

/// JSON has no infinities and no NaN: those are strings.
nlohmann::json number(double value) {
    if (std::isfinite(value)) return value;
    return hexfloat(value);
}

const char* symmetry_name(symmetry kind) {
    switch (kind) {
        case symmetry::odd:
            return "odd";
        case symmetry::even:
            return "even";
        case symmetry::complement:
            return "complement";
        case symmetry::none:
            break;
    }
    return "none";
}

constexpr int curve_points = 400;  // over [-10, 10], both ends included

nlohmann::json curve_of(const std::string& function) {
    const judge<double> exact(function);
    nlohmann::json x = nlohmann::json::array();
    nlohmann::json y = nlohmann::json::array();
    nlohmann::json slope = nlohmann::json::array();
    for (int i = 0; i < curve_points; ++i) {
        const double at = -10.0 + 20.0 * i / (curve_points - 1);
        x.push_back(at);
        y.push_back(number(exact.rounded(at).value_or(std::numeric_limits<double>::quiet_NaN())));
        slope.push_back(number(exact.slope(at)));
    }
    return {{"x", x}, {"y", y}, {"slope", slope}};
}

nlohmann::json describe(const function_facts& facts) {
    nlohmann::json monotone = nlohmann::json::array();
    for (const auto& piece : facts.monotone)
        monotone.push_back({number(piece.from), number(piece.to), piece.direction});
    return {{"name", facts.name},
            {"title", facts.title},
            {"formula", facts.formula},
            {"mathml", facts.mathml},
            {"range", {number(facts.range_low), number(facts.range_high)}},
            {"symmetry", symmetry_name(facts.symmetric)},
            {"monotone", monotone},
            {"limits", {number(facts.at_minus_infinity), number(facts.at_plus_infinity)}},
            {"rational", facts.rational},
            {"timed", {facts.timed_from, facts.timed_to}},
            {"curve", curve_of(facts.name)}};
}

/// An extreme's value, or null where nothing was comparable.
nlohmann::json value_of(const extreme& seen) { return seen.seen() ? number(seen.value) : nlohmann::json(); }

constexpr std::array<const char*, 2> normal_names = {"normal_1", "normal_3"};

/// Bins that hold something: where each begins, in ULP, and its count.
nlohmann::json histogram_of(const tallies& t) {
    nlohmann::json bins = nlohmann::json::array();
    for (std::size_t i = 0; i < t.histogram.size(); ++i) {
        if (t.histogram[i] > 0) bins.push_back({error_bin_begin(i), t.histogram[i]});
    }
    return bins;
}

/// The smallest input of one of tallies::binades (see binade_of).
double beginning_of_binade(std::uint32_t dtype, std::size_t i) {
    const float as_binary32 = first_of_binade(i);
    if (dtype != ULPFRONT_DTYPE_F64) return as_binary32;
    // From zero on a binade begins with a power of two, below it ends with one, which is the next one's.
    if (i == 0) return std::numeric_limits<double>::lowest();
    if (i >= 256) return i == 511 ? 0x1p128 : static_cast<double>(as_binary32);
    return std::nextafter(std::ldexp(-1.0, 129 - static_cast<int>(i)), 0.0);
}

/// Per sign and exponent, ascending: smallest input, largest error, mean error.
nlohmann::json binades_of(std::uint32_t dtype, const tallies& t) {
    nlohmann::json list = nlohmann::json::array();
    for (std::size_t i = 0; i < t.binades.size(); ++i) {
        const binade_tally& binade = t.binades[i];
        if (binade.counted == 0) continue;
        list.push_back({hexfloat(beginning_of_binade(dtype, i)), number(binade.max_ulp),
                        number(binade.sum_ulp.value() / static_cast<double>(binade.counted))});
    }
    return list;
}

nlohmann::json weighted_of(const weighted_tally& t) {
    const double mass = t.mass.value();
    if (!(mass > 0.0)) return nullptr;
    return {{"mean_ulp", number(t.sum_ulp.value() / mass)},
            {"rms_ulp", number(std::sqrt(t.sum_ulp_squared.value() / mass))},
            {"p999_ulp", number(t.quantile(0.999))}};
}

/// Means, bias, histogram and what else is spread over the inputs.
void add_means(nlohmann::json& row, const kernel_info& kernel, const tallies& t) {
    if (t.counted > 0) {
        row["mean_ulp"] = number(t.sum_ulp.value() / static_cast<double>(t.counted));
        row["rms_ulp"] = number(std::sqrt(t.sum_ulp_squared.value() / static_cast<double>(t.counted)));
    }
    if (t.worst_relative.seen()) row["max_rel_error"] = number(t.worst_relative.value);
    if (t.counted > 0) {
        row["bias_ulp"] =
            number((t.sum_ulp_above.value() - t.sum_ulp_below.value()) / static_cast<double>(t.counted));
        row["histogram"] = histogram_of(t);
        row["binades"] = binades_of(kernel.dtype, t);
    }
    for (std::size_t k = 0; k < t.normal.size(); ++k) row[normal_names[k]] = weighted_of(t.normal[k]);
}

/// Where the maxima are.
void add_witnesses(nlohmann::json& row, const kernel_info& kernel, const tallies& t) {
    if (t.worst.at.seen) {
        const double x = number_of_bits(kernel.dtype, t.worst.at.input);
        row["worst_input"] = hexfloat(x);
        row["worst_output"] = hexfloat(number_of_bits(kernel.dtype, t.worst.at.output));
        row["worst_exact"] = kernel.dtype == ULPFRONT_DTYPE_F64
                                 ? judge<double>(kernel.function).decimal(x, 20)
                                 : judge<float>(kernel.function).decimal(static_cast<float>(x), 20);
    }
    if (t.worst_absolute.at.seen)
        row["max_abs_input"] = hexfloat(number_of_bits(kernel.dtype, t.worst_absolute.at.input));
}

}  // namespace

std::string hexfloat(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    return fmt::format("{:a}", value);
}

void to_json(nlohmann::json& to, const fault& from) { to = {{"code", from.code}, {"message", from.message}}; }

void from_json(const nlohmann::json& from, fault& to) {
    from.at("code").get_to(to.code);
    from.at("message").get_to(to.message);
}

nlohmann::json describe_functions(const std::vector<std::string>& names) {
    nlohmann::json result = nlohmann::json::array();
    for (const std::string& name : names) {
        if (const function_facts* facts = find_function(name); facts != nullptr)
            result.push_back(describe(*facts));
    }
    return result;
}

namespace {

template <class T>
std::vector<special_value> special_values_of(const std::string& function, const number_format& format) {
    constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();
    constexpr T infinite = std::numeric_limits<T>::infinity();
    const T smallest_normal = std::ldexp(T(1), format.e_min);
    const T smallest = std::ldexp(T(1), format.e_min - format.precision + 1);
    const T largest = std::ldexp(T(2) - std::ldexp(T(1), 1 - format.precision), format.e_max);
    const judge<T> exact(function, format);
    std::vector<special_value> list;
    const auto add = [&](T x) { list.push_back({x, exact.rounded(x).value_or(not_a_number)}); };
    add(not_a_number);
    for (const T magnitude : {infinite, largest, T(1), smallest_normal, smallest, T(0)}) add(-magnitude);
    for (const T magnitude : {T(0), smallest, smallest_normal, T(1), largest, infinite}) add(magnitude);
    return list;
}

}  // namespace

std::vector<special_value> special_values(const kernel_info& kernel) {
    const number_format format = format_of(kernel.dtype);
    if (kernel.dtype == ULPFRONT_DTYPE_F64) return special_values_of<double>(kernel.function, format);
    return special_values_of<float>(kernel.function, format);
}

nlohmann::json measured_members(const kernel_info& kernel, const tallies& t, const char* kind) {
    nlohmann::json row = {{"inputs_tried", t.inputs},
                          {"max_ulp", value_of(t.worst)},
                          {"max_ulp_normal", value_of(t.worst_normal)},
                          {"max_ulp_kind", kind},
                          {"max_abs_error", value_of(t.worst_absolute)},
                          {"mean_ulp", nullptr},
                          {"rms_ulp", nullptr},
                          {"misrounded", t.misrounded},
                          {"undecided", t.undecided},
                          {"nan_mismatches", t.nan_mismatches.count},
                          {"inf_mismatches", t.inf_mismatches.count},
                          {"zero_sign_mismatches", t.zero_sign_mismatches.count},
                          {"flushed_subnormals", t.flushed_subnormals.count},
                          {"monotonicity_violations", t.monotonicity_violations.count},
                          {"symmetry_violations", t.symmetry_violations.count},
                          {"range_violations", t.range_violations.count},
                          {"judge_calls", t.judge_calls},
                          {"worst_input", nullptr},
                          {"worst_output", nullptr},
                          {"worst_exact", nullptr},
                          {"max_abs_input", nullptr},
                          {"max_rel_error", nullptr},
                          {"bias_ulp", nullptr}};
    if (t.rounding_steps >= 0.0) row["max_rounding_steps"] = t.rounding_steps;
    add_means(row, kernel, t);
    add_witnesses(row, kernel, t);
    return row;
}

}  // namespace ulpfront
