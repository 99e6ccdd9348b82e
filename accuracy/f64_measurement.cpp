#include "accuracy/f64_measurement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ulpfront {
namespace {

constexpr double largest = std::numeric_limits<double>::max();
constexpr double smallest_normal = std::numeric_limits<double>::min();

/// The density of a normal distribution changes little within a run of this many inputs.
constexpr std::size_t run_size = 256;
/// In the sums: the square of this, 256 times, is still a number.
constexpr double most_in_sums = 0x1p500;
/// What computing an error in binary64 may cost it: the difference, the scaling of a subnormal, the rest.
constexpr double rounding = 0x1p-51;

bool is_subnormal(const located& y) {
    const double magnitude = std::abs(y.nearest);
    const bool rounded_up = magnitude == smallest_normal && (y.nearest < 0.0 ? y.rest > 0.0 : y.rest < 0.0);
    return magnitude < smallest_normal || rounded_up;
}

/// Half the smallest number, or as good as: zero is then a matter of rounding, not of flushing.
bool is_half_the_smallest(const located& y) {
    return std::abs(y.nearest) == std::numeric_limits<double>::denorm_min() &&
           std::abs(y.rest) > 0.5 - 0x1p-20;
}

/// Is f(x) itself infinite, or NaN? Then there is no error to speak of.
bool is_incomparable(const located& y) {
    return y.what == located::kind::special && !std::isfinite(y.nearest);
}

}  // namespace

f64_measurement::f64_measurement(const kernel_info& kernel, tallies& into) : measuring(kernel, into) {}

void f64_measurement::add(const f64_comparison& block, bool successor) {
    candidates_.fill({});
    for (std::size_t begin = 0; begin < block.n;) {
        const std::size_t end = end_of_run(block.x, begin, block.n, run_size);
        add_run(block, {begin, end}, end < block.n || successor);
        begin = end;
    }
    take_extremes(block);
    finish(block, block.n + (successor ? 1 : 0));
}

void f64_measurement::finish(const f64_comparison& block, std::size_t results) {
    check_zero(block.x, block.computed, block.n, [&](std::size_t i) { return block.exact[i].nearest; });
    check_monotone(block.x, block.computed, results,
                   [](const double* y, std::size_t n, int direction, std::size_t& first) {
                       std::uint64_t falls = 0;
                       for (std::size_t i = n < 2 ? 0 : n - 1; i-- > 0;) {
                           if (!(direction < 0 ? y[i] < y[i + 1] : y[i + 1] < y[i])) continue;
                           ++falls;
                           first = i;
                       }
                       return falls;
                   });
}

void f64_measurement::add_run(const f64_comparison& block, part which, bool has_next) {
    run found{{0, 0.0, 0.0, 0.0, -1.0, nullptr}, {}};
    found.sums.histogram = &found.histogram;
    for (std::size_t i = which.begin; i < which.end; ++i) add_one(block, i, found);
    tallies_.inputs += which.end - which.begin;
    take_sums(found.sums, block.x[which.begin], block.x[has_next ? which.end : which.end - 1]);
}

void f64_measurement::add(const f64_comparison& block, double* errors) {
    candidates_.fill({});
    for (std::size_t i = 0; i < block.n; ++i) errors[i] = check_one(block, i).error;
    tallies_.inputs += block.n;
    take_extremes(block);
    finish(block, block.n);
}

void f64_measurement::confirm(double x, double computed) {
    const bool perhaps_excused = limits_.flush_declared && computed == 0.0;
    if (std::isnan(computed) || perhaps_excused) return;
    ++tallies_.judge_calls;
    tallies_.worst.update(std::min(judge_.error_ulp(x, computed), largest), witness_at(x, computed));
}

/// All that a result alone decides.
f64_measurement::measured f64_measurement::check_one(const f64_comparison& block, std::size_t i) {
    const double x = block.x[i];
    const double c = block.computed[i];
    const located& y = block.exact[i];
    count_mismatches(x, c, y);
    if (std::isnan(c) || is_incomparable(y)) return {.error = -1.0};
    const measured e = measure(x, c, y);
    settle_promise(x, c, y, e);
    offer(block, i, e);
    return e;
}

void f64_measurement::add_one(const f64_comparison& block, std::size_t i, run& to) {
    const measured e = check_one(block, i);
    if (e.error < 0.0) return;
    const double counted = std::min(e.error, most_in_sums);
    run_sums& sums = to.sums;
    ++sums.counted;
    sums.sum += counted;
    sums.sum_squared += counted * counted;
    sums.sum_signed += std::clamp(e.signed_error, -most_in_sums, most_in_sums);
    sums.largest = std::max(sums.largest, std::min(e.error + e.uncertainty, largest));
    ++to.histogram[error_bin(e.error)];
}

