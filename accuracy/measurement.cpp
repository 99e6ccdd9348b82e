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

/// Of the results of a part that may be its largest error, at most this many go to the judge. More occur
/// only where errors are equal to within 2^-22 ULP, as near zero where f hardly changes.
constexpr std::size_t most_candidates = 16;
constexpr std::size_t least_candidates = 2;  // once a block has used up its budget
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

/// As the engine computes it: |computed - exact| / |exact| where the exact value is normal, else 0.
double relative_error(const comparison& part, std::size_t i) {
    const double y = part.value[i];
    const double c = std::clamp(static_cast<double>(part.computed[i]), -0x1p128, 0x1p128);
    return std::isfinite(y) && std::abs(y) >= 0x1p-126 && !std::isnan(c) ? std::abs(c - y) / std::abs(y)
                                                                         : 0.0;
}

bool is_normal(double value) { return std::abs(value) >= 0x1p-126; }

const function_facts& facts_of(const std::string& function) {
    const function_facts* facts = find_function(function);
    if (facts == nullptr)
        throw failure(exit_usage, fmt::format("the catalogue has no function '{}'", function));
    return *facts;
}

comparison_limits limits_of(const kernel_info& kernel, const function_facts& facts) {
    return {kernel.promise_kind == ULPFRONT_PROMISE_ULP ? kernel.promise_value : inf,
            kernel.promise_kind == ULPFRONT_PROMISE_ABSOLUTE ? kernel.promise_value : inf,
            facts.range_low,
            facts.range_high,
            0.0,
            (kernel.mode_flags & ULPFRONT_MODE_FLUSH_TO_ZERO) != 0};
}

witness witness_at(float x, float y) {
    return {true, std::bit_cast<std::uint32_t>(x), std::bit_cast<std::uint32_t>(y)};
}

}  // namespace

measurement::measurement(const engine_table& engine, const kernel_info& kernel, tallies& into)
    : engine_(engine),
      facts_(facts_of(kernel.function)),
      judge_(kernel.function),
      limits_(limits_of(kernel, facts_)),
      tallies_(into),
      rounding_open_(part_size),
      promise_open_(part_size) {}

void measurement::add(const comparison& block, bool successor) {
    block_extreme all;
    block_extreme normal;
    for (std::size_t begin = 0; begin < block.n;) {
        const std::size_t end = end_of_part(block.x, begin, block.n);
        const bool aligned = block.groups != nullptr && begin % reference_group::size == 0;
        const comparison part{
            block.x + begin,        block.value + begin,
            block.bound + begin,    aligned ? block.groups + begin / reference_group::size : nullptr,
            block.computed + begin, end - begin};
        limits_.relative_seen = std::max(tallies_.worst_relative.value, 0.0);
        histogram_.fill(0);
        const comparison_result found = engine_.compare_f32(part, limits_, rounding_open_.data(),
                                                            promise_open_.data(), histogram_.data());
        take_sums(part, found, end < block.n || successor);
        settle_rounding(part, found.rounding_open_count);
        settle_promise(part, found.promise_open_count);
        note_occurrences(part, found);
        const bool largest_is_normal = take_extremes(part, found.max_low, found.max_high, false, all);
        if (largest_is_normal) {
            normal.low = all.low;
        } else {
            take_extremes(part, found.max_normal_low, found.max_normal_high, true, normal);
        }
        begin = end;
    }
    check_zero(block);
    check_monotone(block.x, block.computed, block.n + (successor ? 1 : 0));
}

void measurement::take_sums(const comparison& part, const comparison_result& found, bool has_next) {
    tallies& t = tallies_;
    t.inputs += part.n;
    t.misrounded += found.misrounded;
    if (found.max_absolute >= 0.0) {
        const std::size_t at = found.max_absolute_at;
        t.worst_absolute.update(found.max_absolute, witness_at(part.x[at], part.computed[at]));
    }
    if (found.max_relative > limits_.relative_seen) {
        for (std::size_t i = 0; i < part.n; ++i) {
            if (relative_error(part, i) != found.max_relative) continue;
            t.worst_relative.update(found.max_relative, witness_at(part.x[i], part.computed[i]));
        }
    }
    if (found.counted == 0) return;
    t.counted += found.counted;
    t.sum_ulp.add(found.sum_ulp);
    t.sum_ulp_squared.add(found.sum_ulp_squared);
    (found.sum_ulp_signed < 0.0 ? t.sum_ulp_below : t.sum_ulp_above).add(std::abs(found.sum_ulp_signed));
    for (std::size_t i = 0; i < histogram_.size(); ++i) t.histogram[i] += histogram_[i];
    binade_tally& binade = t.binades[binade_of(part.x[0])];
    binade.counted += found.counted;
    binade.max_ulp = std::max(binade.max_ulp, found.max_high);
    binade.sum_ulp.add(found.sum_ulp);
    const float next = part.x[has_next ? part.n : part.n - 1];
    if (!std::isfinite(part.x[0]) || !std::isfinite(next)) return;
    for (std::size_t k = 0; k < t.normal.size(); ++k) {
        const double share = normal_share(part.x[0] / deviations[k], next / deviations[k]);
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
        if (block.value[i] == 0.0 && block.computed[i] != 0.0F) {
            tallies_.over_promise.add(1, witness_at(*x, block.computed[i]));
        }
    }
}

void measurement::settle_rounding(const comparison& part, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) {
        const std::uint32_t i = rounding_open_[k];
        ++tallies_.judge_calls;
        const auto nearest = judge_.rounded(part.x[i]);
        if (!nearest) {
            ++tallies_.undecided;
        } else if (!(*nearest == part.computed[i])) {
            ++tallies_.misrounded;
        }
    }
}

