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

void apply_facts(const function_facts& facts, const float* x, double* value, double* bound,
                 reference_group* groups, std::size_t n) {
    bool any_special = false;
    for (std::size_t i = 0; i < n; ++i) any_special |= is_special(x[i]);
    if (!any_special) return;
    for (std::size_t i = 0; i < n; ++i) {
        if (!is_special(x[i])) continue;
        apply_facts(facts, x[i], value[i], bound[i]);
        if (i / reference_group::size < n / reference_group::size)
            groups[i / reference_group::size].inverse_ulp = 0.0;
    }
}

/// What a group's references have in common, lane by lane.
struct group_facts {
    pack inverse_low{std::numeric_limits<double>::infinity()};
    pack inverse_high{0.0};
    pack uncertainty{0.0};
    pack smallest{std::numeric_limits<double>::infinity()};
    pack largest{0.0};
    pack_bits binades{0};

    ULPFRONT_INLINE void add(pack value, pack bound) {
        const pack magnitude = abs(value);
        const pack nearer_zero = magnitude - bound;
        const pack inverse = inverse_ulp(nearer_zero);
        inverse_low = smaller(inverse, inverse_low);
        inverse_high = larger(inverse, inverse_high);
        uncertainty = larger(bound * inverse, uncertainty);
        smallest = smaller(magnitude, smallest);
        largest = larger(magnitude, largest);
        binades = binades | (bits(nearer_zero) ^ bits(magnitude + bound));
    }

    [[nodiscard]] reference_group summary() const {
        reference_group result{inverse_low[0], 0.0, smallest[0], true, false};
        double top = 0.0;
        for (std::size_t i = 0; i < pack_width; ++i) {
            if (inverse_low[i] != inverse_low[0] || inverse_high[i] != inverse_low[0])
                result.inverse_ulp = 0.0;
            result.uncertainty = std::max(result.uncertainty, uncertainty[i]);
            result.smallest = std::min(result.smallest, smallest[i]);
            result.one_binade = result.one_binade && (lane(binades, i) & exponent_bits) == 0;
            top = std::max(top, largest[i]);
        }
        result.normal = result.smallest >= smallest_normal;
        const bool mixed = !result.normal && top >= smallest_normal;
        if (mixed || !(top < overflow_threshold)) result.inverse_ulp = 0.0;
        return result;
    }
};

/// One pack of the reference; returns it as the caller stores it.
template <class Value>
ULPFRONT_INLINE void evaluate_pack(const float* x, double* value, double* bound, group_facts& facts) {
    const reference_number y = Value{}(reference_number(load(x), pack(0.0)));
    const pack final = final_bound(y);
    store(y.value, value);
    store(final, bound);
    facts.add(y.value, final);
}

template <class Value>
void evaluate(const function_facts& facts, const float* x, double* value, double* bound,
              reference_group* groups, std::size_t n) {
    std::size_t i = 0;
    for (; i + reference_group::size <= n; i += reference_group::size) {
        group_facts common;
        for (std::size_t k = i; k < i + reference_group::size; k += pack_width) {
            evaluate_pack<Value>(x + k, value + k, bound + k, common);
        }
        groups[i / reference_group::size] = common.summary();
    }
    for (; i < n; i += pack_width) {
        group_facts unused;
        std::array<float, pack_width> in{};
        std::array<double, pack_width> value_out{};
        std::array<double, pack_width> bound_out{};
        const std::size_t count = std::min(pack_width, n - i);
        std::copy_n(x + i, count, in.begin());
        evaluate_pack<Value>(in.data(), value_out.data(), bound_out.data(), unused);
        std::copy_n(value_out.begin(), count, value + i);
        std::copy_n(bound_out.begin(), count, bound + i);
    }
    apply_facts(facts, x, value, bound, groups, n);
}

// One function of the table: the template with parameters rounded to float.
#define ULPFRONT_ENGINE_FUNCTION(name)                                                                     \
    engine_function{                                                                                       \
        #name, [](const float* x, double* value, double* bound, reference_group* groups, std::size_t n) {  \
            evaluate<functions::name##_value<float>>(functions::name##_facts, x, value, bound, groups, n); \
        }},

constexpr engine_function all_functions[] = {ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_ENGINE_FUNCTION)};

}  // namespace

extern "C" [[gnu::visibility("default")]] const engine_table* ulpfront_engine() {
    static constexpr engine_table table = {all_functions, std::size(all_functions), compare_f32, collect_f32,
                                           count_falls_f32};
    return &table;
}

}  // namespace ulpfront
