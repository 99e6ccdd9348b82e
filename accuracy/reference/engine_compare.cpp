// Results against reference enclosures, eight at a time. Most results are ordinary (finite numbers, not at
// a rounding boundary, inside the promise): a group of 64 is first tried with few instructions; if any of
// it is not ordinary the group goes through the full comparison. Both add the same numbers to the same
// lanes in the same order, so the sums do not depend on which way a group went.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "accuracy/reference/engine_parts.hpp"

namespace ulpfront {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double overflow_counts_as = 0x1p128;  // an infinity in place of a number
constexpr std::size_t group = reference_group::size;
constexpr std::size_t histogram_rows = 4;
// An error this small is no maximum worth a judge, even where y's binade is not certain.
constexpr double negligible = 0x1p-10;

ULPFRONT_INLINE pack_mask all_lanes() { return {pack_bits(-1)}; }

/// The running totals of one comparison, one per lane.
struct totals {
    pack sum{0.0};
    pack sum_signed{0.0};
    pack sum_squared{0.0};
    pack high{-1.0};
    pack low{-1.0};
    pack normal_high{-1.0};
    pack normal_low{-1.0};
    pack relative{0.0};
    pack absolute{-1.0};
    pack absolute_at{0.0};  // where the lane's maximum is at the earliest: its pack or its group
    pack_bits misrounded{0};
    pack_bits counted{0};
};

/// One pack of results and references.
struct sample {
    pack x;
    pack y;      // middle of the enclosure
    pack bound;  // half its width
    pack c;      // computed
    std::size_t at;
};

ULPFRONT_INLINE sample sample_at(const comparison& block, std::size_t i) {
    return {load(block.x + i), load(block.value + i), load(block.bound + i), load(block.computed + i), i};
}

/// Errors in ULP of comparable results, and which those are.
struct errors {
    pack middle;
    pack signed_middle;
    pack low;
    pack high;
    pack absolute;       // |c - y|
    pack absolute_high;  // with every uncertainty added
    pack_mask comparable;
};

ULPFRONT_INLINE pack_mask is_nan(pack a) { return a != a; }

ULPFRONT_INLINE errors full_errors(const sample& s, const comparison_limits& limits, pack below, pack above) {
    const pack_mask c_infinite = abs(s.c) == pack(inf);
    const pack_mask may_overflow = (abs(below) == pack(inf)) | (abs(above) == pack(inf));
    const pack_mask right_infinity = c_infinite & may_overflow & (pack(0.0) < s.c * s.y);
    const pack_mask flushed_as_declared =
        pack_mask{pack_bits(limits.flush_declared ? -1 : 0)} & (s.c == pack(0.0)) &
        ((abs(s.y) < pack(smallest_normal)) | (abs(s.x) < pack(smallest_normal)));
    const pack_mask right = right_infinity | flushed_as_declared;
    const pack c = select(c_infinite, copysign(pack(overflow_counts_as), s.c), s.c);
    const pack difference = select(right, pack(0.0), abs(c - s.y));
    const pack slack = select(right, pack(0.0), s.bound + difference * pack(0x1p-52));
    const pack inverse_high = inverse_ulp(abs(s.y) - s.bound);
    const pack inverse_low = inverse_ulp(abs(s.y) + s.bound);
    const pack middle = difference * inverse_high;
    return {middle,
            copysign(middle, c - s.y),
            larger(difference - slack, pack(0.0)) * inverse_low,
            (difference + slack) * inverse_high,
            difference,
            difference + slack,
            ~is_nan(s.y) & ~is_nan(s.c) & (abs(s.y) < pack(inf))};
}

ULPFRONT_INLINE void add_errors(totals& to, const errors& e, pack magnitude, pack_mask comparable,
                                std::size_t at) {
    const pack none(-1.0);
    const pack_mask normal = comparable & (pack(smallest_normal) <= magnitude);
    to.sum_signed = to.sum_signed + select(comparable, e.signed_middle, pack(0.0));
    to.relative = larger(select(normal, e.absolute / magnitude, pack(0.0)), to.relative);
    const pack middle = select(comparable, e.middle, pack(0.0));
    to.sum = to.sum + middle;
    to.sum_squared = to.sum_squared + middle * middle;
    to.counted = to.counted - comparable.m;
    to.high = larger(to.high, select(comparable, e.high, none));
    to.low = larger(to.low, select(comparable, e.low, none));
    to.normal_high = larger(to.normal_high, select(normal, e.high, none));
    to.normal_low = larger(to.normal_low, select(normal, e.low, none));
    const pack absolute = select(comparable, e.absolute, none);
    to.absolute_at = select(to.absolute < absolute, pack(static_cast<double>(at)), to.absolute_at);
    to.absolute = larger(to.absolute, absolute);
}

/// The histogram's bins of eight errors: see error_bin in engine.hpp, of which this is the vector form.
ULPFRONT_INLINE pack_bits error_bins(pack e) {
    const pack clamped = smaller(larger(e, pack(0x1.fp-9)), pack(0x1p24));
    return shift_right(bits(clamped), 48) - pack_bits(error_bin_base);
}

void count_in_bins(const pack_bits& bins, pack_mask valid, std::uint32_t* histogram) {
    for (std::size_t i = 0; i < pack_width; ++i)
        histogram[static_cast<std::size_t>(lane(bins, i))] += test(valid, i) ? 1U : 0U;
}

using group_bins = std::array<pack_bits, group / pack_width>;

/// Adds a group's 64 bins. Neighbouring results often fall into one bin, and counting one up waits for the
/// count before it: four rows of counts, added up at the end, wait four times less.
ULPFRONT_INLINE void count_group(const group_bins& bins, pack largest_error, std::uint32_t* histogram) {
    if (!any(pack(0x1p-8) <= largest_error)) {
        histogram[0] += group;
        return;
    }
    for (const pack_bits& eight : bins) {
        for (std::size_t i = 0; i < pack_width; ++i)
            ++histogram[i % histogram_rows * error_bins_count + static_cast<std::size_t>(lane(eight, i))];
    }
}

/// Largest error in ULP that a group may show and still be ordinary: inside the promises, and no new
/// largest relative error.
double ordinary_limit(const reference_group& g, const comparison_limits& limits) {
    constexpr double margin = 1.0 - 0x1p-20;
    double limit = std::min(limits.promise_ulp * margin, 0x1p40);
    if (limits.promise_absolute < inf) {
        limit = std::min(limit, limits.promise_absolute * margin * std::max(g.smallest, 1.0) * g.inverse_ulp);
    }
    if (g.normal) limit = std::min(limit, limits.relative_seen * g.smallest * g.inverse_ulp);
    // Subnormal: every result its nearest, so that none is flushed.
    return g.normal ? limit : std::min(limit, 0.5 * margin);
}

/// Extremes of the results of a group, lane by lane.
struct group_extremes {
    pack error{-1.0};
    pack from_tie{inf};  // |error - 1/2|
    pack computed_low{inf};
    pack computed_high{-inf};
    pack_bits signs{0};  // sign bits of c and y that differ
};

/// Whether a group holds nothing but finite numbers on the right side of everything. NaN and infinity show
/// in the sum of the errors alone.
ULPFRONT_INLINE bool is_ordinary(const group_extremes& g, const reference_group& reference,
                                 const comparison_limits& limits, pack uncertainty, pack new_sum) {
    const pack_mask clear_binade = {pack_bits(reference.one_binade ? -1 : 0)};
    const pack_mask fine = (g.error <= pack(ordinary_limit(reference, limits))) & (uncertainty < g.from_tie) &
                           (clear_binade | (g.error < pack(negligible))) & (g.signs >= pack_bits(0)) &
                           (pack(limits.range_low) <= g.computed_low) &
                           (g.computed_high <= pack(limits.range_high)) & (new_sum == new_sum);
    return !any(~fine);
}

/// The extremes of an ordinary group into the running totals.
ULPFRONT_INLINE void add_extremes(totals& to, const group_extremes& g, const reference_group& reference,
                                  pack uncertainty, std::size_t begin) {
    const pack low = select(g.error < pack(negligible), pack(0.0), g.error - uncertainty);
    const pack high = g.error + uncertainty;
    to.high = larger(high, to.high);
    to.low = larger(low, to.low);
    if (reference.normal) {
        to.normal_high = larger(high, to.normal_high);
        to.normal_low = larger(low, to.normal_low);
    }
    const pack difference = g.error * pack(1.0 / reference.inverse_ulp);
    to.absolute_at = select(to.absolute < difference, pack(static_cast<double>(begin)), to.absolute_at);
    to.absolute = larger(difference, to.absolute);
    to.counted = to.counted + pack_bits(group / pack_width);
}

/// Tries a group of 64 the short way. False, and nothing added, if any of it is not ordinary.
ULPFRONT_INLINE bool add_ordinary_group(totals& to, const comparison& block, std::size_t begin,
                                        const comparison_limits& limits, std::uint32_t* histogram) {
    const reference_group& reference = block.groups[begin / group];
    if (reference.inverse_ulp == 0.0 || reference.uncertainty > 0x1p-15) return false;
    const pack inverse(reference.inverse_ulp);
    group_extremes g;
    pack sum = to.sum;
    pack sum_signed = to.sum_signed;
    pack sum_squared = to.sum_squared;
    pack_bits misrounded = to.misrounded;
    group_bins bins;
    for (std::size_t i = begin; i < begin + group; i += pack_width) {
        const pack c = load(block.computed + i);
        const pack y = load(block.value + i);
        const pack signed_e = (c - y) * inverse;
        const pack e = abs(signed_e);
        bins[(i - begin) / pack_width] = error_bins(e);
        sum_signed = sum_signed + signed_e;
        sum = sum + e;
        sum_squared = sum_squared + e * e;
        misrounded = misrounded - (pack(0.5) < e).m;
        g.error = larger(e, g.error);
        g.from_tie = smaller(abs(e - pack(0.5)), g.from_tie);
        g.computed_low = smaller(c, g.computed_low);
        g.computed_high = larger(c, g.computed_high);
        g.signs = g.signs | (bits(c) ^ bits(y));
    }
    // Twice the bound pays for both ends, 2^-50 of the error for its own roundings.
    const pack uncertainty = pack(2.0 * reference.uncertainty) + g.error * pack(0x1p-50);
    if (!is_ordinary(g, reference, limits, uncertainty, sum)) return false;
    to.sum = sum;
    to.sum_signed = sum_signed;
    to.sum_squared = sum_squared;
    to.misrounded = misrounded;
    add_extremes(to, g, reference, uncertainty, begin);
    count_group(bins, g.error, histogram);
    return true;
}

/// Counts that only the full comparison makes.
struct tally {
    comparison_result& result;
    std::uint32_t* rounding_open;
    std::uint32_t* promise_open;
    std::uint32_t* histogram;
};

std::uint64_t count(pack_mask mask) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < pack_width; ++i) sum += test(mask, i) ? 1 : 0;
    return sum;
}

