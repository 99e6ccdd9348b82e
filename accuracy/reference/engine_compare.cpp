// Results against references. Most results are ordinary (finite numbers, inside the promise) and most groups
// of 64 references compact: such a group is first tried with few instructions of binary32 arithmetic. If any
// of it is not ordinary the group goes through the full comparison, eight at a time in binary64. Which way a
// group goes depends on nothing outside it.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

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

/// The largest error is not below this. Where a value may lie on either side of a power of two `error` is by
/// the smaller ulp, and may be twice the true one.
ULPFRONT_INLINE double lowest(const reference_group& g, double error, double uncertainty) {
    if (error < negligible) return 0.0;
    return (error - uncertainty) * (g.one_binade ? 1.0 : 0.5);
}

/// Takes the largest error of an ordinary group, or of `count` alike, into the maxima.
ULPFRONT_INLINE void add_maxima(comparison_result& r, const reference_group& g, std::size_t count,
                                double error, double uncertainty) {
    const double low = lowest(g, error, uncertainty);
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
    r.counted += count * group_size;
}

/// Bits in which n results differ from one number's, n a multiple of 16.
ULPFRONT_INLINE narrow_pack_bits difference(const float* computed, std::size_t n, float from) {
    const narrow_pack_bits all(std::bit_cast<std::int32_t>(from));
    narrow_pack_bits differ{0};
    for (std::size_t i = 0; i < n; i += narrow_pack_width)
        differ = differ | (bits(load_narrow(computed + i)) ^ all);
    return differ;
}

/// Bits in which `count` groups' results differ from the nearest numbers.
ULPFRONT_INLINE narrow_pack_bits difference(const comparison& block, std::size_t at, std::size_t count) {
    const float* const computed = block.computed + at * group_size;
    const float* const nearest = block.reference.nearest + at * group_size;
    if (block.reference.groups[at].alike > 0) return difference(computed, count * group_size, *nearest);
    narrow_pack_bits differ{0};
    for (std::size_t i = 0; i < group_size; i += narrow_pack_width)
        differ = differ | (bits(load_narrow(computed + i)) ^ bits(load_narrow(nearest + i)));
    return differ;
}

