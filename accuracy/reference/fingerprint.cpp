#include "accuracy/reference/fingerprint.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace ulpfront {
namespace {

/// Four sequences hashed side by side, so that none waits for the last product.
class hash {
  public:
    void add(std::uint64_t word) {
        std::uint64_t& lane = lanes_[next_++ % lanes_.size()];
        lane = stirred(lane, word);
    }

    /// The same for word(0) ... word(n - 1).
    template <class Word>
    void add_all(std::size_t n, const Word& word) {
        std::array<std::uint64_t, 4> lanes;
        for (std::size_t k = 0; k < 4; ++k) lanes[k] = lanes_[(next_ + k) % 4];
        const std::size_t fours = n / 4 * 4;
        for (std::size_t i = 0; i < fours; i += 4)
            for (std::size_t k = 0; k < 4; ++k) lanes[k] = stirred(lanes[k], word(i + k));
        for (std::size_t k = 0; k < 4; ++k) lanes_[(next_ + k) % 4] = lanes[k];
        for (std::size_t i = fours; i < n; ++i) add(word(i));
    }

    [[nodiscard]] std::uint64_t value() const {
        hash all;
        for (const std::uint64_t lane : lanes_) all.lanes_[0] = mixed(all.lanes_[0] ^ lane);
        return all.lanes_[0];
    }

  private:
    static std::uint64_t stirred(std::uint64_t lane, std::uint64_t word) {
        return (std::rotl(lane, 5) ^ word) * 0x9e3779b97f4a7c15U;
    }

    static std::uint64_t mixed(std::uint64_t word) {
        word = (word ^ (word >> 32)) * 0xd6e8feb86659fd93U;
        return word ^ (word >> 32);
    }

    std::array<std::uint64_t, 4> lanes_{1, 2, 3, 4};
    std::size_t next_ = 0;
};

std::uint64_t both(float high, float low) {
    return std::uint64_t{std::bit_cast<std::uint32_t>(high)} << 32 | std::bit_cast<std::uint32_t>(low);
}

std::uint64_t canonical(double value) {
    return std::bit_cast<std::uint64_t>(value != value ? std::numeric_limits<double>::quiet_NaN() : value);
}

std::uint32_t canonical(float value) {
    return std::bit_cast<std::uint32_t>(value != value ? std::numeric_limits<float>::quiet_NaN() : value);
}

}  // namespace

std::uint64_t fingerprint_of(const reference_block& block, std::size_t n, std::uint64_t number) {
    hash of;
    of.add(number);
    for (std::size_t begin = 0; begin < n; begin += reference_group::size) {
        const reference_group& group = block.groups[begin / reference_group::size];
        const std::size_t end = std::min(n, begin + reference_group::size);
        of.add(canonical(group.inverse_ulp));
        if (group.inverse_ulp == 0.0) {
            for (std::size_t i = begin; i < end; ++i) {
                of.add(canonical(block.value[i]));
                of.add(canonical(block.bound[i]));
            }
        } else {
            of.add(canonical(group.uncertainty));
            of.add_all(end - begin,
                       [&](std::size_t i) { return both(block.nearest[begin + i], block.rest[begin + i]); });
        }
    }
    return of.value();
}

std::uint64_t fingerprint_of(const float* rounded, std::size_t n, std::uint64_t number) {
    hash of;
    of.add(number);
    of.add_all(n, [&](std::size_t i) { return std::uint64_t{canonical(rounded[i])}; });
    return of.value();
}

std::size_t round_reference(const reference_block& block, const float* x, std::size_t n,
                            const judge<float>& exact, float* rounded) {
    std::size_t asked = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (block.groups[i / reference_group::size].inverse_ulp != 0.0) {
            rounded[i] = block.nearest[i];
            continue;
        }
        const double value = block.value[i];
        const auto low = static_cast<float>(value - block.bound[i]);
        const auto high = static_cast<float>(value + block.bound[i]);
        if (low == high) {
            rounded[i] = low == 0.0F ? std::copysign(0.0F, static_cast<float>(value)) : low;
        } else if (value != value) {
            rounded[i] = std::numeric_limits<float>::quiet_NaN();
        } else {
            ++asked;
            rounded[i] = exact.rounded(x[i]).value_or(std::numeric_limits<float>::quiet_NaN());
        }
    }
    return asked;
}

}  // namespace ulpfront