void list(pack_mask mask, std::size_t at, std::uint32_t* indices, std::size_t& used) {
    for (std::size_t i = 0; i < pack_width; ++i) {
        if (test(mask, i)) indices[used++] = static_cast<std::uint32_t>(at + i);
    }
}

/// The full comparison of one pack; `valid` says which lanes exist.
void add_pack(totals& to, const sample& s, pack_mask valid, const comparison_limits& limits,
              const tally& into) {
    const pack below = through_float(s.y - s.bound);
    const pack above = through_float(s.y + s.bound);
    const pack_mask number = valid & ~is_nan(s.y);
    const pack_mask certain = below == above;
    // Between the two ends nothing is certain, however wide the enclosure.
    const pack_mask possible = (below <= s.c) & (s.c <= above);
    const pack_mask c_infinite = abs(s.c) == pack(inf);
    const pack_mask infinite = abs(below) == pack(inf);
    const pack_mask zero = s.c == pack(0.0);
    const pack_mask nearest_zero = (below == pack(0.0)) & (above == pack(0.0));
    comparison_result& r = into.result;

    to.misrounded = to.misrounded - (number & ~possible).m;
    list(number & ~certain & possible, s.at, into.rounding_open, r.rounding_open_count);
    r.nan_mismatches += count(valid & (is_nan(s.c) ^ is_nan(s.y)));
    const pack_mask wrong_infinity = ~possible & (c_infinite | (certain & infinite));
    r.inf_mismatches += count(number & ~is_nan(s.c) & wrong_infinity);
    r.zero_sign_mismatches += count(number & zero & nearest_zero & ((bits(s.c) ^ bits(s.y)) < pack_bits(0)));
    r.flushed_subnormals += count(number & zero & ~possible & (abs(s.y) < pack(smallest_normal)));
    r.range_violations += count(number & ((s.c < pack(limits.range_low)) | (pack(limits.range_high) < s.c)));

    const errors e = full_errors(s, limits, below, above);
    const pack_mask comparable = valid & e.comparable;
    const pack scale = larger(abs(s.y), pack(1.0)) * pack(limits.promise_absolute);
    const pack_mask over =
        (pack(limits.promise_ulp) < e.low) | (scale * pack(1.0 + 0x1p-40) < e.absolute - s.bound);
    const pack_mask maybe =
        (pack(limits.promise_ulp) < e.high) | (scale * pack(1.0 - 0x1p-40) < e.absolute_high);
    r.over_promise += count(comparable & over);
    list(comparable & maybe & ~over, s.at, into.promise_open, r.promise_open_count);
    add_errors(to, e, abs(s.y), comparable, s.at);
    count_in_bins(error_bins(e.middle), comparable, into.histogram);
}

