#include "accuracy/measurement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "accuracy/ulp.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

/// Blocks are compared in parts of this many results: part by part the judge is asked about the largest.
constexpr std::size_t part_size = std::size_t{1} << 15;

/// A maximum below this is not worth a judge: where nothing is larger the function is saturated, or exact.
constexpr double negligible_ulp = 0x1p-10;

/// The standard deviations of tallies::normal.
constexpr std::array<double, 2> deviations = {1.0, 3.0};

/// The share of N(0,1) between two ascending numbers, to full relative accuracy in both tails.
double normal_share(double from, double to) {
    const double root_half = 0.70710678118654752;
    const double sign = from >= 0.0 ? 1.0 : -1.0;
    return 0.5 * sign * (std::erfc(sign * from * root_half) - std::erfc(sign * to * root_half));
}

std::size_t binade_of(float x) { return ordered_key(x) >> 23; }

/// Parts are at most part_size long and stay within one sign and exponent.
std::size_t end_of_part(const float* x, std::size_t begin, std::size_t n) {
    const std::size_t end = std::min(begin + part_size, n);
    const std::size_t binade = binade_of(x[begin]);
    if (binade_of(x[end - 1]) == binade) return end;
    return static_cast<std::size_t>(
        std::partition_point(x + begin, x + end, [&](float at) { return binade_of(at) == binade; }) - x);
}

const function_facts& facts_of(const std::string& function) {
    const function_facts* facts = find_function(function);
    if (facts == nullptr)
        throw failure(exit_usage, fmt::format("the catalogue has no function '{}'", function));
    return *facts;
}

comparison_limits limits_of(const kernel_info& kernel, const function_facts& facts) {
    return {format_of(kernel.dtype),
            kernel.promise_kind == ULPFRONT_PROMISE_ULP ? kernel.promise_value : inf,
            kernel.promise_kind == ULPFRONT_PROMISE_ABSOLUTE ? kernel.promise_value : inf,
            facts.range_low,
            facts.range_high,
            (kernel.mode_flags & ULPFRONT_MODE_FLUSH_TO_ZERO) != 0};
}

witness witness_at(float x, float y) {
    return {true, std::bit_cast<std::uint32_t>(x), std::bit_cast<std::uint32_t>(y)};
}

}  // namespace

measurement::measurement(const engine_table& engine, const kernel_info& kernel, tallies& into)
    : engine_(engine),
      facts_(facts_of(kernel.function)),
      judge_(kernel.function, format_of(kernel.dtype)),
      limits_(limits_of(kernel, facts_)),
      tallies_(into),
      rounding_open_(part_size),
      promise_open_(part_size) {}

void measurement::add(const comparison& block, bool successor) {
    for (std::size_t begin = 0; begin < block.n;) {
        const std::size_t end = end_of_part(block.x, begin, block.n);
        add_part(block, {begin, end}, end < block.n || successor);
        begin = end;
    }
    check_zero(block);
    check_monotone(block.x, block.computed, block.n + (successor ? 1 : 0));
}

void measurement::add_part(const comparison& block, part which, bool has_next) {
    histogram_.fill(0);
    const comparison_result found = engine_.compare(block, which, limits_, rounding_open_.data(),
                                                    promise_open_.data(), histogram_.data());
    const std::uint64_t misrounded_before = tallies_.misrounded;
    take_sums(block, which, found, has_next);
    settle_rounding(block, found.rounding_open_count);
    if (limits_.format != binary32_format) count_steps(block, which, tallies_.misrounded - misrounded_before);
    settle_promise(block, found.promise_open_count);
    note_occurrences(block, which, found);
    const bool negligible = found.max_high < negligible_ulp;
    const auto take = [&](error_measure how, double low, double high, extreme& to) {
        if (!(negligible && to.seen())) take_extreme(block, which, how, low, high, to);
    };
    take(error_measure::ulp, found.max_low, found.max_high, tallies_.worst);
    take(error_measure::ulp_normal, found.max_normal_low, found.max_normal_high, tallies_.worst_normal);
    // Their lower bounds are a part's largest error less what is uncertain: they need no better.
    take(error_measure::absolute, 0.0, found.max_absolute, tallies_.worst_absolute);
    take(error_measure::relative, 0.0, found.max_relative, tallies_.worst_relative);
}

