// Results against references. Most results are ordinary (finite numbers, inside the promise) and most groups
// of 64 references compact: such a group is first tried with few instructions of binary32 arithmetic. If any
// of it is not ordinary the group goes through the full comparison, eight at a time in binary64. Which way a
// group goes depends on nothing outside it.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "accuracy/reference/engine_parts.hpp"

namespace ulpfront {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr std::size_t group_size = reference_group::size;
constexpr std::size_t histogram_rows = 4;
// An error this small is no maximum worth a judge, even where y's binade is not certain.
constexpr double negligible = 0x1p-10;

ULPFRONT_INLINE pack_mask is_nan(pack a) { return a != a; }

/// Indices and counts that the full comparison writes, and the histogram's rows.
struct outputs {
    std::uint32_t* rounding_open;
    std::uint32_t* promise_open;
    std::uint32_t* histogram;
};

/// What both ways add to.
struct totals {
    comparison_result result{};
    pack sum{0.0};
    pack sum_signed{0.0};
    pack sum_squared{0.0};
    narrow_pack_bits misrounded{0};

    totals() {
        result.max_low = result.max_high = -1.0;
        result.max_normal_low = result.max_normal_high = -1.0;
        result.max_absolute = result.max_relative = -1.0;
    }
};

// --- the short way ------------------------------------------------------------------------------------

/// Largest error in ULP that a group may show and still be ordinary: inside the promises.
ULPFRONT_INLINE double ordinary_limit(const reference_group& g, const comparison_limits& limits) {
    constexpr double margin = 1.0 - 0x1p-20;
    const double limit = std::min(limits.promise_ulp * margin, 0x1p40);
    if (limits.promise_absolute == inf) return limit;
    return std::min(limit, limits.promise_absolute * margin * std::max(g.smallest, 1.0) * g.inverse_ulp);
}

/// Takes an ordinary group's largest error into the maxima.
ULPFRONT_INLINE void add_maxima(comparison_result& r, const reference_group& g, double error,
                                double uncertainty) {
    const double low = error < negligible ? 0.0 : error - uncertainty;
    const double high = error + uncertainty;
    const double absolute = high / g.inverse_ulp;
    r.max_high = std::max(r.max_high, high);
    r.max_low = std::max(r.max_low, low);
    r.max_absolute = std::max(r.max_absolute, absolute);
    if (g.normal) {
        r.max_normal_high = std::max(r.max_normal_high, high);
        r.max_normal_low = std::max(r.max_normal_low, low);
        // The binade's lower end is not above the smallest |value|, which is not kept exactly.
        r.max_relative = std::max(r.max_relative, absolute / (g.smallest * (1.0 - 0x1p-50)));
    }
    r.counted += group_size;
}

/// All 64 results are the nearest, and no rest is worth a bin of its own: what there is to add was found
/// with the reference.
ULPFRONT_INLINE bool add_saturated_group(totals& to, const comparison& block, std::size_t at, double limit,
                                         std::uint32_t* histogram) {
    const reference_group& g = block.reference.groups[at];
    const std::size_t begin = at * group_size;
    narrow_pack_bits differ{0};
    for (std::size_t i = begin; i < begin + group_size; i += narrow_pack_width) {
        differ =
            differ | (bits(load_narrow(block.computed + i)) ^ bits(load_narrow(block.reference.nearest + i)));
    }
    if (any(narrow_pack_mask{differ})) return false;
    const double error = g.largest_rest;
    const double uncertainty = g.uncertainty + error * 0x1p-22;
    if (error + uncertainty > limit) return false;
    to.sum.v[0][0] += static_cast<double>(g.sum);
    to.sum_signed.v[0][0] += static_cast<double>(g.sum_signed);
    to.sum_squared.v[0][0] += static_cast<double>(g.sum_squared);
    add_maxima(to.result, g, error, uncertainty);
    histogram[0] += group_size;
    return true;
}

/// One group's errors in ULP, lane by lane.
struct group_errors {
    narrow_pack largest{0.0F};
    narrow_pack sum{0.0F};
    narrow_pack sum_signed{0.0F};
    narrow_pack sum_squared{0.0F};
    narrow_pack_bits misrounded{0};
    narrow_pack_bits signs{0};  // sign bits that differ
    narrow_pack_mask outside{narrow_pack_bits(0)};
    std::array<std::int32_t, group_size> bins;
};

/// The histogram's bins of sixteen errors: see error_bin in engine.hpp, of which this is the vector form.
ULPFRONT_INLINE narrow_pack_bits error_bins(narrow_pack e) {
    constexpr std::int32_t base = ((127 - 9) << 4) + 15;
    const narrow_pack clamped = smaller(larger(e, narrow_pack(0x1.fp-9F)), narrow_pack(0x1p24F));
    return shift_right(bits(clamped), 19) - narrow_pack_bits(base);
}

/// (computed - nearest) / ulp - rest. The difference is exact where the two are neighbours, scaling by powers
/// of two always: two of them, since 1 / ulp can be too large a number. Elsewhere each operation rounds once:
/// 2^-22 relative covers it all.
ULPFRONT_INLINE void measure_group(const comparison& block, std::size_t begin, double inverse_ulp, float low,
                                   float high, group_errors& e) {
    const bool tiny = inverse_ulp > 0x1p62;
    const narrow_pack lift(tiny ? 0x1p64F : 1.0F);
    const narrow_pack scale(static_cast<float>(inverse_ulp * (tiny ? 0x1p-64 : 1.0)));
    for (std::size_t i = 0; i < group_size; i += narrow_pack_width) {
        const narrow_pack c = load_narrow(block.computed + begin + i);
        const narrow_pack y = load_narrow(block.reference.nearest + begin + i);
        const narrow_pack rest = load_narrow(block.reference.rest + begin + i);
        const narrow_pack signed_e = (c * lift - y * lift) * scale - rest;
        const narrow_pack size = abs(signed_e);
        store(error_bins(size), e.bins.data() + i);
        e.sum_signed = e.sum_signed + signed_e;
        e.sum = e.sum + size;
        e.sum_squared = e.sum_squared + size * size;
        e.misrounded = e.misrounded - (c != y).m;
        e.largest = larger(size, e.largest);
        e.outside = e.outside | (c < narrow_pack(low)) | (narrow_pack(high) < c);
        e.signs = e.signs | (bits(c) ^ bits(y));
    }
}

/// Neighbouring results often fall into one bin, and counting one up waits for the count before it: four rows
/// of counts, added up at the end, wait four times less.
ULPFRONT_INLINE void count_bins(const std::array<std::int32_t, group_size>& bins, std::uint32_t* histogram) {
    for (std::size_t i = 0; i < group_size; ++i)
        ++histogram[i % histogram_rows * error_bins_count + static_cast<std::size_t>(bins[i])];
}

/// Tries a group the short way. False, and nothing added, if any of it is not ordinary. NaN shows in the sum
/// of the errors alone, infinity as a large error. Of subnormal values every result must be the nearest, so
/// that none is flushed.
ULPFRONT_INLINE bool add_ordinary_group(totals& to, const comparison& block, std::size_t at,
                                        const comparison_limits& limits, std::uint32_t* histogram) {
    const reference_group& g = block.reference.groups[at];
    if (g.inverse_ulp == 0.0 || limits.format != binary32_format) return false;
    const double limit = ordinary_limit(g, limits);
    if (g.largest_rest < 0x1p-8F && add_saturated_group(to, block, at, limit, histogram)) return true;
    group_errors e;
    measure_group(block, at * group_size, g.inverse_ulp, static_cast<float>(limits.range_low),
                  static_cast<float>(limits.range_high), e);
    const narrow_pack_mask wrong = (e.signs < narrow_pack_bits(0)) | (e.sum != e.sum) | e.outside;
    if (any(wrong)) return false;
    if (!g.normal && any(narrow_pack_mask{e.misrounded})) return false;
    const double error = largest_of(e.largest);
    const double uncertainty = g.uncertainty + error * 0x1p-22;
    if (!(error + uncertainty <= limit) || (!g.one_binade && !(error < negligible))) return false;
    to.sum = to.sum + folded_sum(e.sum);
    to.sum_signed = to.sum_signed + folded_sum(e.sum_signed);
    to.sum_squared = to.sum_squared + folded_sum(e.sum_squared);
    to.misrounded = to.misrounded + e.misrounded;
    add_maxima(to.result, g, error, uncertainty);
    count_bins(e.bins, histogram);
    return true;
}

// --- the full comparison ------------------------------------------------------------------------------

/// Eight results and references.
struct sample {
    pack x;
    pack y;      // middle of the enclosure
    pack bound;  // half its width
    pack c;      // computed
    pack_mask valid;
    std::size_t at;  // index of the first
};

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

/// What the full comparison judges by, with what is derived of the format.
struct judged_by {
    const comparison_limits& limits;
    format_facts format;
};

ULPFRONT_INLINE errors full_errors(const sample& s, const judged_by& by, pack below, pack above) {
    const pack_mask c_infinite = abs(s.c) == pack(inf);
    const pack_mask may_overflow = (abs(below) == pack(inf)) | (abs(above) == pack(inf));
    const pack_mask right_infinity = c_infinite & may_overflow & (pack(0.0) < s.c * s.y);
    const pack smallest_normal(by.format.smallest_normal);
    const pack_mask flushed_as_declared = pack_mask{pack_bits(by.limits.flush_declared ? -1 : 0)} &
                                          (s.c == pack(0.0)) &
                                          ((abs(s.y) < smallest_normal) | (abs(s.x) < smallest_normal));
    const pack_mask right = right_infinity | flushed_as_declared;
    const pack c = select(c_infinite, copysign(pack(by.format.overflow_counts_as), s.c), s.c);
    const pack difference = select(right, pack(0.0), abs(c - s.y));
    const pack slack = select(right, pack(0.0), s.bound + difference * pack(0x1p-52));
    const pack inverse_high = inverse_ulp(abs(s.y) - s.bound, by.format);
    const pack inverse_low = inverse_ulp(abs(s.y) + s.bound, by.format);
    const pack middle = difference * inverse_high;
    return {middle,
            copysign(middle, c - s.y),
            larger(difference - slack, pack(0.0)) * inverse_low,
            (difference + slack) * inverse_high,
            difference,
            difference + slack,
            s.valid & ~is_nan(s.y) & ~is_nan(s.c) & (abs(s.y) < pack(inf))};
}

void count_in_bins(pack e, pack_mask valid, std::uint32_t* histogram) {
    for (std::size_t i = 0; i < pack_width; ++i)
        if (test(valid, i)) ++histogram[error_bin(e[i])];
}

void add_errors(totals& to, const errors& e, pack magnitude, const judged_by& by) {
    const pack none(-1.0);
    const pack_mask comparable = e.comparable;
    const pack_mask normal = comparable & (pack(by.format.smallest_normal) <= magnitude);
    comparison_result& r = to.result;
    to.sum_signed = to.sum_signed + select(comparable, e.signed_middle, pack(0.0));
    const pack middle = select(comparable, e.middle, pack(0.0));
    to.sum = to.sum + middle;
    to.sum_squared = to.sum_squared + middle * middle;
    r.max_high = std::max(r.max_high, max_of(select(comparable, e.high, none)));
    r.max_low = std::max(r.max_low, max_of(select(comparable, e.low, none)));
    r.max_normal_high = std::max(r.max_normal_high, max_of(select(normal, e.high, none)));
    r.max_normal_low = std::max(r.max_normal_low, max_of(select(normal, e.low, none)));
    r.max_absolute = std::max(r.max_absolute, max_of(select(comparable, e.absolute_high, none)));
    r.max_relative = std::max(r.max_relative, max_of(select(normal, e.absolute_high / magnitude, none)));
}

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

/// Over a limit for certain, or perhaps.
struct promise_state {
    pack_mask over;
    pack_mask open;
};

promise_state judge_promise(const sample& s, const errors& e, const comparison_limits& limits) {
    const pack scale = larger(abs(s.y), pack(1.0)) * pack(limits.promise_absolute);
    const pack_mask over =
        (pack(limits.promise_ulp) < e.low) | (scale * pack(1.0 + 0x1p-40) < e.absolute - s.bound);
    const pack_mask maybe =
        (pack(limits.promise_ulp) < e.high) | (scale * pack(1.0 - 0x1p-40) < e.absolute_high);
    return {e.comparable & over, e.comparable & maybe & ~over};
}

/// The full comparison of one pack.
void add_pack(totals& to, const sample& s, const judged_by& by, const outputs& into) {
    const pack below = through_format(s.y - s.bound, by.format);
    const pack above = through_format(s.y + s.bound, by.format);
    const pack_mask number = s.valid & ~is_nan(s.y);
    const pack_mask certain = below == above;
    // Between the two ends nothing is certain, however wide the enclosure.
    const pack_mask possible = (below <= s.c) & (s.c <= above);
    const pack_mask c_infinite = abs(s.c) == pack(inf);
    const pack_mask infinite = abs(below) == pack(inf);
    const pack_mask zero = s.c == pack(0.0);
    const pack_mask nearest_zero = (below == pack(0.0)) & (above == pack(0.0));
    comparison_result& r = to.result;

    r.misrounded += count(number & ~possible);
    list(number & ~certain & possible, s.at, into.rounding_open, r.rounding_open_count);
    r.nan_mismatches += count(s.valid & (is_nan(s.c) ^ is_nan(s.y)));
    const pack_mask wrong_infinity = ~possible & (c_infinite | (certain & infinite));
    r.inf_mismatches += count(number & ~is_nan(s.c) & wrong_infinity);
    r.zero_sign_mismatches += count(number & zero & nearest_zero & ((bits(s.c) ^ bits(s.y)) < pack_bits(0)));
    r.flushed_subnormals += count(number & zero & ~possible & (abs(s.y) < pack(by.format.smallest_normal)));
    r.range_violations +=
        count(number & ((s.c < pack(by.limits.range_low)) | (pack(by.limits.range_high) < s.c)));

    const errors e = full_errors(s, by, below, above);
    const promise_state promise = judge_promise(s, e, by.limits);
    r.over_promise += count(promise.over);
    list(promise.open, s.at, into.promise_open, r.promise_open_count);
    r.counted += count(e.comparable);
    add_errors(to, e, abs(s.y), by);
    count_in_bins(e.middle, e.comparable, into.histogram);
}

pack_mask first_lanes(std::size_t n) {
    pack lane(0.0);
    for (std::size_t i = 0; i < pack_width; ++i)
        lane.v[i / detail::lanes][i % detail::lanes] = static_cast<double>(i);
    return lane < pack(static_cast<double>(n));
}

/// Results [i, end), at most eight; what is missing counts as exact zeros.
sample sample_at(const comparison& block, std::size_t i, std::size_t end) {
    const std::size_t count = std::min(pack_width, end - i);
    std::array<double, pack_width> x{};
    std::array<double, pack_width> computed{};
    std::array<double, pack_width> value{};
    std::array<double, pack_width> bound{};
    for (std::size_t k = 0; k < count; ++k) {
        x[k] = block.x[i + k];
        computed[k] = block.computed[i + k];
        const enclosed y = reference_at(block.reference, i + k);
        value[k] = y.value;
        bound[k] = y.bound;
    }
    return {load(x.data()),        load(value.data()), load(bound.data()),
            load(computed.data()), first_lanes(count), i};
}

}  // namespace

