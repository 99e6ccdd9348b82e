// Results of binary64 kernels beside their exact values. Every input's exact value is found once, as the
// nearest binary64 number and what is missing to it, so that comparing a result takes a few operations.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "accuracy/reference/engine.hpp"
#include "accuracy/reference/judge.hpp"

namespace ulpfront {

/// Results beside their exact values. Inputs ascend (in the order of ordered_key, accuracy/ulp.hpp).
struct f64_comparison {
    const double* x;
    const located* exact;
    const double* computed;
    std::size_t n;
};

/// The exact values of a function: in double-double where that tells enough, else by the judge. Calls from
/// several threads at once are fine.
class f64_reference {
  public:
    /// Throws failure (exit_usage) if the catalogue lacks the function.
    f64_reference(const engine_table& engine, const std::string& function);

    /// Writes f(x[i]) for i < n.
    void locate(const double* x, located* to, std::size_t n) const;

    [[nodiscard]] const judge<double>& exact() const { return judge_; }

  private:
    judge<double> judge_;
    const f64_function* fast_;  // its evaluate is null where the judge does all
};

/// An exact value high + low, give or take error, beside binary64's numbers; nullopt where that leaves open
/// which is nearest or how large an ulp is, or tells no more than 2^-20 ulp.
std::optional<located> locate_between(double high, double low, double error);

}  // namespace ulpfront