/// A last, incomplete pack: what is missing counts as exact zeros.
sample sample_of_rest(const comparison& block, std::size_t i) {
    std::array<float, pack_width> x{};
    std::array<float, pack_width> computed{};
    std::array<double, pack_width> value{};
    std::array<double, pack_width> bound{};
    std::copy(block.x + i, block.x + block.n, x.begin());
    std::copy(block.computed + i, block.computed + block.n, computed.begin());
    std::copy(block.value + i, block.value + block.n, value.begin());
    std::copy(block.bound + i, block.bound + block.n, bound.begin());
    return {load(x.data()), load(value.data()), load(bound.data()), load(computed.data()), i};
}

pack_mask first_lanes(std::size_t n) {
    pack lane(0.0);
    for (std::size_t i = 0; i < pack_width; ++i)
        lane.v[i / detail::lanes][i % detail::lanes] = static_cast<double>(i);
    return lane < pack(static_cast<double>(n));
}

double sum_of(pack a) {
    double sum = 0.0;
    for (std::size_t i = 0; i < pack_width; ++i) sum += a[i];
    return sum;
}

double max_of(pack a) {
    double best = a[0];
    for (std::size_t i = 1; i < pack_width; ++i) best = std::max(best, a[i]);
    return best;
}

/// The first result with the largest |c - y|, from the earliest place a lane knows.
std::size_t locate(const comparison& block, const totals& t, double largest) {
    double begin = static_cast<double>(block.n);
    for (std::size_t i = 0; i < pack_width; ++i) {
        if (t.absolute[i] == largest) begin = std::min(begin, t.absolute_at[i]);
    }
    const auto first = static_cast<std::size_t>(begin);
    for (std::size_t i = first; i < block.n; ++i) {
        const double c =
            std::clamp(static_cast<double>(block.computed[i]), -overflow_counts_as, overflow_counts_as);
        if (std::abs(c - block.value[i]) == largest) return i;
    }
    return first;
}