comparison_result compare(const comparison& block, part which, const comparison_limits& limits,
                          std::uint32_t* rounding_open, std::uint32_t* promise_open,
                          std::uint32_t* histogram) {
    std::array<std::uint32_t, histogram_rows * error_bins_count> counts{};
    const outputs into{rounding_open, promise_open, counts.data()};
    const judged_by by{limits, format_facts(limits.format)};
    totals running;
    for (std::size_t i = which.begin; i < which.end;) {
        const std::size_t end = std::min((i / group_size + 1) * group_size, which.end);
        const bool whole = end - i == group_size;
        if (!whole || !add_ordinary_group(running, block, i / group_size, limits, counts.data())) {
            for (std::size_t k = i; k < end; k += pack_width)
                add_pack(running, sample_at(block, k, end), by, into);
        }
        i = end;
    }
    comparison_result& r = running.result;
    r.sum_ulp = sum_of(running.sum);
    r.sum_ulp_signed = sum_of(running.sum_signed);
    r.sum_ulp_squared = sum_of(running.sum_squared);
    for (std::size_t i = 0; i < narrow_pack_width; ++i)
        r.misrounded += static_cast<std::uint64_t>(lane(running.misrounded, i));
    for (std::size_t row = 0; row < histogram_rows; ++row) {
        for (std::size_t k = 0; k < error_bins_count; ++k) histogram[k] += counts[row * error_bins_count + k];
    }
    return r;
}

