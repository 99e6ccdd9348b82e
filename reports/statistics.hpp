// Medians that say how sure they are.
#pragma once

#include <cstddef>
#include <vector>

namespace ulpfront::reports {

/// A median with a distribution-free confidence interval between two order statistics.
struct interval {
    double median = 0.0;
    double low = 0.0;
    double high = 0.0;
    double coverage =
        0.0;  ///< probability that the interval holds the true median, whatever the distribution
    std::size_t count = 0;  ///< of values it was made from
};

/// The coverage that an interval aims at; with fewer than six values even minimum to maximum has less.
inline constexpr double wanted_coverage = 0.95;

/// Median and interval of at least one value. The interval is [x(k), x(n+1-k)] with the largest k whose
/// coverage 1 - 2 P(Binomial(n, 1/2) < k) is at least wanted_coverage, else [minimum, maximum].
interval median_interval(std::vector<double> values);

/// a / b, with bounds that hold if both intervals do.
struct ratio {
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
};
ratio divide(const interval& a, const interval& b);

/// Whether the intervals share a value: their order is not known, which is a tie.
inline bool overlap(const interval& a, const interval& b) { return a.low <= b.high && b.low <= a.high; }

/// How much longer than another may take what is still as fast: on a busy machine intervals overlap although
/// the medians are far apart, and a tie of these would cost its reader the difference.
inline constexpr double as_fast_ratio = 1.1;

/// Whether `of` ties with the fastest and its median is next to it.
inline bool as_fast(const interval& of, const interval& fastest) {
    return overlap(of, fastest) && of.median <= as_fast_ratio * fastest.median;
}

}  // namespace ulpfront::reports
