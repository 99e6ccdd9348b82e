#include "bench/inputs.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "impls/kernel_abi.h"

namespace ulpfront::bench {
namespace {

/// Elements are stored from the low bytes of a word.
static_assert(std::endian::native == std::endian::little);

std::uint64_t split_mix(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

double uniform(random_bits& random, double limit) { return -limit + 2.0 * limit * random.unit(); }

/// True with probability e^(-1/2): von Neumann's descending runs.
bool half_exponential(random_bits& random) {
    double last = 0.5;
    for (bool even = true;; even = !even) {
        const double next = random.unit();
        if (!(next < last)) return even;
        last = next;
    }
}

/// True with probability e^(-x(2k+x)/(2k+2)).
bool exponential_part(random_bits& random, int k, double x) {
    const double keep = (2.0 * k + x) / (2.0 * k + 2.0);
    double last = x;
    for (bool even = true;; even = !even) {
        const double next = random.unit();
        if (!(next < last) || !(random.unit() < keep)) return even;
        last = next;
    }
}

/// Whether `times` trials all succeed.
template <class Trial>
bool all_of(int times, const Trial& trial) {
    for (int i = 0; i < times; ++i) {
        if (!trial()) return false;
    }
    return true;
}

}  // namespace

std::optional<element_format> format_of(std::uint32_t dtype) {
    switch (dtype) {
        case ULPFRONT_DTYPE_F32:
            return element_format{4, 23, 8};
        case ULPFRONT_DTYPE_F64:
            return element_format{8, 52, 11};
        case ULPFRONT_DTYPE_F16:
            return element_format{2, 10, 5};
        case ULPFRONT_DTYPE_BF16:
            return element_format{2, 7, 8};
        default:
            return std::nullopt;
    }
}

std::uint64_t encode(double value, const element_format& format) {
    const std::uint64_t sign = std::signbit(value) ? format.sign_bit() : 0;
    const double magnitude = std::fabs(value);
    if (std::isnan(value)) return format.quiet_nan();
    if (std::isinf(value)) return sign | format.infinity();
    if (magnitude == 0.0) return sign;
    // Counted in units of the last place, a result is an integer; the leading bit of a normal number
    // carries into the exponent field, as it does where rounding reaches the next binade.
    const int exponent = std::max(std::ilogb(magnitude), 1 - format.bias());
    const double units = std::nearbyint(std::ldexp(magnitude, format.fraction_bits - exponent));
    const auto field = static_cast<std::uint64_t>(exponent + format.bias() - 1) << format.fraction_bits;
    return sign | std::min(field + static_cast<std::uint64_t>(units), format.infinity());
}

const std::vector<std::string>& distribution_names() {
    static const std::vector<std::string> names = {"linspace", "uniform", "normal", "wide", "edge"};
    return names;
}

std::string_view distribution_name(distribution which) {
    return distribution_names()[static_cast<std::size_t>(which)];
}

std::optional<distribution> distribution_from_name(std::string_view name) {
    const auto& names = distribution_names();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<distribution>(found - names.begin());
}

random_bits::random_bits(std::uint64_t seed) {
    for (std::uint64_t& word : state_) word = split_mix(seed);
}

std::uint64_t random_bits::next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

double normal_deviate(random_bits& random) {
    const auto half = [&] { return half_exponential(random); };
    for (;;) {
        int k = 0;
        while (half()) ++k;
        if (!all_of(k * (k - 1), half)) continue;
        const double x = random.unit();
        if (!all_of(k + 1, [&] { return exponential_part(random, k, x); })) continue;
        return (random.next() >> 63) != 0 ? -(k + x) : k + x;
    }
}

input_stream::input_stream(distribution from, const element_format& format, std::uint64_t seed)
    : from_(from), format_(format), random_(seed) {}

std::uint64_t input_stream::draw() {
    switch (from_) {
        case distribution::normal:
            return encode(normal_deviate(random_), format_);
        case distribution::wide:
            return encode(uniform(random_, 100.0), format_);
        default:
            return encode(uniform(random_, 10.0), format_);
    }
}

std::uint64_t input_stream::draw_edge(std::size_t quarter) {
    const std::uint64_t fractions = 1ULL << format_.fraction_bits;
    const std::uint64_t sign = (random_.next() >> 63) != 0 ? format_.sign_bit() : 0;
    if (quarter == 0) return sign | (1 + random_.below(fractions - 1));
    if (quarter == 1) {
        const std::uint64_t kind = random_.below(5);
        if (kind == 0) return format_.quiet_nan();
        return (kind <= 2 ? 0 : format_.infinity()) | (kind % 2 == 0 ? format_.sign_bit() : 0);
    }
    if (quarter == 2) {
        constexpr int lowest = 5;  // |x| >= 32
        const auto field = static_cast<std::uint64_t>(format_.bias() + lowest) +
                           random_.below(static_cast<std::uint64_t>(format_.bias() + 1 - lowest));
        return sign | field << format_.fraction_bits | random_.below(fractions);
    }
    return encode(uniform(random_, 10.0), format_);
}

void input_stream::shuffle(unsigned char* elements, std::size_t n) {
    for (std::size_t i = n; i > 1; --i) {
        unsigned char* const a = elements + (i - 1) * format_.bytes;
        std::swap_ranges(a, a + format_.bytes, elements + random_.below(i) * format_.bytes);
    }
}

void input_stream::write(void* to, std::size_t n) {
    auto* const elements = static_cast<unsigned char*>(to);
    const auto store = [&](std::size_t i, std::uint64_t bits) {
        std::memcpy(elements + i * format_.bytes, &bits, format_.bytes);
    };
    if (from_ == distribution::linspace) {
        const double steps = n > 1 ? static_cast<double>(n - 1) : 1.0;
        for (std::size_t i = 0; i < n; ++i)
            store(i, encode(-10.0 + 20.0 * static_cast<double>(i) / steps, format_));
    } else if (from_ == distribution::edge) {
        for (std::size_t i = 0; i < n; ++i) store(i, draw_edge(i % 4));
        shuffle(elements, n);
    } else {
        for (std::size_t i = 0; i < n; ++i) store(i, draw());
    }
}

}  // namespace ulpfront::bench
