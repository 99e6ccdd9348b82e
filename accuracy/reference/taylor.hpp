// Exact values of many neighbouring inputs at once: Taylor polynomials of a function's template, whose
// coefficients and remainder MPFR encloses. By Taylor's theorem with Lagrange's remainder
//   f(x) = c_0 + c_1 h + ... + c_(N-1) h^(N-1) + c_N(z) h^N,   h = x - m, z between x and m,
// where the c_k are the jet's coefficients at m, and c_N(z) lies in the enclosure of the jet over all points
// between the ends. That needs N derivatives between the ends: jets know none across a comparison.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace ulpfront {

/// Near a middle m, for all x between the two ends it was made for: |f(x) - p(x - m)| <= error, where p is
/// evaluated as evaluate() does it.
struct taylor_polynomial {
    static constexpr std::size_t order = 8;

    double middle = 0.0;
    double radius = 0.0;
    std::array<long double, order> c{};
    std::size_t terms = 0;     ///< how many of c are evaluated
    long double error = 0.0L;  ///< +inf where nothing is known
    bool exact = false;        ///< the polynomial is the function, but for the rounding of its evaluation
    bool negative = false;     ///< the sign of f(m), that of a zero too

    /// Writes p(x[i] - middle). Whether no operation was rounded.
    bool evaluate(const float* x, long double* y, std::size_t n) const;
};

/// Makes such polynomials for one function, its parameters rounded to binary32. Calls from several threads
/// at once are fine.
class taylor_judge {
  public:
    /// Throws failure (exit_usage) if the catalogue lacks the function.
    explicit taylor_judge(const std::string& function);

    /// Over all inputs from first to last, finite and of one sign.
    [[nodiscard]] taylor_polynomial between(float first, float last) const;

    /// One function's jets; defined in taylor.cpp.
    struct operations;

  private:
    const operations* operations_ = nullptr;
};

}  // namespace ulpfront