void finish(comparison_result& r, const totals& t, const comparison& block) {
    for (std::size_t i = 0; i < pack_width; ++i) {
        r.misrounded += static_cast<std::uint64_t>(lane(t.misrounded, i));
        r.counted += static_cast<std::uint64_t>(lane(t.counted, i));
    }
    r.sum_ulp = sum_of(t.sum);
    r.sum_ulp_signed = sum_of(t.sum_signed);
    r.sum_ulp_squared = sum_of(t.sum_squared);
    r.max_relative = max_of(t.relative);
    r.max_low = max_of(t.low);
    r.max_high = max_of(t.high);
    r.max_normal_low = max_of(t.normal_low);
    r.max_normal_high = max_of(t.normal_high);
    r.max_absolute = max_of(t.absolute);
    r.max_absolute_at = r.max_absolute < 0.0 ? 0 : locate(block, t, r.max_absolute);
}

}  // namespace

comparison_result compare_f32(const comparison& block, const comparison_limits& limits,
                              std::uint32_t* rounding_open, std::uint32_t* promise_open,
                              std::uint32_t* histogram) {
    comparison_result result{};
    std::array<std::uint32_t, histogram_rows * error_bins_count> counts{};
    const tally into{result, rounding_open, promise_open, counts.data()};
    totals running;
    std::size_t i = 0;
    for (; i + group <= block.n; i += group) {
        if (block.groups != nullptr && add_ordinary_group(running, block, i, limits, counts.data())) continue;
        for (std::size_t k = i; k < i + group; k += pack_width) {
            add_pack(running, sample_at(block, k), all_lanes(), limits, into);
        }
    }
    for (; i + pack_width <= block.n; i += pack_width) {
        add_pack(running, sample_at(block, i), all_lanes(), limits, into);
    }
    if (i < block.n) add_pack(running, sample_of_rest(block, i), first_lanes(block.n - i), limits, into);
    finish(result, running, block);
    for (std::size_t k = 0; k < counts.size(); ++k) histogram[k % error_bins_count] += counts[k];
    return result;
}

