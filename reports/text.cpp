#include "reports/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "reports/choice.hpp"
#include "reports/model.hpp"

namespace ulpfront::reports {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_control(unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F; }

bool starts_character(unsigned char c) { return (c & 0xC0U) != 0x80U; }

/// -1, 0 or 1: on which side of a limit a value lies.
int side(double value, double limit) { return value < limit ? -1 : (value > limit ? 1 : 0); }

bool same_sides(double shown, double value) {
    const std::array limits{0.5, 1.0, 4.0};
    return std::all_of(limits.begin(), limits.end(),
                       [&](double limit) { return side(shown, limit) == side(value, limit); });
}

/// Three significant digits, trailing zeros kept, no exponent.
std::string three_digits(double value) {
    int decimals = 0;
    double limit = 99.95;
    while (value < limit && decimals < 9) {
        limit /= 10.0;
        ++decimals;
    }
    return fmt::format("{:.{}f}", value, decimals);
}

/// Digits in groups of three.
std::string grouped(std::uint64_t count) {
    if (count < 1000) return fmt::format("{}", count);
    return fmt::format("{},{:03}", grouped(count / 1000), count % 1000);
}

/// FNV-1a, 64 bits: keeps names apart whose slugs are too long for a file system.
std::uint64_t hash_of(const std::string& text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

std::string power_of_two_or(double value, const std::string& otherwise) {
    int exponent = 0;
    const bool is_power = std::frexp(value, &exponent) == 0.5;
    return is_power && exponent < 0 ? fmt::format("2{}", superscript(exponent - 1)) : otherwise;
}

}  // namespace

std::string time_text(double ns) { return three_digits(ns); }

std::string ulp_text(double ulp) {
    if (std::isinf(ulp)) return "inf";
    if (ulp == 0.0) return "0";
    if (ulp >= 1e6) return fmt::format("{:.1e}", ulp);
    if (ulp >= 1000.0) return fmt::format("{:.0f}", ulp);
    constexpr int most_digits = 8;
    for (int digits = 3; digits <= most_digits; ++digits) {
        std::string shown = fmt::format("{:.{}g}", ulp, digits);
        if (same_sides(std::strtod(shown.c_str(), nullptr), ulp)) return shown;
    }
    // So near to a limit that only the first digits can be shown, unrounded.
    const std::string all = fmt::format("{:.20f}", ulp);
    return all.substr(0, most_digits + (all.front() == '0' ? 2 : 1)) + "…";
}

std::string max_ulp_text(const accuracy_row& row) {
    if (!row.max_ulp) return "–";
    if (*row.max_ulp == 0.0) return row.exhaustive ? "0" : "≥ 0";
    return (row.exhaustive ? "≤ " : "≥ ") + ulp_text(*row.max_ulp);
}

std::string bound_text(const accuracy_row& row) {
    if (!row.max_ulp || *row.max_ulp <= 4.0 || !row.max_abs_error) return max_ulp_text(row) + " ULP";
    const double bound = *mixed_error(row);
    return fmt::format("{} {:.1e}{}", row.exhaustive ? "≤" : "≥", bound,
                       bound < *row.max_abs_error ? " · max(1, |f|)" : " absolute");
}

bool is_number(const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    return !text.empty() && *end == '\0' && std::isfinite(value);
}

std::string absolute_text(double error) {
    return error == 0.0 || std::isinf(error) ? ulp_text(error) : fmt::format("{:.2e}", error);
}

std::string ratio_text(double value) { return three_digits(value); }

std::string share_text(double share) {
    const double percent = 100.0 * share;
    if (percent == 0.0 || percent == 100.0) return fmt::format("{:.0f} %", percent);
    if (percent < 0.01) return "< 0.01 %";
    if (percent > 99.9) return "> 99.9 %";
    return fmt::format("{:.{}f} %", percent, percent < 1.0 ? 2 : 1);
}

std::string misrounded_text(const accuracy_row& row) {
    if (!row.misrounded || row.inputs_tried.value_or(0) == 0) return "–";
    const double share = static_cast<double>(*row.misrounded) / static_cast<double>(*row.inputs_tried);
    return share < 1e-4 ? count_text(*row.misrounded) : share_text(share);
}

std::string rounded_text(const accuracy_row& row) {
    if (!row.misrounded || row.inputs_tried.value_or(0) == 0) return "error not measured";
    const double share = static_cast<double>(*row.misrounded) / static_cast<double>(*row.inputs_tried);
    return share_text(1.0 - share) + " correctly rounded";
}

std::string count_text(std::uint64_t count) {
    if (std::has_single_bit(count) && count >= 65536)
        return fmt::format("2{}", superscript(std::countr_zero(count)));
    return grouped(count);
}

std::string count_of(std::uint64_t count, const std::string& noun) {
    return fmt::format("{} {}{}", count_text(count), noun, count == 1 ? "" : "s");
}

std::string plain_number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "−∞" : "∞";
    std::string text = fmt::format("{:.4g}", std::abs(value));
    return value < 0 ? fmt::format("−{}", text) : text;
}