void measurement::take_sums(const comparison& block, part which, const comparison_result& found,
                            bool has_next) {
    tallies& t = tallies_;
    t.inputs += which.end - which.begin;
    t.misrounded += found.misrounded;
    if (found.counted == 0) return;
    t.counted += found.counted;
    t.sum_ulp.add(found.sum_ulp);
    t.sum_ulp_squared.add(found.sum_ulp_squared);
    (found.sum_ulp_signed < 0.0 ? t.sum_ulp_below : t.sum_ulp_above).add(std::abs(found.sum_ulp_signed));
    for (std::size_t i = 0; i < histogram_.size(); ++i) t.histogram[i] += histogram_[i];
    const float first = block.x[which.begin];
    binade_tally& binade = t.binades[binade_of(first)];
    binade.counted += found.counted;
    binade.max_ulp = std::max(binade.max_ulp, found.max_high);
    binade.sum_ulp.add(found.sum_ulp);
    const float next = block.x[has_next ? which.end : which.end - 1];
    if (!std::isfinite(first) || !std::isfinite(next)) return;
    for (std::size_t k = 0; k < t.normal.size(); ++k) {
        const double share = normal_share(first / deviations[k], next / deviations[k]);
        t.normal[k].add(share, found.counted, found.sum_ulp, found.sum_ulp_squared, histogram_);
    }
}

void measurement::check_zero(const comparison& block) {
    if (limits_.promise_absolute == inf) return;
    // An absolute promise includes that f(0) is exact where it is 0.
    const auto* const end = block.x + block.n;
    const auto* x = std::lower_bound(block.x, end, ordered_key(-0.0F),
                                     [](float a, std::uint32_t key) { return ordered_key(a) < key; });
    for (; x != end && *x == 0.0F; ++x) {
        const auto i = static_cast<std::size_t>(x - block.x);
        if (reference_at(block.reference, i).value == 0.0 && block.computed[i] != 0.0F) {
            tallies_.over_promise.add(1, witness_at(*x, block.computed[i]));
        }
    }
}

void measurement::settle_rounding(const comparison& block, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) {
        const std::uint32_t i = rounding_open_[k];
        ++tallies_.judge_calls;
        const auto nearest = judge_.rounded(block.x[i]);
        if (!nearest) {
            ++tallies_.undecided;
        } else if (!(*nearest == block.computed[i])) {
            ++tallies_.misrounded;
        }
    }
}

void measurement::settle_promise(const comparison& block, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) {
        const std::uint32_t i = promise_open_[k];
        const float x = block.x[i];
        const float y = block.computed[i];
        ++tallies_.judge_calls;
        const auto over = limits_.promise_ulp < inf ? judge_.exceeds_ulp(x, y, limits_.promise_ulp)
                                                    : judge_.exceeds_absolute(x, y, limits_.promise_absolute);
        if (!over) {
            ++tallies_.undecided;
        } else if (*over) {
            tallies_.over_promise.add(1, witness_at(x, y));
        }
    }
}

/// Parts that may hold a larger error than any before are searched, and the judge decides. Which parts those
/// are depends on the order of the parts, the maximum does not: its part always is one.
void measurement::take_extreme(const comparison& block, part which, error_measure how, double low,
                               double high, extreme& to) {
    if (high < 0.0 || high < to.value) return;
    if (high == 0.0) return to.update(0.0, {});
    std::array<std::uint32_t, most_candidates> candidates{};
    const std::size_t count = engine_.collect(block, which, limits_, how, std::max(low, to.value),
                                              candidates.data(), candidates.size());
    for (std::size_t k = 0; k < count; ++k) {
        const std::size_t i = candidates[k];
        to.update(exact_error(block, i, how), witness_at(block.x[i], block.computed[i]));
    }
}

double measurement::exact_error(const comparison& block, std::size_t i, error_measure how) const {
    const enclosed y = reference_at(block.reference, i);
    const float computed = block.computed[i];
    // What is equal to an exact reference, and what is excused, needs no judge.
    if (y.bound == 0.0 && static_cast<double>(computed) == y.value) return 0.0;
    if (flush_excused(block, i)) return 0.0;
    switch (how) {
        case error_measure::ulp:
        case error_measure::ulp_normal:
            return judge_.error_ulp(block.x[i], computed);
        case error_measure::absolute:
            return judge_.error_absolute(block.x[i], computed);
        case error_measure::relative:
            break;
    }
    return judge_.error_absolute(block.x[i], computed) / std::abs(y.value);
}

double measurement::ulp_of(double exact) const {
    const number_format& f = limits_.format;
    const int e = exact == 0.0 ? f.e_min : std::max(std::ilogb(exact), f.e_min);
    return std::ldexp(1.0, e - f.precision + 1);
}

