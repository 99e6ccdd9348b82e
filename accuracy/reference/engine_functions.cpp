// The fast reference of every function of the catalogue: its own template, evaluated with enclosures over
// packs of binary64.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "accuracy/reference/elementary.hpp"
#include "accuracy/reference/enclosure.hpp"
#include "accuracy/reference/engine_parts.hpp"
#include "ulpfront/functions.hpp"

namespace ulpfront {

template <>
struct enclosure_traits<pack> {
    using mask = pack_mask;
    ULPFRONT_INLINE static pack unit() { return pack(0x1p-52); }
    ULPFRONT_INLINE static pack tiny() { return pack(elementary_bound::tiny); }
    ULPFRONT_INLINE static pack unknown() { return pack(std::numeric_limits<double>::infinity()); }
    /// 2^-floor(log2 x).
    ULPFRONT_INLINE static pack reciprocal_bound(pack x) {
        return from_bits(pack_bits((std::int64_t{2} * 1023) << 52) - (bits(x) & pack_bits(exponent_bits)));
    }
    ULPFRONT_INLINE static pack bound_exp() { return pack(elementary_bound::exp); }
    ULPFRONT_INLINE static pack bound_expm1() { return pack(elementary_bound::expm1); }
    ULPFRONT_INLINE static pack bound_log1p() { return pack(elementary_bound::log1p); }
    ULPFRONT_INLINE static pack bound_tanh() { return pack(elementary_bound::tanh); }
    ULPFRONT_INLINE static pack bound_erfc() { return pack(elementary_bound::erfc); }
    ULPFRONT_INLINE static pack sqrt_half() { return pack(constants<double>::sqrt_half()); }
    ULPFRONT_INLINE static pack sqrt_two_over_pi() { return pack(constants<double>::sqrt_two_over_pi()); }
    ULPFRONT_INLINE static pack exp(pack x) { return ulpfront::exp(x); }
    ULPFRONT_INLINE static pack expm1(pack x) { return ulpfront::expm1(x); }
    ULPFRONT_INLINE static pack log1p(pack x) { return ulpfront::log1p(x); }
    ULPFRONT_INLINE static pack tanh(pack x) { return ulpfront::tanh(x); }
    ULPFRONT_INLINE static pack erfc(pack x) { return ulpfront::erfc(x); }
};

namespace {

using reference_number = enclosure<pack>;

/// The bound as it is handed out: with 2^-40 of it for the second-order roundings inside it (a template of
/// a few hundred operations makes less than 2^-43), and 2^-52 |v| so that v - bound and v + bound, rounded,
/// still enclose. An exact value keeps the bound 0.
ULPFRONT_INLINE pack final_bound(const reference_number& y) {
    const pack padded = (y.error + abs(y.value) * pack(0x1p-52)) * pack(1.0 + 0x1p-40);
    return select(y.error == pack(0.0), pack(0.0), padded);
}

bool is_special(float x) {
    const std::uint32_t magnitude = std::bit_cast<std::uint32_t>(x) & 0x7fffffffU;
    return magnitude == 0 || magnitude >= 0x7f800000U;
}

/// At NaN, the infinities and a zero result at zero the facts stand for the template.
void apply_facts(const function_facts& facts, float x, double& value, double& bound) {
    if (x != x) {
        value = std::numeric_limits<double>::quiet_NaN();
        bound = 0.0;
    } else if (x == 0.0F) {
        const double at_zero = std::signbit(x) ? facts.at_minus_zero : facts.at_plus_zero;
        if (at_zero == 0.0) {
            value = at_zero;
            bound = 0.0;
        }
    } else {
        value = x < 0.0F ? facts.at_minus_infinity : facts.at_plus_infinity;
        bound = 0.0;
    }
}

constexpr std::size_t group_size = reference_group::size;

/// Groups this uncertain, in ulp, are not compact: too much would be left open.
constexpr double most_uncertain = 0x1p-15;

/// Values and bounds of a group, and what they have in common, lane by lane.
struct group_values {
    std::array<double, group_size> value;
    std::array<double, group_size> bound;
    pack inverse_low{std::numeric_limits<double>::infinity()};
    pack inverse_high{0.0};
    pack smallest{std::numeric_limits<double>::infinity()};
    pack largest{0.0};
    pack widest{0.0};  // bound
    pack bounds{0.0};  // their sum, in which a NaN would show
    pack_bits binades{0};