void f64_measurement::count_mismatches(double x, double c, const located& y) {
    const auto note = [&](occurrence& to, bool is_one) {
        if (is_one) to.add(1, witness_at(x, c));
    };
    tallies& t = tallies_;
    note(t.nan_mismatches, std::isnan(c) != std::isnan(y.nearest));
    if (std::isnan(y.nearest)) return;
    const bool wrong = !(c == y.nearest);
    if (y.what == located::kind::undecided) {
        ++t.undecided;
    } else if (wrong) {
        ++t.misrounded;
    }
    if (std::isnan(c)) return;
    note(t.inf_mismatches, wrong && (std::isinf(c) || std::isinf(y.nearest)));
    note(t.zero_sign_mismatches, c == 0.0 && !wrong && std::signbit(c) != std::signbit(y.nearest));
    note(t.flushed_subnormals, c == 0.0 && wrong && is_subnormal(y) && !is_half_the_smallest(y));
    note(t.range_violations, c < limits_.range_low || limits_.range_high < c);
}

bool f64_measurement::flush_excused(double x, double computed, const located& y) const {
    return limits_.flush_declared && computed == 0.0 && (is_subnormal(y) || std::abs(x) < smallest_normal);
}

/// (computed - nearest) / ulp - rest: the difference is exact where the two are neighbours. What reaches
/// beyond binary64's numbers is the judge's.
f64_measurement::measured f64_measurement::measure(double x, double c, const located& y) {
    if (flush_excused(x, c, y) || (std::isinf(c) && c == y.nearest)) return {};
    const double distance = c - y.nearest;
    if (!std::isfinite(distance)) {
        ++tallies_.judge_calls;
        const double error = std::min(judge_.error_ulp(x, c), largest);
        return {error, std::copysign(error, distance), error * rounding, largest};
    }
    const double e = std::ldexp(distance, -y.ulp_exponent) - y.rest;
    const double size = std::min(std::abs(e), largest);
    const double absolute = std::abs(distance - std::ldexp(y.rest, y.ulp_exponent));
    return {size, std::copysign(size, e), y.uncertainty + size * rounding, std::min(absolute, largest)};
}

void f64_measurement::settle_promise(double x, double c, const located& y, const measured& e) {
    const bool absolute = limits_.promise_absolute < infinite;
    if (e.error == 0.0 || !(absolute || limits_.promise_ulp < infinite)) return;
    const double error = absolute ? e.absolute : e.error;
    const double limit =
        absolute ? limits_.promise_absolute * std::max(1.0, std::abs(y.nearest)) : limits_.promise_ulp;
    const double slack =
        absolute ? std::ldexp(y.uncertainty, y.ulp_exponent) + 0x1p-40 * limit : e.uncertainty;
    if (error + slack <= limit) return;
    std::optional<bool> over = error - slack > limit ? std::optional(true) : std::nullopt;
    if (!over) {
        ++tallies_.judge_calls;
        over = absolute ? judge_.exceeds_absolute(x, c, limits_.promise_absolute)
                        : judge_.exceeds_ulp(x, c, limits_.promise_ulp);
    }
    if (!over) ++tallies_.undecided;
    if (over.value_or(false)) tallies_.over_promise.add(1, witness_at(x, c));
}

void f64_measurement::offer(error_measure how, const f64_comparison& block, std::size_t i, double error) {
    f64_candidate& best = candidates_[static_cast<std::size_t>(how)];
    const auto bits = [&](std::size_t at) { return std::bit_cast<std::uint64_t>(block.x[at]); };
    if (error > best.error || (error == best.error && bits(i) < bits(best.at))) best = {error, i};
}

void f64_measurement::offer(const f64_comparison& block, std::size_t i, const measured& e) {
    const located& y = block.exact[i];
    offer(error_measure::ulp, block, i, e.error);
    offer(error_measure::absolute, block, i, e.absolute);
    if (is_subnormal(y)) return;
    offer(error_measure::ulp_normal, block, i, e.error);
    const double magnitude = std::min(std::abs(y.nearest), largest);
    offer(error_measure::relative, block, i, std::min(e.absolute / magnitude, largest));
}

void f64_measurement::take_extremes(const f64_comparison& block) {
    take_extreme(block, error_measure::ulp, tallies_.worst);
    take_extreme(block, error_measure::ulp_normal, tallies_.worst_normal);
    take_extreme(block, error_measure::absolute, tallies_.worst_absolute);
    take_extreme(block, error_measure::relative, tallies_.worst_relative);
}

/// The judge says how large a block's largest error is, if none before was larger.
void f64_measurement::take_extreme(const f64_comparison& block, error_measure how, extreme& to) {
    const f64_candidate& best = candidates_[static_cast<std::size_t>(how)];
    if (best.error < 0.0 || best.error * (1.0 + 0x1p-40) + 0x1p-40 < to.value) return;
    if (best.error == 0.0) return to.update(0.0, {});
    to.update(exact_error(block, best.at, how), witness_at(block.x[best.at], block.computed[best.at]));
}

double f64_measurement::exact_error(const f64_comparison& block, std::size_t i, error_measure how) {
    const double x = block.x[i];
    const double c = block.computed[i];
    // Not counted: how often this is asked depends on what other blocks gave.
    if (how == error_measure::ulp || how == error_measure::ulp_normal)
        return std::min(judge_.error_ulp(x, c), largest);
    const double absolute = std::min(judge_.error_absolute(x, c), largest);
    if (how == error_measure::absolute) return absolute;
    return std::min(absolute / std::min(std::abs(block.exact[i].nearest), largest), largest);
}

}  // namespace ulpfront