std::string promise_text(const accuracy_row& row) {
    if (row.promise_kind == "exact") return "correctly rounded";
    if (row.promise_kind == "ulp") return fmt::format("≤ {} ULP", row.promise_value);
    if (row.promise_kind == "absolute") {
        const std::string bound = fmt::format("{:.3g}", row.promise_value);
        return fmt::format("≤ {} · max(1, |f|)", power_of_two_or(row.promise_value, bound));
    }
    return row.promise_flags.empty() ? "nothing" : "no error bound";
}

std::string condition_text(const condition& under) {
    return fmt::format("{}, n = {}{}", under.distribution, under.n, under.in_place ? ", in place" : "");
}

std::string name_and_isa(const kernel& of) {
    return fmt::format("{} ({})", of.label.shown, of.label.key.isa);
}

std::string escape_html(const std::string& text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            case '\'':
                safe += "&#39;";
                break;
            default:
                if (is_control(static_cast<unsigned char>(c))) {
                    safe += replacement;
                } else {
                    safe += c;
                }
        }
    }
    return safe;
}

std::string escape_markdown(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        if (c == '\n' || c == '\t') {
            safe += ' ';
        } else if (is_control(static_cast<unsigned char>(c))) {
            safe += replacement;
        } else {
            // Also '@' and '#', which would call people and issues.
            if (std::string_view("\\`*_{}[]<>#|~&@!$").find(c) != std::string_view::npos) safe += '\\';
            safe += c;
        }
    }
    return safe;
}

std::string markdown_code(const std::string& text) {
    std::string inside;
    for (const char c : text) {
        if (c == '`') {
            inside += '\'';
        } else if (c == '|') {
            inside += "\\|";
        } else if (is_control(static_cast<unsigned char>(c))) {
            inside += replacement;
        } else {
            inside += c == '\n' ? ' ' : c;
        }
    }
    return fmt::format("`{}`", inside);
}

std::string shell_word(const std::string& text) {
    const auto plain = [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view("_-./:+=,@%").find(static_cast<char>(c)) != std::string_view::npos;
    };
    if (!text.empty() && std::all_of(text.begin(), text.end(), plain)) return text;
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'') {
            quoted += "'\\''";
        } else {
            quoted += c;
        }
    }
    return quoted + "'";
}

std::size_t length_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return starts_character(c); }));
}

std::string shorten(const std::string& text, std::size_t limit) {
    if (length_of(text) <= limit) return text;
    std::string kept;
    std::size_t count = 0;
    for (const char c : text) {
        if (starts_character(static_cast<unsigned char>(c)) && ++count >= limit) break;
        kept += c;
    }
    return kept + "…";
}

std::string slug(const std::string& name) {
    std::string safe;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && (std::isalnum(byte) != 0 || c == '_' || c == '-')) {
            safe += c;
        } else {
            safe += fmt::format(".{:02x}", byte);
        }
    }
    constexpr std::size_t longest = 60;
    return safe.size() <= longest ? safe : fmt::format("{}.{:016x}", safe.substr(0, longest), hash_of(name));
}

std::string superscript(int value) {
    constexpr std::array<const char*, 10> digits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string text = value < 0 ? "⁻" : "";
    for (const char c : fmt::format("{}", std::abs(value))) text += digits[static_cast<std::size_t>(c - '0')];
    return text;
}

}  // namespace ulpfront::reports
