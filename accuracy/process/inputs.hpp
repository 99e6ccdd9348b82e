// Which inputs a check tries, in blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "impls/function.hpp"

namespace ulpfront {

/// Inputs are worked on in blocks of this many. With all inputs, block b holds those at the positions
/// [b 2^20, (b+1) 2^20) of ordered_key (accuracy/ulp.hpp).
inline constexpr std::size_t block_size = std::size_t{1} << 20;

/// The same of binary64, whose exact values take longer to find.
inline constexpr std::size_t f64_block_size = std::size_t{1} << 14;

/// What --inputs asks for.
struct input_request {
    enum class mode { quick, all, stride };
    mode kind = mode::quick;
    std::uint64_t wanted = 0;  ///< with a stride: about how many
    std::string text = "quick";
};

/// How many inputs of binary64 stand for all.
inline constexpr std::uint64_t f64_all = std::uint64_t{1} << 20;

/// Parses "quick", "all" or a number. Throws failure (exit_usage).
input_request parse_inputs(const std::string& text);

/// A strictly ascending sequence of inputs: of binary32 every stride-th of all, and chosen ones in between;
/// of a 16-bit type all 65,536, widened; of binary64 chosen ones. The former are computed, not stored: all
/// 2^32 take no memory.
class input_set {
  public:
    /// The inputs of a request for a function, given the seams of all its kernels. The same arguments give
    /// the same inputs. Besides the stride these are: of every binade of both signs the first, the last and
    /// some inside; 64 neighbours on both sides of seams, turning points and special values; NaNs of several
    /// payloads; 2^18 evenly spaced points of the interval the function is timed on; the witnesses.
    input_set(const input_request& request, const function_facts& facts, const std::vector<double>& seams,
              const std::vector<double>& witnesses = {});

    /// All inputs of a dtype of 16 bits.
    explicit input_set(std::uint32_t narrow_dtype);

    /// Inputs of binary64: keys (accuracy/ulp.hpp), ascending.
    explicit input_set(std::vector<std::uint64_t> f64_keys);

    [[nodiscard]] std::uint64_t size() const { return multiples_ + extras_.size() + f64_keys_.size(); }
    [[nodiscard]] std::uint64_t blocks() const { return (size() + inputs_a_block() - 1) / inputs_a_block(); }

    /// Whether these are all inputs of binary32, 2^20 neighbours a block.
    [[nodiscard]] bool has_all_floats() const { return multiples_ == std::uint64_t{1} << 32; }

    /// The same for the same inputs alone.
    [[nodiscard]] std::uint64_t fingerprint() const;

    /// How many inputs a block has, and whether another one follows it.
    struct extent {
        std::size_t count;
        bool successor;
    };
    [[nodiscard]] extent extent_of(std::uint64_t block) const;

    /// Writes the inputs of a block, its successor (if any) behind them; as float where not of binary64.
    void fill(std::uint64_t block, float* x) const;
    void fill(std::uint64_t block, double* x) const;

  private:
    [[nodiscard]] std::size_t inputs_a_block() const {
        return f64_keys_.empty() ? block_size : f64_block_size;
    }

    std::uint32_t narrow_dtype_ = 0;  // 0: binary32
    std::uint64_t stride_ = 1;
    std::uint64_t multiples_ = 0;        // how many multiples of the stride there are
    std::vector<std::uint32_t> extras_;  // keys, ascending, none a multiple of the stride
    std::vector<std::uint64_t> f64_keys_;
};

}  // namespace ulpfront
