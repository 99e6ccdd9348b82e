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
#include "impls/element.hpp"

namespace ulpfront {

/// Room for arrays of up to so many elements of type E, and some more around them.
template <class E>
class arena {
  public:
    explicit arena(std::size_t elements)
        : bytes_(whole_pages(elements * sizeof(E) + slack)),
          memory_(make_shared_memory("ulpfront-arena", bytes_)),
          writable_(mapping::of_shared(memory_, 0, bytes_, protection::read_write, false)),
          readable_(mapping::of_shared(memory_, 0, bytes_, protection::read_only, true)),
          output_(mapping::of_private(bytes_, true)) {
        std::fill_n(writable_.lower<E>(), elements_in_all(), not_a_number);
        paint(0);
    }

    /// Where an array can lie: flush with the end of its pages, or this many bytes behind their beginning.
    [[nodiscard]] const E* input_at_end(std::size_t n) const { return readable_.upper<E>(n); }
    [[nodiscard]] const E* input_at(std::size_t offset) const {
        return reinterpret_cast<const E*>(readable_.begin() + offset);
    }
    [[nodiscard]] E* output_at_end(std::size_t n) const { return output_.upper<E>(n); }
    [[nodiscard]] E* output_at(std::size_t offset) const {
        return reinterpret_cast<E*>(output_.begin() + offset);
    }

    /// Writes an input through the back door; `place` is where the kernel will see it. What was put before is
    /// gone: around the input there are NaNs.
    void put(std::span<const E> x, const E* place) {
        std::fill(last_.begin(), last_.end(), not_a_number);
        const auto* const bytes = reinterpret_cast<const std::byte*>(place);
        E* const to = reinterpret_cast<E*>(writable_.begin() + (bytes - readable_.begin()));
        std::copy(x.begin(), x.end(), to);
        last_ = {to, x.size()};
    }

    /// Takes an output out, leaving the canary in its place.
    void take(const E* place, std::span<E> to) const {
        E* const from = const_cast<E*>(place);
        std::copy_n(from, to.size(), to.data());
        std::fill_n(from, to.size(), canary());
    }

    /// How many elements from the output's pages' beginning the first one lies that is no canary; the number
    /// of all if there is none.
    [[nodiscard]] std::size_t first_stain() const {
        const auto* const all = output_.lower<const bits_type>();
        const auto expected = bits_of_element(canary());
        bits_type differs = 0;
        for (std::size_t i = 0; i < elements_in_all(); ++i)
            differs = static_cast<bits_type>(differs | (all[i] ^ expected));
        if (differs == 0) return elements_in_all();
        return static_cast<std::size_t>(
            std::find_if(all, all + elements_in_all(), [&](auto bits) { return bits != expected; }) - all);
    }

    /// Fills the output's pages with one of two canaries.
    void paint(std::size_t which) {
        which_ = which;
        std::fill_n(output_.lower<E>(), elements_in_all(), canary());
    }

    [[nodiscard]] std::size_t which() const { return which_; }

    /// What the output holds where nothing was written.
    [[nodiscard]] E canary() const { return narrow<E>(canaries[which_]); }
    [[nodiscard]] std::size_t elements_in_all() const { return bytes_ / sizeof(E); }

  private:
    using bits_type = typename element<E>::bits_type;
    static constexpr E not_a_number = narrow<E>(std::numeric_limits<wide_of<E>>::quiet_NaN());
    // Numbers no kernel gives by chance, in binary16 hardly one.
    static constexpr std::array<float, 2> canaries = element<E>::format.e_max > 15
                                                         ? std::array{-0x1.c0ffeep+77F, 0x1.badcaep-61F}
                                                         : std::array{-0x1.c0cp+14F, 0x1.badp-13F};
    static constexpr std::size_t slack = 2048;

    std::size_t bytes_;
    descriptor memory_;
    mapping writable_;
    mapping readable_;
    mapping output_;
    std::span<E> last_{};
    std::size_t which_ = 0;
};

}  // namespace ulpfront
