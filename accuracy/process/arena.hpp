// Arrays for the integrity checks: an input the kernel can only read and an output with canaries around it,
// both between inaccessible pages.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "accuracy/process/memory.hpp"

namespace ulpfront {

/// Room for arrays of up to so many elements, and some more around them. T is an element type of 4 bytes.
class arena {
  public:
    explicit arena(std::size_t elements)
        : bytes_(whole_pages(elements * sizeof(float) + slack)),
          memory_(make_shared_memory("ulpfront-arena", bytes_)),
          writable_(mapping::of_shared(memory_, 0, bytes_, protection::read_write, false)),
          readable_(mapping::of_shared(memory_, 0, bytes_, protection::read_only, true)),
          output_(mapping::of_private(bytes_, true)) {
        std::fill_n(writable_.lower<float>(), elements_in_all(), std::numeric_limits<float>::quiet_NaN());
        paint(0);
    }

    /// Where an array can lie: flush with the end of its pages, or this many bytes behind their beginning.
    [[nodiscard]] const float* input_at_end(std::size_t n) const { return readable_.upper<float>(n); }
    [[nodiscard]] const float* input_at(std::size_t offset) const {
        return reinterpret_cast<const float*>(readable_.begin() + offset);
    }
    [[nodiscard]] float* output_at_end(std::size_t n) const { return output_.upper<float>(n); }
    [[nodiscard]] float* output_at(std::size_t offset) const {
        return reinterpret_cast<float*>(output_.begin() + offset);
    }

    /// Writes an input through the back door; `place` is where the kernel will see it. What was put before is
    /// gone: around the input there are NaNs.
    void put(std::span<const float> x, const float* place) {
        std::fill(last_.begin(), last_.end(), std::numeric_limits<float>::quiet_NaN());
        const auto* const bytes = reinterpret_cast<const std::byte*>(place);
        float* const to = reinterpret_cast<float*>(writable_.begin() + (bytes - readable_.begin()));
        std::copy(x.begin(), x.end(), to);
        last_ = {to, x.size()};
    }

    /// Takes an output out, leaving the canary in its place.
    void take(const float* place, std::span<float> to) const {
        float* const from = const_cast<float*>(place);
        std::copy_n(from, to.size(), to.data());
        std::fill_n(from, to.size(), canary());
    }

    /// How many elements from the output's pages' beginning the first one lies that is no canary; the number
    /// of all if there is none.
    [[nodiscard]] std::size_t first_stain() const {
        const auto* const all = output_.lower<const std::uint32_t>();
        const auto expected = std::bit_cast<std::uint32_t>(canary());
        std::uint32_t differs = 0;
        for (std::size_t i = 0; i < elements_in_all(); ++i) differs |= all[i] ^ expected;
        if (differs == 0) return elements_in_all();
        return static_cast<std::size_t>(
            std::find_if(all, all + elements_in_all(), [&](auto bits) { return bits != expected; }) - all);
    }

    /// Fills the output's pages with one of two canaries.
    void paint(std::size_t which) {
        which_ = which;
        std::fill_n(output_.lower<float>(), elements_in_all(), canary());
    }

    [[nodiscard]] std::size_t which() const { return which_; }

    /// What the output holds where nothing was written.
    [[nodiscard]] float canary() const { return canaries[which_]; }
    [[nodiscard]] std::size_t elements_in_all() const { return bytes_ / sizeof(float); }

  private:
    // Numbers no kernel gives by chance.
    static constexpr std::array<float, 2> canaries{-0x1.c0ffeep+77F, 0x1.badcaep-61F};
    static constexpr std::size_t slack = 2048;

    std::size_t bytes_;
    descriptor memory_;
    mapping writable_;
    mapping readable_;
    mapping output_;
    std::span<float> last_{};
    std::size_t which_ = 0;
};

}  // namespace ulpfront