    ULPFRONT_INLINE void put(std::size_t at, pack v, pack b) {
        store(v, value.data() + at);
        store(b, bound.data() + at);
        const pack magnitude = abs(v);
        const pack nearer_zero = magnitude - b;
        const pack inverse = inverse_ulp(nearer_zero, binary32);
        inverse_low = smaller(inverse, inverse_low);
        inverse_high = larger(inverse, inverse_high);
        smallest = smaller(magnitude, smallest);
        largest = larger(magnitude, largest);
        widest = larger(b, widest);
        bounds = bounds + b;
        binades = binades | (bits(nearer_zero) ^ bits(magnitude + b));
    }

    /// Of one ulp, finite, all normal or all nearly zero, and not too uncertain? Then with its rests, sums
    /// and uncertainty still to come.
    [[nodiscard]] reference_group common() const {
        reference_group result{inverse_low[0], 0.0, smallest[0], 0.0F, 0.0F, 0.0F, 0.0F, true, false};
        double top = 0.0;
        double bound_high = 0.0;
        bool one_ulp = true;
        for (std::size_t i = 0; i < pack_width; ++i) {
            one_ulp = one_ulp && inverse_low[i] == inverse_low[0] && inverse_high[i] == inverse_low[0];
            result.smallest = std::min(result.smallest, smallest[i]);
            result.one_binade = result.one_binade && (lane(binades, i) & exponent_bits) == 0;
            top = std::max(top, largest[i]);
            bound_high = bounds[i] == bounds[i] ? std::max(bound_high, widest[i]) : infinity;
        }
        result.normal = result.smallest >= binary32.smallest_normal;
        // Subnormal values have fewer bits than a rest: but for those that are as good as zero.
        const bool alike = result.normal || top < 0x1p-151;
        result.uncertainty = bound_high * result.inverse_ulp;
        const bool compact =
            one_ulp && alike && top < binary32.overflow_threshold && result.uncertainty < most_uncertain;
        if (!compact) result.inverse_ulp = 0.0;
        return result;
    }
};

/// Rounds the values of a group of one ulp into `nearest` and `rest`. False where the rounding of one is not
/// certain. value - nearest is exact, and so is its product with a power of two; the conversion of the rest
/// to binary32 errs by `loss`, and the sum nearest + rest ulp, which callers form in binary64, by 2^-29 ulp.
bool split(const group_values& of, reference_group& group, float* nearest, float* rest) {
    const pack inverse(group.inverse_ulp);
    pack loss(0.0);
    pack farthest(0.0);
    pack sum(0.0);
    pack sum_signed(0.0);
    pack sum_squared(0.0);
    for (std::size_t i = 0; i < group_size; i += pack_width) {
        const pack v = load(of.value.data() + i);
        store(v, nearest + i);
        const pack wide = (v - load(nearest + i)) * inverse;
        store(wide, rest + i);
        const pack kept = load(rest + i);
        loss = larger(abs(wide - kept), loss);
        farthest = larger(abs(wide), farthest);
        sum = sum + abs(kept);
        sum_signed = sum_signed - kept;
        sum_squared = sum_squared + kept * kept;
    }
    const double uncertainty = group.uncertainty + max_of(loss);
    group.uncertainty = uncertainty == 0.0 ? 0.0 : uncertainty + 0x1p-28;
    group.largest_rest = static_cast<float>(max_of(farthest));
    group.sum = static_cast<float>(sum_of(sum));
    group.sum_signed = static_cast<float>(sum_of(sum_signed));
    group.sum_squared = static_cast<float>(sum_of(sum_squared));
    return max_of(farthest) + group.uncertainty < 0.5;
}

/// Writes group number `at`, whose enclosures `reference_of` gives for eight inputs. Whether it is compact.
template <class ReferenceOf>
ULPFRONT_INLINE bool write_group(const ReferenceOf& reference_of, const float* x, const reference_block& to,
                                 std::size_t at) {
    const std::size_t begin = at * group_size;
    group_values values;
    for (std::size_t i = 0; i < group_size; i += pack_width) {
        const reference_number y = reference_of(load(x + begin + i));
        values.put(i, y.value, final_bound(y));
    }
    reference_group& group = to.groups[at];
    group = values.common();
    if (group.inverse_ulp != 0.0 && split(values, group, to.nearest + begin, to.rest + begin)) return true;
    group.inverse_ulp = 0.0;
    std::copy(values.value.begin(), values.value.end(), to.value + begin);
    std::copy(values.bound.begin(), values.bound.end(), to.bound + begin);
    return false;
}

/// The first terms of the series at zero, on whose remainder function.hpp has a bound: |x|^4.
class near_zero {
  public:
    /// Here the remainder is below 2^-47 of a term x / 2; groups for which it is not small enough (c0 = c1 =
    /// 0) are found not compact.
    static constexpr float reach = 0x1p-16F;

