// Statistics of paired measurements that assume no distribution: signs and order statistics alone.
#pragma once

#include <cstddef>
#include <vector>

namespace ulpfront::gate {

/// P(Binomial(n, 1/2) >= k).
double upper_tail(std::size_t n, std::size_t k);

/// One-sided sign test: the probability that so many of the values or more lie above the limit although
/// their median does not.
double p_above(const std::vector<double>& values, double limit);

/// The same for values below the limit.
double p_below(const std::vector<double>& values, double limit);

/// An upper bound of the median that is too low with a probability of at most alpha; infinite where there
/// are too few values for one.
double upper_bound(std::vector<double> values, double alpha);

/// The smallest shift of the median that the test p_above(values, limit) <= alpha would notice with
/// probability `power`, if the values were spread around it as these are around theirs. Infinite where no
/// shift is noticed.
double noticed_shift(std::vector<double> values, double limit, double alpha, double power);

/// Which of the hypotheses Benjamini and Hochberg (J. R. Stat. Soc. B 57, 1995) reject at a false discovery
/// rate of q.
std::vector<bool> rejected(const std::vector<double>& p_values, double q);

}  // namespace ulpfront::gate
