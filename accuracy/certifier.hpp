// Does the fast reference hold what it says, at every input? Its enclosures are held against Taylor
// polynomials with enclosed remainders (reference/taylor.hpp), and one by one against the judge where these
// leave anything open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accuracy/reference/engine.hpp"
#include "accuracy/reference/judge.hpp"
#include "accuracy/reference/taylor.hpp"

namespace ulpfront {

/// What was found about a run of inputs.
struct certified_run {
    std::uint64_t judged = 0;    ///< inputs the judge was asked about one by one
    double share = 0.0;          ///< the largest deviation from the exact value, in parts of its bound
    float share_at = 0.0F;       ///< the input of that
    std::optional<float> wrong;  ///< an input whose enclosure or rounding is not right, or not decided
};

/// Certifies the reference of one function. One object for each thread.
class certifier {
  public:
    /// Throws failure (exit_usage) if the catalogue lacks the function.
    explicit certifier(const std::string& function) : taylor_(function), judge_(function) {}

    /// Holds the reference of n ascending inputs against their exact values.
    certified_run certify(const float* x, const reference_block& reference, std::size_t n);

    /// The correctly rounded results of the last run, which owe nothing to the reference.
    [[nodiscard]] const std::vector<float>& rounded() const { return rounded_; }

  private:
    void sweep(part which);
    void compare(const taylor_polynomial& p, part which);
    void judge_one(std::size_t i);
    void take_nan(std::size_t i);
    void note(std::size_t i, long double deviation, long double bound);
    void enclose(std::size_t i);
    [[nodiscard]] bool same_enclosure(std::size_t i) const;
    [[nodiscard]] bool is_sharp(const taylor_polynomial& p, part which) const;
    [[nodiscard]] std::optional<float> zero_of(const taylor_polynomial& p, part which) const;

    taylor_judge taylor_;
    judge<float> judge_;
    const float* x_ = nullptr;
    const reference_block* reference_ = nullptr;
    long double value_ = 0.0L;  // the reference of the input that is looked at
    long double bound_ = 0.0L;
    long double share_ = 0.0L;  // found_.share, which as a double may be too small a number
    certified_run found_;
    std::vector<float> rounded_;
    std::vector<float> expected_;
};

}  // namespace ulpfront
