#include "reports/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ulpfront::reports {
namespace {

/// P(Binomial(n, 1/2) = k), by logarithms so that thousands of repetitions do not overflow.
double half_binomial(std::size_t n, std::size_t k) {
    const auto real_n = static_cast<double>(n);
    const auto real_k = static_cast<double>(k);
    return std::exp(std::lgamma(real_n + 1) - std::lgamma(real_k + 1) - std::lgamma(real_n - real_k + 1) -
                    real_n * std::log(2.0));
}

}  // namespace

interval median_interval(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    const std::size_t half = n / 2;
    std::size_t k = 1;
    double outside = 2.0 * half_binomial(n, 0);
    while (k < half) {
        const double wider = outside + 2.0 * half_binomial(n, k);
        if (1.0 - wider < wanted_coverage) break;
        outside = wider;
        ++k;
    }
    return {
        .median = n % 2 == 1 ? values[half] : std::midpoint(values[half - 1], values[half]),
        .low = values[k - 1],
        .high = values[n - k],
        .coverage = std::max(0.0, 1.0 - outside),
        .count = n,
    };
}

ratio divide(const interval& a, const interval& b) {
    return {a.median / b.median, a.low / b.high, a.high / b.low};
}

}  // namespace ulpfront::reports