std::size_t collect_f32(const comparison& block, const comparison_limits& limits, double threshold,
                        bool normal_only, std::uint32_t* indices, std::size_t room) {
    std::size_t used = 0;
    std::array<std::uint32_t, pack_width> found{};
    for (std::size_t i = 0; i < block.n && used < room; i += pack_width) {
        const bool whole = i + pack_width <= block.n;
        const sample s = whole ? sample_at(block, i) : sample_of_rest(block, i);
        const errors e = full_errors(s, limits, through_float(s.y - s.bound), through_float(s.y + s.bound));
        const pack_mask wanted = normal_only ? pack(smallest_normal) <= abs(s.y) : all_lanes();
        const pack_mask valid = whole ? all_lanes() : first_lanes(block.n - i);
        const pack_mask hit = valid & wanted & e.comparable & (pack(threshold) <= e.high);
        if (!any(hit)) continue;
        std::size_t here = 0;
        list(hit, i, found.data(), here);
        for (std::size_t k = 0; k < here && used < room; ++k) indices[used++] = found[k];
    }
    return used;
}

std::uint64_t count_falls_f32(const float* y, std::size_t n, int direction, std::size_t& first) {
    const float sign = direction < 0 ? -1.0F : 1.0F;
    std::uint64_t falls = 0;
    for (std::size_t i = 0; i + 1 < n; ++i) falls += sign * y[i + 1] < sign * y[i] ? 1U : 0U;
    if (falls == 0) return 0;
    first = 0;
    while (!(sign * y[first + 1] < sign * y[first])) ++first;
    return falls;
}

}  // namespace ulpfront
