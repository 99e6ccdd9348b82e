#include "reports/gate/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "reports/statistics.hpp"

namespace ulpfront::gate {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// P(Binomial(n, p) >= k), by logarithms so that hundreds of values do not underflow; 0 < p < 1.
double binomial_tail(std::size_t n, std::size_t k, double p) {
    const auto real_n = static_cast<double>(n);
    double sum = 0.0;
    for (std::size_t i = k; i <= n; ++i) {
        const auto real_i = static_cast<double>(i);
        sum += std::exp(std::lgamma(real_n + 1) - std::lgamma(real_i + 1) - std::lgamma(real_n - real_i + 1) +
                        real_i * std::log(p) + (real_n - real_i) * std::log1p(-p));
    }
    return std::min(1.0, sum);
}

/// The smallest count of n that has a probability of at most alpha to be reached; n + 1 if none has.
std::size_t critical_count(std::size_t n, double alpha) {
    std::size_t k = n + 1;
    while (k > 0 && upper_tail(n, k - 1) <= alpha) --k;
    return k;
}

}  // namespace

double upper_tail(std::size_t n, std::size_t k) { return k == 0 ? 1.0 : binomial_tail(n, k, 0.5); }

double p_above(const std::vector<double>& values, double limit) {
    const auto above = std::count_if(values.begin(), values.end(), [&](double v) { return v > limit; });
    return upper_tail(values.size(), static_cast<std::size_t>(above));
}

double p_below(const std::vector<double>& values, double limit) {
    const auto below = std::count_if(values.begin(), values.end(), [&](double v) { return v < limit; });
    return upper_tail(values.size(), static_cast<std::size_t>(below));
}

double upper_bound(std::vector<double> values, double alpha) {
    // With c values or more below the median having probability alpha, the c-th smallest is above it.
    const std::size_t critical = critical_count(values.size(), alpha);
    if (critical > values.size()) return infinity;
    std::sort(values.begin(), values.end());
    return values[critical - 1];
}

double noticed_shift(std::vector<double> values, double limit, double alpha, double power) {
    const std::size_t n = values.size();
    const std::size_t critical = critical_count(n, alpha);
    if (critical > n) return infinity;
    // The share of values that must lie above the limit for the count to be reached so often.
    double low = 0.5;
    double high = 1.0;
    for (int i = 0; i < 40; ++i) {
        const double share = std::midpoint(low, high);
        (binomial_tail(n, critical, share) < power ? low : high) = share;
    }
    const double median = reports::median_interval(values).median;
    std::sort(values.begin(), values.end());
    const auto may_stay = static_cast<std::size_t>((1.0 - high) * static_cast<double>(n));
    return limit - (values[std::min(may_stay, n - 1)] - median);
}

std::vector<bool> rejected(const std::vector<double>& p_values, double q) {
    std::vector<double> sorted = p_values;
    std::sort(sorted.begin(), sorted.end());
    const auto n = static_cast<double>(sorted.size());
    double threshold = -1.0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (sorted[i] <= q * static_cast<double>(i + 1) / n) threshold = sorted[i];
    }
    std::vector<bool> result(p_values.size());
    std::transform(p_values.begin(), p_values.end(), result.begin(),
                   [&](double p) { return p <= threshold; });
    return result;
}

}  // namespace ulpfront::gate