/// The results of a group, or of `count` alike, are the nearest, and no rest is worth a bin of its own: what
/// there is to add was found with the reference.
ULPFRONT_INLINE bool add_saturated(totals& to, const comparison& block, std::size_t at, std::size_t count,
                                   double limit, std::uint32_t* histogram) {
    const reference_group& g = block.reference.groups[at];
    const double error = g.largest_rest;
    const double uncertainty = g.uncertainty + error * 0x1p-22;
    if (error + uncertainty > limit || any(narrow_pack_mask{difference(block, at, count)})) return false;
    const auto times = static_cast<double>(count);
    to.sum.v[0][0] += times * static_cast<double>(g.sum);
    to.sum_signed.v[0][0] += times * static_cast<double>(g.sum_signed);
    to.sum_squared.v[0][0] += times * static_cast<double>(g.sum_squared);
    add_maxima(to.result, g, count, error, uncertainty);
    histogram[0] += static_cast<std::uint32_t>(count * group_size);
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
    narrow_pack_bits bins_differ{0};
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
class group_scale {
  public:
    ULPFRONT_INLINE explicit group_scale(double inverse_ulp)
        : lift_(inverse_ulp > 0x1p62 ? 0x1p64F : 1.0F),
          scale_(static_cast<float>(inverse_ulp * (inverse_ulp > 0x1p62 ? 0x1p-64 : 1.0))) {}

    /// The signed errors of sixteen results from number i on.
    ULPFRONT_INLINE narrow_pack error(const comparison& block, std::size_t i) const {
        const narrow_pack c = load_narrow(block.computed + i);
        const narrow_pack y = load_narrow(block.reference.nearest + i);
        return (c * lift_ - y * lift_) * scale_ - load_narrow(block.reference.rest + i);
    }

  private:
    narrow_pack lift_;
    narrow_pack scale_;
};

/// A group's errors, and what else keeps it from being ordinary.
ULPFRONT_INLINE void measure_group(const comparison& block, std::size_t begin, double inverse_ulp, float low,
                                   float high, group_errors& e) {
    const group_scale scale(inverse_ulp);
    narrow_pack_bits first{0};
    for (std::size_t i = 0; i < group_size; i += narrow_pack_width) {
        const narrow_pack c = load_narrow(block.computed + begin + i);
        const narrow_pack y = load_narrow(block.reference.nearest + begin + i);
        const narrow_pack signed_e = scale.error(block, begin + i);
        const narrow_pack size = abs(signed_e);
        const narrow_pack_bits in = error_bins(size);
        store(in, e.bins.data() + i);
        if (i == 0) first = narrow_pack_bits(lane(in, 0));
        e.bins_differ = e.bins_differ | (in ^ first);
        e.sum_signed = e.sum_signed + signed_e;
        e.sum = e.sum + size;
        e.sum_squared = e.sum_squared + size * size;
        e.misrounded = e.misrounded - (c != y).m;
        e.largest = larger(size, e.largest);
        e.outside = e.outside | (c < narrow_pack(low)) | (narrow_pack(high) < c);
        e.signs = e.signs | (bits(c) ^ bits(y));
    }
}

/// Where a function or a kernel is saturated all of a group fall into one bin. Elsewhere neighbours often do,
/// and counting one up waits for the count before it: four rows of counts, added up at the end, wait four
/// times less.
ULPFRONT_INLINE void count_bins(const group_errors& e, std::uint32_t* histogram) {
    const std::array<std::int32_t, group_size>& bins = e.bins;
    if (!any(narrow_pack_mask{e.bins_differ})) {
        histogram[bins[0]] += group_size;
        return;
    }
    for (std::size_t i = 0; i < group_size; i += histogram_rows) {
#pragma GCC unroll 4
        for (std::size_t row = 0; row < histogram_rows; ++row)
            ++histogram[row * error_bins_count + static_cast<std::uint32_t>(bins[i + row])];
    }
}

/// Tries group `at` the short way, and with it those of the next `most` that are alike. How many were added;
/// 0 if any of the first is not ordinary. NaN shows in the sum of the errors alone, infinity as a large
/// error. Of subnormal values every result must be the nearest, so that none is flushed.
ULPFRONT_INLINE std::size_t add_ordinary_groups(totals& to, const comparison& block, std::size_t at,
                                                std::size_t most, const comparison_limits& limits,
                                                std::uint32_t* histogram) {
    const reference_group& g = block.reference.groups[at];
    if (g.inverse_ulp == 0.0 || limits.format != binary32_format) return 0;
    const double limit = ordinary_limit(g, limits);
    if (g.largest_rest < 0x1p-8F) {
        const std::size_t alike = std::min<std::size_t>(g.alike, most);
        if (alike > 1 && add_saturated(to, block, at, alike, limit, histogram)) return alike;
        if (add_saturated(to, block, at, 1, limit, histogram)) return 1;
    }
    group_errors e;
    measure_group(block, at * group_size, g.inverse_ulp, static_cast<float>(limits.range_low),
                  static_cast<float>(limits.range_high), e);
    const narrow_pack_mask wrong = (e.signs < narrow_pack_bits(0)) | (e.sum != e.sum) | e.outside;
    if (any(wrong)) return 0;
    if (!g.normal && any(narrow_pack_mask{e.misrounded})) return 0;
    const double error = largest_of(e.largest);
    const double uncertainty = g.uncertainty + error * 0x1p-22;
    if (!(error + uncertainty <= limit)) return 0;
    to.sum = to.sum + folded_sum(e.sum);
    to.sum_signed = to.sum_signed + folded_sum(e.sum_signed);
    to.sum_squared = to.sum_squared + folded_sum(e.sum_squared);
    to.misrounded = to.misrounded + e.misrounded;
    add_maxima(to.result, g, 1, error, uncertainty);
    count_bins(e, histogram);
    return 1;
}

// --- the full comparison ------------------------------------------------------------------------------

/// Eight results and references.
struct sample {
    pack x;
    pack y;      // middle of the enclosure
    pack bound;  // half its width
    pack below;  // between these two lies the nearest number of the format
    pack above;
    pack c;  // computed
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

ULPFRONT_INLINE errors full_errors(const sample& s, const judged_by& by) {
    const pack_mask c_infinite = abs(s.c) == pack(inf);
    const pack_mask may_overflow = (abs(s.below) == pack(inf)) | (abs(s.above) == pack(inf));
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
    const pack below = s.below;
    const pack above = s.above;
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

    const errors e = full_errors(s, by);
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

/// Results [i, end) of one group, at most eight; what is missing counts as exact zeros. Of a compact group
/// the nearest binary32 numbers are known, ties among them, which an enclosure would leave open.
sample sample_at(const comparison& block, std::size_t i, std::size_t end, const judged_by& by) {
    const std::size_t count = std::min(pack_width, end - i);
    std::array<double, pack_width> x{};
    std::array<double, pack_width> computed{};
    std::array<double, pack_width> value{};
    std::array<double, pack_width> bound{};
    std::array<double, pack_width> nearest{};
    const bool compact = block.reference.groups[i / group_size].inverse_ulp != 0.0;
    const bool known = compact && by.limits.format == binary32_format;
    for (std::size_t k = 0; k < count; ++k) {
        x[k] = block.x[i + k];
        computed[k] = block.computed[i + k];
        const enclosed y = reference_at(block.reference, i + k);
        value[k] = y.value;
        bound[k] = y.bound;
        if (known) nearest[k] = block.reference.nearest[i + k];
    }
    sample result{load(x.data()), load(value.data()),    load(bound.data()), pack(0.0),
                  pack(0.0),      load(computed.data()), first_lanes(count), i};
    result.below = known ? load(nearest.data()) : through_format(result.y - result.bound, by.format);
    result.above = known ? result.below : through_format(result.y + result.bound, by.format);
    return result;
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
        const std::size_t at = i / group_size;
        const std::size_t end = std::min((at + 1) * group_size, which.end);
        const std::size_t most = end - i == group_size ? (which.end - i) / group_size : 0;
        const std::size_t taken =
            most == 0 ? 0 : add_ordinary_groups(running, block, at, most, limits, counts.data());
        for (std::size_t k = i; taken == 0 && k < end; k += pack_width)
            add_pack(running, sample_at(block, k, end, by), by, into);
        i = taken == 0 ? end : i + taken * group_size;
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
    const errors e = full_errors(s, by);
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

namespace {

/// Between which the largest error of a group lies.
struct error_range {
    double low = 0.0;
    double high = inf;
};

/// From this many ULP on a result may be infinite, or excused as flushed: nothing is said of its error.
constexpr double most_ulp_of_a_group = 0x1p22;

/// The largest error of a group in binary32 arithmetic, as the short way finds it. Nothing is known where it
/// would not go the short way for other reasons than an error too large.
error_range largest_error(const comparison& block, std::size_t at, error_measure how) {
    const reference_group& g = block.reference.groups[at];
    if (g.inverse_ulp == 0.0) return {};
    const group_scale scale(g.inverse_ulp);
    narrow_pack largest(0.0F);
    narrow_pack top(0.0F);  // |nearest|
    narrow_pack sum(0.0F);
    for (std::size_t i = at * group_size; i < (at + 1) * group_size; i += narrow_pack_width) {
        const narrow_pack size = abs(scale.error(block, i));
        largest = larger(size, largest);
        top = larger(abs(load_narrow(block.reference.nearest + i)), top);
        sum = sum + size;
    }
    const double error = largest_of(largest);
    if (any(sum != sum) || !(error < most_ulp_of_a_group)) return {};
    const double uncertainty = g.uncertainty + error * 0x1p-22;
    error_range range{lowest(g, error, uncertainty), error + uncertainty};
    const bool of_normal = how == error_measure::ulp_normal || how == error_measure::relative;
    if (of_normal && !g.normal) return {};
    const bool scaled = how == error_measure::absolute || how == error_measure::relative;
    if (scaled) range = {range.low / g.inverse_ulp, range.high / g.inverse_ulp};
    if (how == error_measure::relative) range = {range.low / largest_of(top), range.high / g.smallest};
    constexpr double slack = 0x1p-22;  // for |value| being above |nearest|, and for the roundings here
    return {range.low * (1.0 - slack), range.high * (1.0 + slack)};
}

/// Offers those results of a part of one group that may reach the threshold, of small input bits first: of
/// equal errors they stay.
void offer(best_candidates& to, const comparison& block, part which, const judged_by& by, error_measure how,
           double threshold) {
    const bool backwards = std::signbit(block.x[which.begin]);
    const std::size_t packs = (which.end - which.begin + pack_width - 1) / pack_width;
    for (std::size_t n = 0; n < packs; ++n) {
        const std::size_t i = which.begin + (backwards ? packs - 1 - n : n) * pack_width;
        const measured_pack e = measure(sample_at(block, i, which.end, by), by, how);
        const pack_mask hit = e.valid & (pack(threshold) <= e.high);
        if (!any(hit)) continue;
        for (std::size_t m = 0; m < pack_width; ++m) {
            const std::size_t k = backwards ? pack_width - 1 - m : m;
            if (!test(hit, k)) continue;
            to.offer({e.middle[k], std::bit_cast<std::uint32_t>(block.x[i + k]),
                      static_cast<std::uint32_t>(i + k)});
        }
    }
}

/// A stretch of a part that is looked at the short way as one: a group, or groups that are alike with results
/// that are alike. What is no whole group is not looked at.
struct stretch {
    part where{};
    error_range largest;
    bool one_error = false;
};

/// The stretch that begins at result number `begin`.
stretch stretch_at(const comparison& block, std::size_t begin, std::size_t end, const judged_by& by,
                   error_measure how) {
    const std::size_t at = begin / group_size;
    const std::size_t groups = (end - begin) / group_size;
    const bool whole = begin % group_size == 0 && groups > 0;
    if (!whole || by.limits.format != binary32_format)
        return {{begin, std::min((at + 1) * group_size, end)}, {}, false};
    const std::size_t alike = std::min<std::size_t>(block.reference.groups[at].alike, groups);
    // Of groups that are alike, with one and the same result.
    const float* const computed = block.computed + begin;
    const bool one_error =
        alike > 1 && !any(narrow_pack_mask{difference(computed, alike * group_size, *computed)});
    return {{begin, begin + (one_error ? alike : 1) * group_size}, largest_error(block, at, how), one_error};
}

/// Two neighbouring stretches of one and the same error. A function that is saturated at no number of the
/// format has nothing else over half of all inputs, and each stretch left is a question to the judge.
bool of_one_error(const comparison& block, const stretch& a, const stretch& b) {
    if (!a.one_error || !b.one_error) return false;
    const auto same = [&](const float* from) {
        return std::bit_cast<std::uint32_t>(from[a.where.begin]) ==
               std::bit_cast<std::uint32_t>(from[b.where.begin]);
    };
    const reference_group& g = block.reference.groups[a.where.begin / group_size];
    const reference_group& h = block.reference.groups[b.where.begin / group_size];
    return same(block.computed) && same(block.reference.nearest) && same(block.reference.rest) &&
           g.inverse_ulp == h.inverse_ulp;
}

/// Offers the stretch's results; of a single error the one result of the smallest input bits.
void offer_stretch(best_candidates& to, const comparison& block, const stretch& from, const judged_by& by,
                   error_measure how, double threshold) {
    if (!(threshold <= from.largest.high)) return;
    const auto [begin, end] = from.where;
    if (!from.one_error) return offer(to, block, from.where, by, how, threshold);
    const std::size_t at = std::signbit(block.x[begin]) ? end - 1 : begin;
    offer(to, block, {at, at + 1}, by, how, threshold);
}

}  // namespace

// Whole groups are first looked at the short way: most cannot hold the part's largest error.
std::size_t collect(const comparison& block, part which, const comparison_limits& limits, error_measure how,
                    double threshold, std::uint32_t* indices, std::size_t room) {
    const judged_by by{limits, format_facts(limits.format)};
    std::vector<stretch> stretches;
    for (std::size_t i = which.begin; i < which.end;) {
        const stretch next = stretch_at(block, i, which.end, by, how);
        threshold = std::max(threshold, next.largest.low);
        i = next.where.end;
        if (!stretches.empty() && of_one_error(block, stretches.back(), next)) {
            stretch& last = stretches.back();
            last.where.end = i;
            last.largest.high = std::max(last.largest.high, next.largest.high);
        } else {
            stretches.push_back(next);
        }
    }
    // Inputs ascend, so that of negative ones the last have the smallest bits.
    if (std::signbit(block.x[which.begin])) std::reverse(stretches.begin(), stretches.end());
    best_candidates best(indices, room);
    for (const stretch& each : stretches) offer_stretch(best, block, each, by, how, threshold);
    return best.write();
}

namespace {

/// How many of 16 * `packs` pairs (from[i], to[i]) have from[i] > to[i]; packs < 2^31.
std::uint64_t count_greater(const float* from, const float* to, std::size_t packs) {
    narrow_pack_bits counts{0};
    for (std::size_t i = 0; i < packs * narrow_pack_width; i += narrow_pack_width)
        counts = counts - (load_narrow(to + i) < load_narrow(from + i)).m;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < narrow_pack_width; ++i) sum += static_cast<std::uint64_t>(lane(counts, i));
    return sum;
}

}  // namespace

std::uint64_t count_falls(const float* y, std::size_t n, int direction, std::size_t& first) {
    if (n < 2) return 0;
    const auto falls_at = [&](std::size_t i) { return direction < 0 ? y[i] < y[i + 1] : y[i + 1] < y[i]; };
    const std::size_t packs = (n - 1) / narrow_pack_width;
    std::uint64_t falls = direction < 0 ? count_greater(y + 1, y, packs) : count_greater(y, y + 1, packs);
    for (std::size_t i = packs * narrow_pack_width; i + 1 < n; ++i) falls += falls_at(i) ? 1U : 0U;
    if (falls == 0) return 0;
    first = 0;
    while (!falls_at(first)) ++first;
    return falls;
}

}  // namespace ulpfront
