#include "accuracy/process/f64_inputs.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "accuracy/ulp.hpp"

namespace ulpfront {
namespace {

constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;
constexpr int neighbours = 8;
constexpr int points_a_binade = 32;            // where functions bend
constexpr std::uint64_t points_a_cell = 4096;  // of an interval

/// Gathers keys. Random numbers are taken from the engine itself: the standard's distributions differ from
/// library to library.
class key_list {
  public:
    void add_bits(std::uint64_t bits) {
        keys_.push_back(ordered_key(std::bit_cast<double>(bits)));
        keys_.push_back(ordered_key(std::bit_cast<double>(bits | sign_bit)));
    }

    /// A binade of `size` numbers from these bits on: both ends and so many inside.
    void add_binade(std::uint64_t first, std::uint64_t size, int inside) {
        add_bits(first);
        add_bits(first + size - 1);
        for (int i = 0; i < inside; ++i) add_bits(first + random_() % size);
    }

    /// Neighbours, and numbers 2^k steps away.
    void add_around(double x) {
        if (std::isnan(x)) return;
        const std::uint64_t key = ordered_key(x);
        for (int i = -neighbours; i <= neighbours; ++i) keys_.push_back(key + static_cast<std::uint64_t>(i));
        for (int k = 4; k < 48; k += 2) {
            keys_.push_back(key + (std::uint64_t{1} << k));
            keys_.push_back(key - (std::uint64_t{1} << k));
        }
    }

    /// One point at random in each of n equal cells of an interval.
    void add_interval(double from, double to, std::uint64_t n) {
        const double width = (to - from) / static_cast<double>(n);
        for (std::uint64_t i = 0; i < n; ++i)
            add(from + width * (static_cast<double>(i) + static_cast<double>(random_() >> 11) * 0x1p-53));
    }

    /// Points whose exponent is as random as their significand.
    void add_bends(std::uint64_t n) {
        for (std::uint64_t i = 0; i < n; ++i) {
            const std::uint64_t exponent = first_bend + random_() % (last_bend - first_bend + 1);
            keys_.push_back(
                ordered_key(std::bit_cast<double>(exponent << 52 | (random_() & ~exponent_mask))));
        }
    }

    void add(double x) { keys_.push_back(ordered_key(x)); }

    std::vector<std::uint64_t> ascending() {
        std::sort(keys_.begin(), keys_.end());
        keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
        return std::move(keys_);
    }

    [[nodiscard]] std::size_t size() const { return keys_.size(); }

  private:
    static constexpr std::uint64_t exponent_mask = std::uint64_t{0x7ff} << 52;

    std::vector<std::uint64_t> keys_;
    std::mt19937_64 random_{20240229};  // any fixed seed: runs must not differ
};

void add_binades(key_list& to) {
    constexpr std::uint64_t one = 1;
    for (int k = 0; k < 52; ++k) to.add_binade(one << k, one << k, 4);
    for (std::uint64_t exponent = 1; exponent < 2047; ++exponent) {
        const bool bends = first_bend <= exponent && exponent <= last_bend;
        to.add_binade(exponent << 52, one << 52, bends ? points_a_binade : 2);
    }
}

void add_specials(key_list& to) {
    constexpr std::uint64_t quiet = 0x7fffffffffffffff;  // a NaN of many bits
    for (const std::uint64_t bits :
         {std::uint64_t{0}, std::uint64_t{0x7ff0000000000000},                   // zero, infinity
          std::uint64_t{0x7ff0000000000001}, std::uint64_t{0x7ff7ffffffffffff},  // signalling NaNs
          std::uint64_t{0x7ff8000000000000}, std::uint64_t{0x7ff8000000000001}, quiet}) {
        to.add_bits(bits);
    }
    for (const double at : {0.0, -1.0, 1.0}) to.add_around(at);
}

}  // namespace

std::vector<std::uint64_t> f64_keys(const input_request& request, const function_facts& facts,
                                    const std::vector<double>& seams, const std::vector<double>& witnesses) {
    key_list keys;
    add_binades(keys);
    add_specials(keys);
    for (const monotone_piece& piece : facts.monotone) {
        if (std::isfinite(piece.from)) keys.add_around(piece.from);
        if (std::isfinite(piece.to)) keys.add_around(piece.to);
    }
    for (const double seam : seams) keys.add_around(seam);
    for (const double each : witnesses) keys.add(each);
    keys.add_interval(facts.timed_from, facts.timed_to, 2 * points_a_cell);
    keys.add_interval(-50.0, 50.0, points_a_cell);
    keys.add_interval(-1000.0, 1000.0, points_a_cell);
    const std::uint64_t wanted = request.kind == input_request::mode::all ? f64_all : request.wanted;
    if (wanted > keys.size()) {
        const std::uint64_t more = wanted - keys.size();
        keys.add_interval(facts.timed_from, facts.timed_to, more / 2);
        keys.add_bends(more - more / 2);
    }
    return keys.ascending();
}

}  // namespace ulpfront