namespace {

/// A result that may be the largest of its part.
struct candidate {
    double middle;
    std::uint32_t bits;  // of the input
    std::uint32_t at;
    [[nodiscard]] bool before(const candidate& other) const {
        return middle > other.middle || (middle == other.middle && bits < other.bits);
    }
};

/// A short list in order.
class best_candidates {
  public:
    best_candidates(std::uint32_t* indices, std::size_t room) : indices_(indices), room_(room) {}

    void offer(const candidate& one) {
        if (used_ == room_ && !one.before(kept_[room_ - 1])) return;
        std::size_t at = used_ < room_ ? used_++ : room_ - 1;
        for (; at > 0 && one.before(kept_[at - 1]); --at) kept_[at] = kept_[at - 1];
        kept_[at] = one;
    }

    [[nodiscard]] std::size_t write() const {
        for (std::size_t i = 0; i < used_; ++i) indices_[i] = kept_[i].at;
        return used_;
    }

  private:
    std::uint32_t* indices_;
    std::size_t room_;
    std::size_t used_ = 0;
    std::array<candidate, most_candidates> kept_{};
};

/// Errors of eight results by one measure: middles and upper ends, and of which results.
struct measured_pack {
    pack middle;
    pack high;
    pack_mask valid;
};

measured_pack measure(const sample& s, const judged_by& by, error_measure measure) {
    const errors e = full_errors(s, by, through_format(s.y - s.bound, by.format),
                                 through_format(s.y + s.bound, by.format));
    const pack_mask normal = e.comparable & (pack(by.format.smallest_normal) <= abs(s.y));
    switch (measure) {
        case error_measure::ulp:
            return {e.middle, e.high, e.comparable};
        case error_measure::ulp_normal:
            return {e.middle, e.high, normal};
        case error_measure::absolute:
            return {e.absolute, e.absolute_high, e.comparable};
        case error_measure::relative:
            break;
    }
    return {e.absolute / abs(s.y), e.absolute_high / abs(s.y), normal};
}

}  // namespace

