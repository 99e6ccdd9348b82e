// The fast reference of every function of the catalogue: its own template, evaluated with enclosures over
// packs of binary64.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "accuracy/reference/engine_parts.hpp"
#include "accuracy/reference/pack_enclosure.hpp"
#include "ulpfront/functions.hpp"

namespace ulpfront {

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

    /// Of one ulp, finite, all normal or all not, and not too uncertain? Then with its rests, sums
    /// and uncertainty still to come.
    [[nodiscard]] reference_group common() const {
        reference_group result{inverse_low[0], 0.0, smallest[0], 0.0F, 0.0F, 0.0F, 0.0F, true, false, 0};
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
        const bool subnormal = top + bound_high < binary32.smallest_normal;
        // These have one ulp, whatever their binades.
        result.one_binade = result.one_binade || subnormal;
        const bool alike = result.normal || subnormal;
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
/// With a side (+-1) the exact values lie on that side of the values, so that no tie is open: what is added
/// for it is far below the last bit of any value, and below half an ulp of all others' distance to a tie.
bool split(const group_values& of, reference_group& group, float* nearest, float* rest, double side) {
    const pack inverse(group.inverse_ulp);
    const pack nudge(side == 0.0 ? -0.0 : side * 0x1p-170);  // -0 changes no number, not even a zero
    const pack_mask one_sided{pack_bits(side != 0.0 ? -1 : 0)};
    pack_mask open{pack_bits(0)};
    pack loss(0.0);
    pack farthest(0.0);
    pack sum(0.0);
    pack sum_signed(0.0);
    pack sum_squared(0.0);
    pack_bits differ(0);
    for (std::size_t i = 0; i < group_size; i += pack_width) {
        const pack v = load(of.value.data() + i);
        const pack bound = load(of.bound.data() + i);
        store(v + nudge, nearest + i);
        const pack wide = (v - load(nearest + i)) * inverse;
        const pack_mask certain = (abs(wide) + bound * inverse < pack(0.5)) | (bound == pack(0.0)) |
                                  (one_sided & (abs(wide) == pack(0.5)));
        open = open | ~certain;
        store(wide, rest + i);
        const pack kept = load(rest + i);
        differ = differ | (bits(load(nearest + i)) ^ bits(load(nearest)));
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
    group.alike = any(pack_mask{differ}) ? 0 : 1;
    return !any(open);
}

/// Writes group number `at`, whose enclosures `reference_of` gives for eight inputs. Whether it is compact.
template <class ReferenceOf>
ULPFRONT_INLINE bool write_group(const ReferenceOf& reference_of, const float* x, const reference_block& to,
                                 std::size_t at, double side = 0.0) {
    const std::size_t begin = at * group_size;
    group_values values;
    for (std::size_t i = 0; i < group_size; i += pack_width) {
        const reference_number y = reference_of(load(x + begin + i));
        values.put(i, y.value, final_bound(y));
    }
    reference_group& group = to.groups[at];
    group = values.common();
    if (group.inverse_ulp != 0.0 && split(values, group, to.nearest + begin, to.rest + begin, side))
        return true;
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

    [[nodiscard]] double at_zero() const { return c_[0]; }

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

/// A function of the catalogue.
template <class Value, const function_facts& Facts>
struct known {
    using value = Value;
    static constexpr const function_facts& facts = Facts;
};

/// f(x) by the function's own template, compiled once. Values of rational functions may be ties, which only
/// exact operations show.
template <class Function>
[[gnu::noinline]] reference_number from_template(pack x) {
    using base = std::conditional_t<Function::facts.rational, exact_pack, pack>;
    const enclosure<base> y = typename Function::value{}(enclosure<base>(base(x), base(pack(0.0))));
    return {y.value, y.error};
}

/// Where x is so small that c1 x is exact and the next term tells no more than on which side of it f(x) lies.
/// Results then are subnormal, x/2 often lies in the middle between two of them, and a bound on f(x) would
/// leave all these open.
class tiny_inputs {
  public:
    static constexpr float reach = 0x1p-120F;

    tiny_inputs(const function_facts& facts, bool below)
        : c_(below ? facts.series_below : facts.series_above) {}

    [[nodiscard]] bool decide() const {
        int exponent = 0;
        return c_[0] == 0.0 && std::abs(std::frexp(c_[1], &exponent)) == 0.5 && c_[2] != 0.0;
    }
    [[nodiscard]] double side() const { return std::copysign(1.0, c_[2]); }

    ULPFRONT_INLINE reference_number operator()(pack x) const {
        return {x * pack(c_[1]), x * x * pack(2.0 * std::abs(c_[2]))};
    }

  private:
    std::array<double, 4> c_;
};

/// Groups that are worked on together where they are alike.
constexpr std::size_t chunk_groups = 16;
constexpr std::size_t chunk_size = chunk_groups * group_size;

/// All values between the first and the last of a chunk, for a function that is monotone there.
template <class Function>
reference_number hull(float first, float last) {
    std::array<double, pack_width> ends{};
    ends.fill(first);
    ends.back() = last;
    const reference_number y = from_template<Function>(load(ends.data()));
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
template <class Function>
bool write_flat_chunk(const float* x, const reference_block& to, std::size_t chunk) {
    const std::size_t at = chunk * chunk_groups;
    const std::size_t begin = at * group_size;
    const float first = x[begin];
    const float last = x[begin + chunk_size - 1];
    if (!is_monotone(Function::facts, first, last)) return false;
    const reference_number all = hull<Function>(first, last);
    const double flat_enough = 0x1p-23 / inverse_ulp(abs(all.value) - all.error, binary32)[0];
    if (!(all.error[0] <= flat_enough)) return false;
    if (!write_group([&](pack) { return all; }, x, to, at)) return false;
    for (std::size_t i = 1; i < chunk_groups; ++i) {
        to.groups[at + i] = to.groups[at];
        std::copy_n(to.nearest + begin, group_size, to.nearest + begin + i * group_size);
        std::copy_n(to.rest + begin, group_size, to.rest + begin + i * group_size);
    }
    to.groups[at].alike = chunk_groups;
    return true;
}

/// A chunk without zeros, infinities and NaNs.
template <class Function>
void write_plain_chunk(const float* x, const reference_block& to, std::size_t chunk) {
    constexpr const function_facts& facts = Function::facts;
    const float first = x[chunk * chunk_size];
    const float last = x[chunk * chunk_size + chunk_size - 1];
    const float largest = std::max(std::abs(first), std::abs(last));
    const bool small = largest <= near_zero::reach && !facts.rational;
    const near_zero series(facts, first < 0.0F);
    const bool may_be_flat = !small || series.at_zero() != 0.0;
    if (may_be_flat && write_flat_chunk<Function>(x, to, chunk)) return;
    const tiny_inputs one_sided(facts, first < 0.0F);
    const bool tiny = largest <= tiny_inputs::reach && one_sided.decide();
    for (std::size_t at = chunk * chunk_groups; at < (chunk + 1) * chunk_groups; ++at) {
        if (tiny && write_group(one_sided, x, to, at, one_sided.side())) continue;
        if (small && write_group(series, x, to, at)) continue;
        write_group(from_template<Function>, x, to, at);
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
template <class Function>
void write_rest(const float* x, const reference_block& to, std::size_t at, std::size_t count) {
    std::array<float, group_size> in{};
    std::array<float, group_size> nearest{};
    std::array<float, group_size> rest{};
    std::array<double, group_size> value{};
    std::array<double, group_size> bound{};
    in.fill(x[at * group_size + count - 1]);
    std::copy_n(x + at * group_size, count, in.begin());
    reference_group group{};
    const reference_block whole{nearest.data(), rest.data(), value.data(), bound.data(), &group};
    write_group(from_template<Function>, in.data(), whole, 0);
    for (std::size_t i = 0; i < count; ++i) {
        const enclosed y = reference_at(whole, i);
        to.value[at * group_size + i] = y.value;
        to.bound[at * group_size + i] = y.bound;
    }
    to.groups[at] = group;
    to.groups[at].inverse_ulp = 0.0;
    apply_facts(Function::facts, x, to, at, count);
}

/// Ascending inputs: the ends tell what is between.
bool is_plain(float first, float last) {
    return std::isfinite(first) && std::isfinite(last) && (0.0F < first || last < 0.0F);
}

template <class Function>
void evaluate(const float* x, const reference_block& to, std::size_t n) {
    const std::size_t groups = n / group_size;
    std::size_t at = 0;
    while (at < groups) {
        const bool whole_chunk = at % chunk_groups == 0 && at + chunk_groups <= groups;
        if (whole_chunk && is_plain(x[at * group_size], x[at * group_size + chunk_size - 1])) {
            write_plain_chunk<Function>(x, to, at / chunk_groups);
            at += chunk_groups;
            continue;
        }
        write_group(from_template<Function>, x, to, at);
        apply_facts(Function::facts, x, to, at, group_size);
        ++at;
    }
    if (const std::size_t count = n % group_size; count > 0) write_rest<Function>(x, to, at, count);
}

// One function of the table: the template with parameters rounded to float.
#define ULPFRONT_ENGINE_FUNCTION(name) \
    engine_function{#name, evaluate<known<functions::name##_value<float>, functions::name##_facts>>},

constexpr engine_function all_functions[] = {ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_ENGINE_FUNCTION)};

}  // namespace

extern "C" [[gnu::visibility("default")]] const engine_table* ulpfront_engine() {
    static const engine_table table = {all_functions, std::size(all_functions), compare,           collect,
                                       count_falls,   all_f64_functions,        f64_function_count};
    return &table;
}

}  // namespace ulpfront
