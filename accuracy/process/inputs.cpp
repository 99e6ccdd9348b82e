#include "accuracy/process/inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <random>

#include "accuracy/process/checksum.hpp"
#include "accuracy/ulp.hpp"
#include "impls/element.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

constexpr std::uint64_t all_inputs = std::uint64_t{1} << 32;

/// Odd, so that all bits of the significand vary. With the chosen inputs it makes one block.
constexpr std::uint64_t quick_stride = 8191;
constexpr int timed_points = 1 << 18;
constexpr std::uint32_t neighbours = 64;
constexpr int inside_a_binade = 16;

using keys = std::vector<std::uint32_t>;

void add_bits(keys& to, std::uint32_t bits) {
    to.push_back(ordered_key(std::bit_cast<float>(bits)));
    to.push_back(ordered_key(std::bit_cast<float>(bits | 0x80000000U)));
}

/// Binades of normal numbers, and of subnormal ones (2^k units of the smallest, k < 23).
void add_binades(keys& to) {
    std::mt19937 random(20240229);  // any fixed seed: runs must not differ
    const auto add = [&](std::uint32_t first, std::uint32_t size) {
        for (std::uint32_t i = 0; i < std::min(size, 3U); ++i) {
            add_bits(to, first + i);
            add_bits(to, first + size - 1 - i);
        }
        for (int i = 0; i < inside_a_binade; ++i)
            add_bits(to, first + static_cast<std::uint32_t>(random() % size));
    };
    for (std::uint32_t k = 0; k < 23; ++k) add(1U << k, 1U << k);
    for (std::uint32_t exponent = 1; exponent < 255; ++exponent) add(exponent << 23, 1U << 23);
}

void add_specials(keys& to) {
    for (const std::uint32_t bits : {0x00000000U, 0x7f800000U,  // zero, infinity
                                     0x7f800001U, 0x7fbfffffU,  // signalling NaNs
                                     0x7fc00000U, 0x7fc00001U, 0x7fd55555U, 0x7fffffffU}) {
        add_bits(to, bits);
    }
}

void add_around(keys& to, double at) {
    const auto x = static_cast<float>(at);
    if (!std::isfinite(x)) return;
    const std::uint32_t key = ordered_key(x);
    for (std::uint32_t i = 0; i <= 2 * neighbours; ++i) to.push_back(key - neighbours + i);
}

void add_timed(keys& to, const function_facts& facts) {
    const double step = (facts.timed_to - facts.timed_from) / (timed_points - 1);
    for (int i = 0; i < timed_points; ++i)
        to.push_back(ordered_key(static_cast<float>(facts.timed_from + step * i)));
}

keys chosen_keys(const function_facts& facts, const std::vector<double>& seams,
                 const std::vector<double>& witnesses) {
    keys result;
    add_binades(result);
    add_specials(result);
    add_timed(result, facts);
    for (const double at : {0.0, -1.0, 1.0}) add_around(result, at);
    for (const monotone_piece& piece : facts.monotone) {
        add_around(result, piece.from);
        add_around(result, piece.to);
    }
    for (const double seam : seams) add_around(result, seam);
    for (const double each : witnesses) result.push_back(ordered_key(static_cast<float>(each)));
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

float value_at(std::uint64_t key) { return from_ordered_key<float>(static_cast<std::uint32_t>(key)); }

std::uint64_t stride_of(const input_request& request) {
    switch (request.kind) {
        case input_request::mode::all:
            return 1;
        case input_request::mode::stride:
            return (all_inputs / request.wanted) | 1;
        case input_request::mode::quick:
            break;
    }
    return quick_stride;
}

}  // namespace

input_request parse_inputs(const std::string& text) {
    if (text == "quick") return {input_request::mode::quick, 0, text};
    if (text == "all") return {input_request::mode::all, all_inputs, text};
    std::uint64_t wanted = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), wanted);
    if (error != std::errc{} || end != text.data() + text.size() || wanted == 0 || wanted > all_inputs) {
        throw failure(
            exit_usage,
            fmt::format("--inputs '{}': say quick, all or a number from 1 to 2^32 (4294967296)", text));
    }
    return {input_request::mode::stride, wanted, text};
}

input_set::input_set(const input_request& request, const function_facts& facts,
                     const std::vector<double>& seams, const std::vector<double>& witnesses)
    : stride_(stride_of(request)), multiples_((all_inputs + stride_ - 1) / stride_) {
    if (stride_ == 1) return;
    extras_ = chosen_keys(facts, seams, witnesses);
    std::erase_if(extras_, [&](std::uint32_t key) { return key % stride_ == 0; });
}

input_set::input_set(std::uint32_t narrow_dtype) : narrow_dtype_(narrow_dtype), multiples_(1U << 16) {}

input_set::input_set(std::vector<std::uint64_t> f64_keys) : f64_keys_(std::move(f64_keys)) {}

std::uint64_t input_set::fingerprint() const {
    if (!f64_keys_.empty()) return checksum(fmt::format("f64 {}", fmt::join(f64_keys_, " ")));
    return checksum(fmt::format("{} {} {} {}", narrow_dtype_, stride_, multiples_, fmt::join(extras_, " ")));
}

input_set::extent input_set::extent_of(std::uint64_t block) const {
    const std::uint64_t begin = block * inputs_a_block();
    const std::uint64_t left = size() - begin;
    return {static_cast<std::size_t>(std::min<std::uint64_t>(left, inputs_a_block())),
            left > inputs_a_block()};
}

void input_set::fill(std::uint64_t block, double* x) const {
    const extent part = extent_of(block);
    const auto first = f64_keys_.begin() + static_cast<std::ptrdiff_t>(block * f64_block_size);
    std::transform(first, first + static_cast<std::ptrdiff_t>(part.count + (part.successor ? 1 : 0)), x,
                   from_ordered_key<double>);
}

void input_set::fill(std::uint64_t block, float* x) const {
    const extent part = extent_of(block);
    const std::uint64_t begin = block * block_size;
    if (narrow_dtype_ != 0) {
        with_element(narrow_dtype_, [&]<class E>(E /*type*/) {
            for (std::uint32_t i = 0; i < part.count; ++i) x[i] = static_cast<float>(widen(element_at<E>(i)));
        });
        return;
    }
    // The extra number j stands behind its key / stride + 1 multiples and j extras.
    const auto first = std::partition_point(extras_.begin(), extras_.end(), [&](const std::uint32_t& key) {
        const auto j = static_cast<std::uint64_t>(&key - extras_.data());
        return key / stride_ + 1 + j < begin;
    });
    auto extra = first;
    std::uint64_t multiple = (begin - static_cast<std::uint64_t>(first - extras_.begin())) * stride_;
    float* const end = x + part.count + (part.successor ? 1 : 0);
    while (x != end) {
        const std::uint64_t limit = extra == extras_.end() ? all_inputs : *extra;
        for (; x != end && multiple < limit; multiple += stride_) *x++ = value_at(multiple);
        if (x != end) *x++ = value_at(*extra++);
    }
}

}  // namespace ulpfront
