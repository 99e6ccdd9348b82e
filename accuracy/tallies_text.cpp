#include "accuracy/tallies_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

#include "accuracy/measurement.hpp"

namespace ulpfront {
namespace {

using nlohmann::json;

constexpr std::size_t digits_a_limb = 16;
constexpr int lowest_exponent = -1074;

[[noreturn]] void reject(const std::string& text, const char* what) {
    throw std::invalid_argument(fmt::format("'{}' is no {}", text, what));
}

/// The whole text as an integer.
template <class Integer>
Integer read_integer(std::string_view text, int base, const char* what) {
    Integer value{};
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, base);
    if (error != std::errc{} || stop != end) reject(std::string(text), what);
    return value;
}

// --- single values --------------------------------------------------------------------------------

json write(std::uint64_t value) { return value; }
json write(double value) { return hexfloat(value); }
json write(const exact_sum& value) { return exact_sum_text::write(value); }

json write(const witness& value) {
    if (!value.seen) return nullptr;
    return {value.input, value.output};
}

json write(const occurrence& value) { return {{"count", value.count}, {"first", write(value.first)}}; }

json write(const extreme& value) {
    if (!value.seen()) return nullptr;
    return {{"value", hexfloat(value.value)}, {"at", write(value.at)}};
}

void read(const json& from, std::uint64_t& to) {
    if (!from.is_number_unsigned()) reject(from.dump(), "count");
    to = from.get<std::uint64_t>();
}

void read(const json& from, double& to) { to = read_hexfloat(from.get<std::string>()); }

void read(const json& from, exact_sum& to) { to = exact_sum_text::read(from.get<std::string>()); }

void read(const json& from, witness& to) {
    if (from.is_null()) return;
    if (from.size() != 2) reject(from.dump(), "pair of input and output");
    to.seen = true;
    read(from.at(0), to.input);
    read(from.at(1), to.output);
}

void read(const json& from, occurrence& to) {
    read(from.at("count"), to.count);
    read(from.at("first"), to.first);
}

void read(const json& from, extreme& to) {
    if (from.is_null()) return;
    to.value = read_hexfloat(from.at("value").get<std::string>());
    if (!to.seen()) reject(from.dump(), "maximum");
    read(from.at("at"), to.at);
}

// --- tables: rows of index and content, those that hold something -----------------------------------

bool is_empty(std::uint64_t value) { return value == 0; }
bool is_empty(const binade_tally& value) { return value.counted == 0; }

json write(const binade_tally& value) {
    return {value.counted, hexfloat(value.max_ulp), write(value.sum_ulp)};
}

void read(const json& from, binade_tally& to) {
    read(from.at(0), to.counted);
    to.max_ulp = read_hexfloat(from.at(1).get<std::string>());
    read(from.at(2), to.sum_ulp);
}

template <class T, std::size_t n>
json write(const std::array<T, n>& table) {
    json rows = json::array();
    for (std::size_t i = 0; i < n; ++i) {
        if (!is_empty(table[i])) rows.push_back({i, write(table[i])});
    }
    return rows;
}

template <class T, std::size_t n>
void read(const json& from, std::array<T, n>& to) {
    for (const json& row : from) {
        std::uint64_t index = 0;
        read(row.at(0), index);
        read(row.at(1), to.at(index));
    }
}

/// Name and place of everything that is counted; written once, for both directions.
template <class Weighted, class Visit>
void each_weighted(Weighted& t, const Visit& visit) {
    visit("mass", t.mass);
    visit("sum_ulp", t.sum_ulp);
    visit("sum_ulp_squared", t.sum_ulp_squared);
    visit("histogram", t.histogram);
}

template <class Tallies, class Visit>
void each_member(Tallies& t, const Visit& visit) {
    visit("inputs", t.inputs);
    visit("undecided", t.undecided);
    visit("judge_calls", t.judge_calls);
    visit("misrounded", t.misrounded);
    visit("counted", t.counted);
    visit("over_promise", t.over_promise);
    visit("nan_mismatches", t.nan_mismatches);
    visit("inf_mismatches", t.inf_mismatches);
    visit("zero_sign_mismatches", t.zero_sign_mismatches);
    visit("flushed_subnormals", t.flushed_subnormals);
    visit("range_violations", t.range_violations);
    visit("monotonicity_violations", t.monotonicity_violations);
    visit("symmetry_violations", t.symmetry_violations);
    visit("worst", t.worst);
    visit("worst_normal", t.worst_normal);
    visit("worst_absolute", t.worst_absolute);
    visit("worst_relative", t.worst_relative);
    visit("rounding_steps", t.rounding_steps);
    visit("sum_ulp", t.sum_ulp);
    visit("sum_ulp_squared", t.sum_ulp_squared);
    visit("sum_ulp_above", t.sum_ulp_above);
    visit("sum_ulp_below", t.sum_ulp_below);
    visit("histogram", t.histogram);
    visit("binades", t.binades);
}

}  // namespace

std::string exact_sum_text::write(const exact_sum& sum) {
    std::string digits;
    for (auto limb = sum.limbs_.rbegin(); limb != sum.limbs_.rend(); ++limb)
        digits += fmt::format("{:016x}", *limb);
    const auto last = digits.find_last_not_of('0');
    if (last == std::string::npos) return "0";
    const auto first = digits.find_first_not_of('0');
    const auto stripped = static_cast<int>(digits.size() - 1 - last);
    return fmt::format("0x{}p{}", digits.substr(first, last + 1 - first), lowest_exponent + 4 * stripped);
}

exact_sum exact_sum_text::read(const std::string& text) {
    constexpr const char* what = "exact sum";
    exact_sum sum;
    if (text == "0") return sum;
    const auto p = text.find('p');
    if (text.rfind("0x", 0) != 0 || p == std::string::npos) reject(text, what);
    const int above = read_integer<int>(std::string_view(text).substr(p + 1), 10, what) - lowest_exponent;
    const std::size_t room = sum.limbs_.size() * digits_a_limb;
    std::string digits = text.substr(2, p - 2);
    if (above < 0 || above % 4 != 0 || static_cast<std::size_t>(above) / 4 > room) reject(text, what);
    digits.append(static_cast<std::size_t>(above) / 4, '0');
    if (digits.size() > room) reject(text, what);
    digits.insert(0, room - digits.size(), '0');
    for (std::size_t i = 0; i < sum.limbs_.size(); ++i) {
        const auto limb = std::string_view(digits).substr(room - (i + 1) * digits_a_limb, digits_a_limb);
        sum.limbs_[i] = read_integer<std::uint64_t>(limb, 16, what);
    }
    if (write(sum) != text) reject(text, what);
    return sum;
}

double read_hexfloat(const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || hexfloat(value) != text) reject(text, "hexfloat");
    return value;
}

json write_tallies(const tallies& from) {
    json to;
    const auto put_in = [](json& into) {
        return [&into](const char* name, const auto& member) { into[name] = write(member); };
    };
    each_member(from, put_in(to));
    for (const weighted_tally& each : from.normal) {
        json weighted;
        each_weighted(each, put_in(weighted));
        to["normal"].push_back(std::move(weighted));
    }
    return to;
}

tallies read_tallies(const json& from) {
    tallies to;
    const auto take_from = [](const json& of) {
        return [&of](const char* name, auto& member) { read(of.at(name), member); };
    };
    each_member(to, take_from(from));
    for (std::size_t i = 0; i < to.normal.size(); ++i)
        each_weighted(to.normal[i], take_from(from.at("normal").at(i)));
    return to;
}

}  // namespace ulpfront