void measurement::settle_promise(const comparison& part, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) {
        const std::uint32_t i = promise_open_[k];
        ++tallies_.judge_calls;
        const auto over =
            limits_.promise_ulp < inf
                ? judge_.exceeds_ulp(part.x[i], part.computed[i], limits_.promise_ulp)
                : judge_.exceeds_absolute(part.x[i], part.computed[i], limits_.promise_absolute);
        if (!over) {
            ++tallies_.undecided;
        } else if (*over) {
            tallies_.over_promise.add(1, witness_at(part.x[i], part.computed[i]));
        }
    }
}

bool measurement::take_extremes(const comparison& part, double low, double high, bool normal_only,
                                block_extreme& block) {
    if (high <= block.low) return false;
    // Where nothing is worth a look (saturated, or exact) one judgement a block is enough.
    const bool negligible = high < negligible_ulp;
    if (negligible && block.low >= 0.0) return false;
    std::array<std::uint32_t, most_candidates> candidates{};
    const std::size_t room = negligible ? 1 : std::clamp(block.budget, least_candidates, candidates.size());
    const std::size_t count =
        engine_.collect_f32(part, limits_, std::max(low, block.low), normal_only, candidates.data(), room);
    block.budget -= std::min(block.budget, count);
    bool largest_is_normal = false;
    for (std::size_t k = 0; k < count; ++k) {
        const std::size_t i = candidates[k];
        const double error = exact_error(part, i);
        const witness at = witness_at(part.x[i], part.computed[i]);
        if (error > block.low) {
            block.low = error;
            largest_is_normal = is_normal(part.value[i]);
        }
        if (!normal_only) tallies_.worst.update(error, at);
        if (is_normal(part.value[i])) tallies_.worst_normal.update(error, at);
    }
    return largest_is_normal;
}

double measurement::exact_error(const comparison& part, std::size_t i) {
    // What is equal to an exact reference, and what is excused, needs no judge.
    if (part.bound[i] == 0.0 && static_cast<double>(part.computed[i]) == part.value[i]) return 0.0;
    if (flush_excused(part, i)) return 0.0;
    ++tallies_.judge_calls;
    return judge_.error_ulp(part.x[i], part.computed[i]);
}

bool measurement::flush_excused(const comparison& part, std::size_t i) const {
    constexpr double smallest_normal = 0x1p-126;
    return limits_.flush_declared && part.computed[i] == 0.0F &&
           (std::abs(part.value[i]) < smallest_normal ||
            std::abs(static_cast<double>(part.x[i])) < smallest_normal);
}

void measurement::note_occurrences(const comparison& part, const comparison_result& found) {
    const bool nothing = found.nan_mismatches + found.inf_mismatches + found.zero_sign_mismatches +
                             found.flushed_subnormals + found.range_violations + found.over_promise ==
                         0;
    if (nothing) return;
    // Counts come from the engine; the first witness of each kind is looked for one by one, once.
    const auto note = [&](occurrence& to, std::uint64_t count, auto&& is_one) {
        if (count == 0) return;
        witness at;
        for (std::size_t i = 0; i < part.n; ++i) {
            if (!is_one(i)) continue;
            const witness here = witness_at(part.x[i], part.computed[i]);
            if (!at.seen || here.input < at.input) at = here;
        }
        to.add(count, at);
    };
    const auto y = [&](std::size_t i) { return static_cast<float>(part.value[i]); };
    const auto c = [&](std::size_t i) { return part.computed[i]; };
    note(tallies_.nan_mismatches, found.nan_mismatches,
         [&](std::size_t i) { return std::isnan(c(i)) != std::isnan(part.value[i]); });
    note(tallies_.inf_mismatches, found.inf_mismatches, [&](std::size_t i) {
        return !std::isnan(c(i)) && !std::isnan(part.value[i]) && (std::isinf(c(i)) || std::isinf(y(i))) &&
               c(i) != y(i);
    });
    note(tallies_.zero_sign_mismatches, found.zero_sign_mismatches, [&](std::size_t i) {
        return c(i) == 0 && y(i) == 0 && std::signbit(c(i)) != std::signbit(part.value[i]);
    });
    note(tallies_.flushed_subnormals, found.flushed_subnormals,
         [&](std::size_t i) { return c(i) == 0 && y(i) != 0 && std::abs(part.value[i]) < 0x1p-126; });
    note(tallies_.range_violations, found.range_violations, [&](std::size_t i) {
        return static_cast<double>(c(i)) < limits_.range_low ||
               static_cast<double>(c(i)) > limits_.range_high;
    });
    note(tallies_.over_promise, found.over_promise, [&](std::size_t i) { return is_over_promise(part, i); });
}

bool measurement::is_over_promise(const comparison& part, std::size_t i) const {
    if (std::isnan(part.computed[i]) || !std::isfinite(part.value[i]) || flush_excused(part, i)) return false;
    const double c =
        std::isinf(part.computed[i]) ? std::copysign(0x1p128, part.computed[i]) : part.computed[i];
    const double error = std::abs(c - part.value[i]) - part.bound[i];
    if (limits_.promise_absolute < inf) {
        return error > limits_.promise_absolute * std::max(1.0, std::abs(part.value[i]));
    }
    const double ulp =
        std::ldexp(1.0, ulp_exponent<float>(part.value[i] == 0.0 ? -126 : std::ilogb(part.value[i])));
    return error > limits_.promise_ulp * ulp;
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
            engine_.count_falls_f32(y + from, static_cast<std::size_t>(end - begin), piece.direction, first);
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