    near_zero(const function_facts& facts, bool below)
        : c_(below ? facts.series_below : facts.series_above) {}

    /// Six operations, each of at most u = 2^-53 relative to the sum of the terms' magnitudes, and the
    /// rounding of the coefficients themselves.
    ULPFRONT_INLINE reference_number operator()(pack x) const {
        const pack size = abs(x);
        const pack value = pack(c_[0]) + x * (pack(c_[1]) + x * (pack(c_[2]) + x * pack(c_[3])));
        const pack terms =
            pack(std::abs(c_[0])) +
            size * (pack(std::abs(c_[1])) + size * (pack(std::abs(c_[2])) + size * pack(std::abs(c_[3]))));
        const pack square = x * x;
        return {value, terms * pack(0x1p-50) + square * square + pack(elementary_bound::tiny)};
    }

  private:
    std::array<double, 4> c_;
};

/// Groups that are worked on together where they are alike.
constexpr std::size_t chunk_groups = 16;
constexpr std::size_t chunk_size = chunk_groups * group_size;

/// All values between the first and the last of a chunk, for a function that is monotone there.
template <class Value>
reference_number hull(float first, float last) {
    std::array<double, pack_width> ends{};
    ends.fill(first);
    ends.back() = last;
    const reference_number y = Value{}(reference_number(load(ends.data()), pack(0.0)));
    const pack bound = final_bound(y);
    const double low = std::min(y.value[0] - bound[0], y.value[pack_width - 1] - bound[pack_width - 1]);
    const double high = std::max(y.value[0] + bound[0], y.value[pack_width - 1] + bound[pack_width - 1]);
    const double middle = low + (high - low) * 0.5;
    // A zero keeps the sign that both ends give it. Twice the half for the roundings here, and for a middle
    // that changes its sign.
    const bool one_sign = std::signbit(y.value[0]) == std::signbit(y.value[pack_width - 1]);
    const double value = one_sign ? std::copysign(middle, y.value[0]) : middle;
    const double moved = std::abs(value - middle);
    return {pack(value), pack((high - low) + moved + std::abs(middle) * 0x1p-52)};
}

bool is_monotone(const function_facts& facts, float first, float last) {
    return std::any_of(facts.monotone.begin(), facts.monotone.end(),
                       [&](const monotone_piece& piece) { return piece.from <= first && last <= piece.to; });
}

/// Where a function is saturated all groups of a chunk are one. False, and nothing of use written, where not.
template <class Value>
bool write_flat_chunk(const function_facts& facts, const float* x, const reference_block& to,
                      std::size_t chunk) {
    const std::size_t at = chunk * chunk_groups;
    const std::size_t begin = at * group_size;
    const float first = x[begin];
    const float last = x[begin + chunk_size - 1];
    if (!is_monotone(facts, first, last)) return false;
    const reference_number all = hull<Value>(first, last);
    const double flat_enough = 0x1p-25 / inverse_ulp(abs(all.value) - all.error, binary32)[0];
    if (!(all.error[0] <= flat_enough)) return false;
    if (!write_group([&](pack) { return all; }, x, to, at)) return false;
    for (std::size_t i = 1; i < chunk_groups; ++i) {
        to.groups[at + i] = to.groups[at];
        std::copy_n(to.nearest + begin, group_size, to.nearest + begin + i * group_size);
        std::copy_n(to.rest + begin, group_size, to.rest + begin + i * group_size);
    }
    return true;
}

template <class Value>
ULPFRONT_INLINE reference_number from_template(pack x) {
    return Value{}(reference_number(x, pack(0.0)));
}

/// A chunk without zeros, infinities and NaNs.
template <class Value>
void write_plain_chunk(const function_facts& facts, const float* x, const reference_block& to,
                       std::size_t chunk) {
    const float first = x[chunk * chunk_size];
    const float last = x[chunk * chunk_size + chunk_size - 1];
    const bool small = std::max(std::abs(first), std::abs(last)) <= near_zero::reach && !facts.rational;
    if (!small && write_flat_chunk<Value>(facts, x, to, chunk)) return;
    const near_zero series(facts, first < 0.0F);
    for (std::size_t at = chunk * chunk_groups; at < (chunk + 1) * chunk_groups; ++at) {
        if (small && write_group(series, x, to, at)) continue;
        write_group(from_template<Value>, x, to, at);
    }
}

/// The facts at the special inputs of a group, which then is not compact.
void apply_facts(const function_facts& facts, const float* x, const reference_block& to, std::size_t at,
                 std::size_t count) {
    const std::size_t begin = at * group_size;
    if (std::none_of(x + begin, x + begin + count, is_special)) return;
    for (std::size_t i = begin; i < begin + count; ++i) {
        const enclosed y = reference_at(to, i);
        to.value[i] = y.value;
        to.bound[i] = y.bound;
        if (is_special(x[i])) apply_facts(facts, x[i], to.value[i], to.bound[i]);
    }
    to.groups[at].inverse_ulp = 0.0;
}

/// A last group of fewer than 64 inputs; what is missing counts as the last one.
template <class Value>
void write_rest(const function_facts& facts, const float* x, const reference_block& to, std::size_t at,
                std::size_t count) {
    std::array<float, group_size> in{};
    std::array<float, group_size> nearest{};
    std::array<float, group_size> rest{};
    std::array<double, group_size> value{};
    std::array<double, group_size> bound{};
    in.fill(x[at * group_size + count - 1]);
    std::copy_n(x + at * group_size, count, in.begin());
    reference_group group{};
    const reference_block whole{nearest.data(), rest.data(), value.data(), bound.data(), &group};
    write_group(from_template<Value>, in.data(), whole, 0);
    for (std::size_t i = 0; i < count; ++i) {
        const enclosed y = reference_at(whole, i);
        to.value[at * group_size + i] = y.value;
        to.bound[at * group_size + i] = y.bound;
    }
    to.groups[at] = group;
    to.groups[at].inverse_ulp = 0.0;
    apply_facts(facts, x, to, at, count);
}

/// Ascending inputs: the ends tell what is between.
bool is_plain(float first, float last) {
    return std::isfinite(first) && std::isfinite(last) && (0.0F < first || last < 0.0F);
}

template <class Value>
void evaluate(const function_facts& facts, const float* x, const reference_block& to, std::size_t n) {
    const std::size_t groups = n / group_size;
    std::size_t at = 0;
    while (at < groups) {
        const bool whole_chunk = at % chunk_groups == 0 && at + chunk_groups <= groups;
        if (whole_chunk && is_plain(x[at * group_size], x[at * group_size + chunk_size - 1])) {
            write_plain_chunk<Value>(facts, x, to, at / chunk_groups);
            at += chunk_groups;
            continue;
        }
        write_group(from_template<Value>, x, to, at);
        apply_facts(facts, x, to, at, group_size);
        ++at;
    }
    if (const std::size_t count = n % group_size; count > 0) write_rest<Value>(facts, x, to, at, count);
}

// One function of the table: the template with parameters rounded to float.
#define ULPFRONT_ENGINE_FUNCTION(name)                                                               \
    engine_function{#name, [](const float* x, const reference_block& to, std::size_t n) {            \
                        evaluate<functions::name##_value<float>>(functions::name##_facts, x, to, n); \
                    }},

constexpr engine_function all_functions[] = {ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_ENGINE_FUNCTION)};

}  // namespace

extern "C" [[gnu::visibility("default")]] const engine_table* ulpfront_engine() {
    static constexpr engine_table table = {all_functions, std::size(all_functions), compare, collect,
                                           count_falls};
    return &table;
}

}  // namespace ulpfront