/// The number of the format nearest to an exact value, ties to even; NaN stays.
float measurement::nearest(double exact) const {
    if (!std::isfinite(exact) || exact == 0.0) return static_cast<float>(exact);
    const double ulp = ulp_of(exact);
    const double rounded = std::nearbyint(exact / ulp) * ulp;
    const bool overflows = std::abs(rounded) >= std::ldexp(1.0, limits_.format.e_max + 1);
    return static_cast<float>(std::copysign(overflows ? inf : std::abs(rounded), exact));
}

void measurement::count_steps(const comparison& block, part which, std::uint64_t misrounded) {
    for (std::size_t i = which.begin; i < which.end; ++i) {
        const float c = block.computed[i];
        const float y = nearest(reference_at(block.reference, i).value);
        if (!std::isfinite(c) || !std::isfinite(y)) continue;
        // Where nothing is misrounded a difference is a tie that the judge has decided.
        const double steps = misrounded == 0 ? 0.0 : std::abs(static_cast<double>(c) - y) / ulp_of(y);
        tallies_.rounding_steps = std::max(tallies_.rounding_steps, steps);
    }
}

bool measurement::flush_excused(const comparison& block, std::size_t i) const {
    const double smallest_normal = std::ldexp(1.0, limits_.format.e_min);
    return limits_.flush_declared && block.computed[i] == 0.0F &&
           (std::abs(reference_at(block.reference, i).value) < smallest_normal ||
            std::abs(static_cast<double>(block.x[i])) < smallest_normal);
}

void measurement::note_occurrences(const comparison& block, part which, const comparison_result& found) {
    const bool nothing = found.nan_mismatches + found.inf_mismatches + found.zero_sign_mismatches +
                             found.flushed_subnormals + found.range_violations + found.over_promise ==
                         0;
    if (nothing) return;
    // Counts come from the engine; the first witness of each kind is looked for one by one, once.
    const auto note = [&](occurrence& to, std::uint64_t count, auto&& is_one) {
        if (count == 0) return;
        witness at;
        for (std::size_t i = which.begin; i < which.end; ++i) {
            if (!is_one(i)) continue;
            const witness here = witness_at(block.x[i], block.computed[i]);
            if (!at.seen || here.input < at.input) at = here;
        }
        to.add(count, at);
    };
    const auto exact = [&](std::size_t i) { return reference_at(block.reference, i).value; };
    const auto y = [&](std::size_t i) { return nearest(exact(i)); };
    const auto c = [&](std::size_t i) { return block.computed[i]; };
    note(tallies_.nan_mismatches, found.nan_mismatches,
         [&](std::size_t i) { return std::isnan(c(i)) != std::isnan(exact(i)); });
    note(tallies_.inf_mismatches, found.inf_mismatches, [&](std::size_t i) {
        return !std::isnan(c(i)) && !std::isnan(exact(i)) && (std::isinf(c(i)) || std::isinf(y(i))) &&
               c(i) != y(i);
    });
    note(tallies_.zero_sign_mismatches, found.zero_sign_mismatches, [&](std::size_t i) {
        return c(i) == 0 && y(i) == 0 && std::signbit(c(i)) != std::signbit(exact(i));
    });
    note(tallies_.flushed_subnormals, found.flushed_subnormals, [&](std::size_t i) {
        return c(i) == 0 && y(i) != 0 && std::abs(exact(i)) < std::ldexp(1.0, limits_.format.e_min);
    });
    note(tallies_.range_violations, found.range_violations, [&](std::size_t i) {
        return static_cast<double>(c(i)) < limits_.range_low ||
               static_cast<double>(c(i)) > limits_.range_high;
    });
    note(tallies_.over_promise, found.over_promise, [&](std::size_t i) { return is_over_promise(block, i); });
}

bool measurement::is_over_promise(const comparison& block, std::size_t i) const {
    const enclosed y = reference_at(block.reference, i);
    const float computed = block.computed[i];
    if (std::isnan(computed) || !std::isfinite(y.value) || flush_excused(block, i)) return false;
    const double beyond = std::ldexp(1.0, limits_.format.e_max + 1);
    const double c = std::isinf(computed) ? std::copysign(beyond, computed) : computed;
    const double error = std::abs(c - y.value) - y.bound;
    if (limits_.promise_absolute < inf) {
        return error > limits_.promise_absolute * std::max(1.0, std::abs(y.value));
    }
    return error > limits_.promise_ulp * ulp_of(y.value);
}

