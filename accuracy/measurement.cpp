#include "accuracy/measurement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "accuracy/ulp.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

/// Blocks are compared in parts of this many results: part by part the judge is asked about the largest.
constexpr std::size_t part_size = std::size_t{1} << 15;

/// A maximum below this is not worth a judge: where nothing is larger the function is saturated, or exact.
constexpr double negligible_ulp = 0x1p-10;

}  // namespace

measurement::measurement(const engine_table& engine, const kernel_info& kernel, tallies& into)
    : measuring(kernel, into), engine_(engine), rounding_open_(part_size), promise_open_(part_size) {}

void measurement::add(const comparison& block, bool successor) {
    for (std::size_t begin = 0; begin < block.n;) {
        const std::size_t end = end_of_run(block.x, begin, block.n, part_size);
        add_part(block, {begin, end}, end < block.n || successor);
        begin = end;
    }
    check_zero(block.x, block.computed, block.n,
               [&](std::size_t i) { return reference_at(block.reference, i).value; });
    check_monotone(block.x, block.computed, block.n + (successor ? 1 : 0), engine_.count_falls);
}

void measurement::add_part(const comparison& block, part which, bool has_next) {
    histogram_.fill(0);
    const comparison_result found = engine_.compare(block, which, limits_, rounding_open_.data(),
                                                    promise_open_.data(), histogram_.data());
    const std::uint64_t misrounded_before = tallies_.misrounded;
    tallies_.inputs += which.end - which.begin;
    tallies_.misrounded += found.misrounded;
    take_sums({found.counted, found.sum_ulp, found.sum_ulp_signed, found.sum_ulp_squared, found.max_high,
               &histogram_},
              block.x[which.begin], block.x[has_next ? which.end : which.end - 1]);
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
        const auto over = limits_.promise_ulp < infinite
                              ? judge_.exceeds_ulp(x, y, limits_.promise_ulp)
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
    return static_cast<float>(std::copysign(overflows ? infinite : std::abs(rounded), exact));
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
    if (limits_.promise_absolute < infinite) {
        return error > limits_.promise_absolute * std::max(1.0, std::abs(y.value));
    }
    return error > limits_.promise_ulp * ulp_of(y.value);
}

namespace {

std::string at(const kernel_info& kernel, const witness& where) {
    return fmt::format("f({}) gave {}", hexfloat(number_of_bits(kernel.dtype, where.input)),
                       hexfloat(number_of_bits(kernel.dtype, where.output)));
}

fault count_fault(const kernel_info& kernel, const char* code, const char* what, const occurrence& seen) {
    return {code, fmt::format("{} at {} input{}, first {}", what, seen.count, seen.count == 1 ? "" : "s",
                              at(kernel, seen.first))};
}

fault promise_fault(const kernel_info& kernel, const tallies& t) {
    if (kernel.promise_kind == ULPFRONT_PROMISE_EXACT) {
        return {"promise", fmt::format("promised correct rounding, {} results are not; worst {:.9g} ULP, {}",
                                       t.misrounded, t.worst.value, at(kernel, t.worst.at))};
    }
    if (kernel.promise_kind == ULPFRONT_PROMISE_ABSOLUTE) {
        return {"promise",
                fmt::format("promised |error| <= {:g} max(1, |f|), exceeded at {} inputs, first {}",
                            kernel.promise_value, t.over_promise.count, at(kernel, t.over_promise.first))};
    }
    return {"promise",
            fmt::format("promised {:g} ULP, reached {:.9g}, {}; exceeded at {} inputs", kernel.promise_value,
                        t.worst.value, at(kernel, t.worst.at), t.over_promise.count)};
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
        faults.push_back(
            count_fault(kernel, "nan", "NaN from a number or a number from NaN", t.nan_mismatches));
    }
    if (promises(ULPFRONT_FLAG_INF) && t.inf_mismatches.count > 0) {
        faults.push_back(count_fault(kernel, "infinity", "infinity in the wrong place", t.inf_mismatches));
    }
    if (promises(ULPFRONT_FLAG_NEG_ZERO) && t.zero_sign_mismatches.count > 0) {
        faults.push_back(count_fault(kernel, "zero_sign", "zero of the wrong sign", t.zero_sign_mismatches));
    }
    if (promises(ULPFRONT_FLAG_SUBNORMALS) && t.flushed_subnormals.count > 0) {
        faults.push_back(
            count_fault(kernel, "subnormals", "zero in place of a subnormal result", t.flushed_subnormals));
    }
    if (promises(ULPFRONT_FLAG_MONOTONE) && t.monotonicity_violations.count > 0) {
        faults.push_back(count_fault(kernel, "monotone", "goes the wrong way", t.monotonicity_violations));
    }
    return faults;
}

}  // namespace ulpfront
