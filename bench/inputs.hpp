// The inputs kernels are timed on: five distributions, the same bits on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulpfront::bench {

/// How an IEEE-like binary format lies in its bits: sign, exponent, fraction.
struct element_format {
    std::size_t bytes;
    int fraction_bits;
    int exponent_bits;

    [[nodiscard]] int bias() const { return (1 << (exponent_bits - 1)) - 1; }
    [[nodiscard]] std::uint64_t sign_bit() const { return 1ULL << (fraction_bits + exponent_bits); }
    [[nodiscard]] std::uint64_t infinity() const { return ((1ULL << exponent_bits) - 1) << fraction_bits; }
    [[nodiscard]] std::uint64_t quiet_nan() const { return infinity() | 1ULL << (fraction_bits - 1); }
};

/// The format of a dtype; nullopt for one that has no inputs (i8).
std::optional<element_format> format_of(std::uint32_t dtype);

/// The bits of a value in a format: to nearest, ties to even, overflowing to infinity.
std::uint64_t encode(double value, const element_format& format);

/// Where inputs come from.
enum class distribution {
    linspace,  ///< evenly over [-10, 10], both ends included, ascending
    uniform,   ///< [-10, 10]
    normal,    ///< N(0, 1)
    wide,      ///< uniform on [-100, 100]
    edge,      ///< a quarter each: subnormal; +-0, +-inf, NaN; |x| >= 32; uniform on [-10, 10]
};

/// Their names, in the order of the enumeration.
const std::vector<std::string>& distribution_names();

std::string_view distribution_name(distribution which);
std::optional<distribution> distribution_from_name(std::string_view name);

/// Random bits: xoshiro256** (Blackman and Vigna, 2018), its state from SplitMix64.
class random_bits {
  public:
    explicit random_bits(std::uint64_t seed);

    std::uint64_t next();
    /// In [0, 1): a multiple of 2^-53.
    double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    /// In [0, bound), bound > 0.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

  private:
    std::uint64_t state_[4]{};
};

/// A normal deviate by Karney's algorithm N (Sampling exactly from the normal distribution, ACM TOMS 42,
/// 2016): comparisons of uniform numbers alone, so that no library's log or sqrt has a say in the bits.
double normal_deviate(random_bits& random);

/// An endless sequence of inputs in a format.
class input_stream {
  public:
    input_stream(distribution from, const element_format& format, std::uint64_t seed);

    /// Writes the next n elements. linspace: the same n points each time; edge: quarters of these n.
    void write(void* to, std::size_t n);

  private:
    [[nodiscard]] std::uint64_t draw();
    [[nodiscard]] std::uint64_t draw_edge(std::size_t quarter);
    void shuffle(unsigned char* elements, std::size_t n);

    distribution from_;
    element_format format_;
    random_bits random_;
};

}  // namespace ulpfront::bench