void measurement::check_monotone(const float* x, const float* y, std::size_t n) {
    for (const monotone_piece& piece : facts_.monotone) {
        const float* const begin = std::lower_bound(x, x + n, piece.from, [](float a, double b) {
            return std::isnan(a) ? std::signbit(a) : static_cast<double>(a) < b;
        });
        const float* const end = std::upper_bound(begin, x + n, piece.to, [](double b, float a) {
            return std::isnan(a) ? !std::signbit(a) : b < static_cast<double>(a);
        });
        std::size_t first = 0;
        const auto from = static_cast<std::size_t>(begin - x);
        const std::uint64_t falls =
            engine_.count_falls(y + from, static_cast<std::size_t>(end - begin), piece.direction, first);
        if (falls > 0) tallies_.monotonicity_violations.add(falls, witness_at(begin[first], y[from + first]));
    }
}

bool measurement::wants_mirrored() const {
    return facts_.symmetric == symmetry::odd || facts_.symmetric == symmetry::even;
}

void measurement::add_mirrored(const float* x, const float* computed, const float* mirrored, std::size_t n) {
    const float sign = facts_.symmetric == symmetry::odd ? -1.0F : 1.0F;
    for (std::size_t i = 0; i < n; ++i) {
        if (!same_result(computed[i], std::isnan(mirrored[i]) ? mirrored[i] : sign * mirrored[i])) {
            tallies_.symmetry_violations.add(1, witness_at(x[i], computed[i]));
        }
    }
}

namespace {

std::string at(const witness& where) {
    return fmt::format("f({}) gave {}",
                       hexfloat(std::bit_cast<float>(static_cast<std::uint32_t>(where.input))),
                       hexfloat(std::bit_cast<float>(static_cast<std::uint32_t>(where.output))));
}

fault count_fault(const char* code, const char* what, const occurrence& seen) {
    return {code, fmt::format("{} at {} input{}, first {}", what, seen.count, seen.count == 1 ? "" : "s",
                              at(seen.first))};
}

fault promise_fault(const kernel_info& kernel, const tallies& t) {
    if (kernel.promise_kind == ULPFRONT_PROMISE_EXACT) {
        return {"promise", fmt::format("promised correct rounding, {} results are not; worst {:.9g} ULP, {}",
                                       t.misrounded, t.worst.value, at(t.worst.at))};
    }
    if (kernel.promise_kind == ULPFRONT_PROMISE_ABSOLUTE) {
        return {"promise",
                fmt::format("promised |error| <= {:g} max(1, |f|), exceeded at {} inputs, first {}",
                            kernel.promise_value, t.over_promise.count, at(t.over_promise.first))};
    }
    return {"promise",
            fmt::format("promised {:g} ULP, reached {:.9g}, {}; exceeded at {} inputs", kernel.promise_value,
                        t.worst.value, at(t.worst.at), t.over_promise.count)};
}

}  // namespace

std::vector<fault> broken_promises(const kernel_info& kernel, const tallies& t) {
    std::vector<fault> faults;
    const auto promises = [&](std::uint32_t flag) { return (kernel.promise_flags & flag) != 0; };
    const bool exact_broken = kernel.promise_kind == ULPFRONT_PROMISE_EXACT && t.misrounded > 0;
    if (exact_broken || t.over_promise.count > 0) faults.push_back(promise_fault(kernel, t));
    // A bound on the error says that there is a number.
    const bool bounded = kernel.promise_kind != ULPFRONT_PROMISE_NONE;
    if ((bounded || promises(ULPFRONT_FLAG_NAN)) && t.nan_mismatches.count > 0) {
        faults.push_back(count_fault("nan", "NaN from a number or a number from NaN", t.nan_mismatches));
    }
    if (promises(ULPFRONT_FLAG_INF) && t.inf_mismatches.count > 0) {
        faults.push_back(count_fault("infinity", "infinity in the wrong place", t.inf_mismatches));
    }
    if (promises(ULPFRONT_FLAG_NEG_ZERO) && t.zero_sign_mismatches.count > 0) {
        faults.push_back(count_fault("zero_sign", "zero of the wrong sign", t.zero_sign_mismatches));
    }
    if (promises(ULPFRONT_FLAG_SUBNORMALS) && t.flushed_subnormals.count > 0) {
        faults.push_back(
            count_fault("subnormals", "zero in place of a subnormal result", t.flushed_subnormals));
    }
    if (promises(ULPFRONT_FLAG_MONOTONE) && t.monotonicity_violations.count > 0) {
        faults.push_back(count_fault("monotone", "goes the wrong way", t.monotonicity_violations));
    }
    return faults;
}

}  // namespace ulpfront
