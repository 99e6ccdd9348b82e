// From results and references to tallies and verdicts: engine first, judge where the engine leaves open.
#pragma once

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "accuracy/measuring.hpp"

namespace ulpfront {

/// One thing found wrong. Codes: promise, nan, infinity, zero_sign, subnormals, monotone, range (measured);
/// length, alignment, neighbours, input_written, past_end, lane, position, state, threads, in_place,
/// unwritten, control_bits (array integrity); crash, exit, timeout, descriptors, process (process).
struct fault {
    std::string code;
    std::string message;      ///< one sentence, with a witness in hexfloat where there is one
    std::uint64_t place = 0;  ///< where it was found: 0 before the sweep, else the block's number + 1
};
void to_json(nlohmann::json& to, const fault& from);
void from_json(const nlohmann::json& from, fault& to);

/// Measures one kernel of f32, f16 or bf16 over blocks of inputs; what is narrower comes as binary32.
class measurement : public measuring<float> {
  public:
    /// `into` may lie in shared memory; it is up to date after each add. Throws failure if the catalogue
    /// lacks the kernel's function.
    measurement(const engine_table& engine, const kernel_info& kernel, tallies& into);

    /// Adds n results. Inputs ascend by ordered_key. With `successor` x[n] and computed[n] also exist: the
    /// input after the last, of the next block; it counts for monotonicity alone.
    void add(const comparison& block, bool successor);

  private:
    void add_part(const comparison& block, part which, bool has_next);
    void take_extreme(const comparison& block, part which, error_measure how, double low, double high,
                      extreme& to);
    double exact_error(const comparison& block, std::size_t i, error_measure how) const;
    void settle_rounding(const comparison& block, std::size_t count);
    void settle_promise(const comparison& block, std::size_t count);
    void note_occurrences(const comparison& block, part which, const comparison_result& found);
    void count_steps(const comparison& block, part which, std::uint64_t misrounded);
    [[nodiscard]] float nearest(double exact) const;
    [[nodiscard]] double ulp_of(double exact) const;
    [[nodiscard]] bool flush_excused(const comparison& block, std::size_t i) const;
    [[nodiscard]] bool is_over_promise(const comparison& block, std::size_t i) const;

    const engine_table& engine_;
    std::vector<std::uint32_t> rounding_open_;
    std::vector<std::uint32_t> promise_open_;
    std::array<std::uint32_t, error_bins_count> histogram_{};
};

/// The promises of a kernel that its tallies show broken.
std::vector<fault> broken_promises(const kernel_info& kernel, const tallies& t);

/// A special value: what is expected, what came.
struct special_value {
    double input;
    double expected;
};

/// The inputs of a kernel's special-value matrix with their correctly rounded results, in its dtype: NaN, the
/// infinities, the zeros, smallest subnormal and normal numbers, +-1, largest finite numbers.
std::vector<special_value> special_values(const kernel_info& kernel);

/// The measured members of a result row (DESIGN 8): max_ulp ... judge_calls. `kind`: what the maxima are,
/// "certified", "exhaustive" or "found".
nlohmann::json measured_members(const kernel_info& kernel, const tallies& t, const char* kind);

/// The "functions" member of a result: names, formulas, facts, curves of the functions named.
nlohmann::json describe_functions(const std::vector<std::string>& names);

/// printf("%a") of a value; "inf", "-inf", "nan".
std::string hexfloat(double value);

}  // namespace ulpfront