std::size_t collect(const comparison& block, part which, const comparison_limits& limits, error_measure how,
                    double threshold, std::uint32_t* indices, std::size_t room) {
    const judged_by by{limits, format_facts(limits.format)};
    best_candidates best(indices, room);
    for (std::size_t i = which.begin; i < which.end; i += pack_width) {
        const measured_pack e = measure(sample_at(block, i, which.end), by, how);
        const pack_mask hit = e.valid & (pack(threshold) <= e.high);
        if (!any(hit)) continue;
        for (std::size_t k = 0; k < pack_width; ++k) {
            if (!test(hit, k)) continue;
            const std::size_t at = i + k;
            best.offer(
                {e.middle[k], std::bit_cast<std::uint32_t>(block.x[at]), static_cast<std::uint32_t>(at)});
        }
    }
    return best.write();
}

std::uint64_t count_falls(const float* y, std::size_t n, int direction, std::size_t& first) {
    const float sign = direction < 0 ? -1.0F : 1.0F;
    std::uint64_t falls = 0;
    for (std::size_t i = 0; i + 1 < n; ++i) falls += sign * y[i + 1] < sign * y[i] ? 1U : 0U;
    if (falls == 0) return 0;
    first = 0;
    while (!(sign * y[first + 1] < sign * y[first])) ++first;
    return falls;
}

}  // namespace ulpfront
