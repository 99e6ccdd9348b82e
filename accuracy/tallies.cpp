#include "accuracy/tallies.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace ulpfront {
namespace {
__extension__ using wide = unsigned __int128;  // two limbs, for carries
}

void exact_sum::add(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const auto exponent = static_cast<unsigned>(bits >> 52);  // value >= 0: no sign bit
    const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52) - 1);
    const std::uint64_t significand = exponent == 0 ? fraction : fraction | (std::uint64_t{1} << 52);
    const unsigned position = exponent == 0 ? 0 : exponent - 1;  // of the last bit, in units of 2^-1074
    const wide shifted = static_cast<wide>(significand) << (position % 64);
    std::size_t limb = position / 64;
    wide carry = shifted;
    for (; carry != 0 && limb < limbs_.size(); ++limb) {
        carry += limbs_[limb];
        limbs_[limb] = static_cast<std::uint64_t>(carry);
        carry >>= 64;
    }
}

void exact_sum::add(const exact_sum& other) {
    wide carry = 0;
    for (std::size_t i = 0; i < limbs_.size(); ++i) {
        carry += static_cast<wide>(limbs_[i]) + other.limbs_[i];
        limbs_[i] = static_cast<std::uint64_t>(carry);
        carry >>= 64;
    }
}

double exact_sum::value() const {
    // From the top; three limbs hold more digits than a double, what is below them only breaks ties.
    std::size_t top = limbs_.size();
    while (top > 0 && limbs_[top - 1] == 0) --top;
    if (top == 0) return 0.0;
    std::uint64_t high = limbs_[top - 1];
    std::uint64_t low = top >= 2 ? limbs_[top - 2] : 0;
    const int shift = std::countl_zero(high);
    if (shift > 0) {
        high = (high << shift) | (low >> (64 - shift));
        low <<= shift;
    }
    bool sticky = low != 0;
    for (std::size_t i = 0; i + 2 < top; ++i) sticky = sticky || limbs_[i] != 0;
    if (sticky) high |= 1;  // high has 64 bits, 11 more than needed: its last bit may stand for all below
    return std::ldexp(static_cast<double>(high), static_cast<int>(top - 1) * 64 - shift - 1074);
}

void extreme::update(double new_value, const witness& new_at) {
    if (!(new_value >= 0.0)) return;
    if (new_value == 0.0) {
        // Nothing to show, and every place is as good: the witness stays empty.
        value = std::max(value, 0.0);
        return;
    }
    if (new_value > value || (new_value == value && new_at.input < at.input)) {
        value = new_value;
        at = new_at;
        at.seen = true;
    }
}

void occurrence::add(std::uint64_t more, const witness& at) {
    count += more;
    if (more > 0 && at.seen && (!first.seen || at.input < first.input)) first = at;
}

void weighted_tally::add(double share, std::uint64_t counted, double sum, double sum_squared,
                         const std::array<std::uint32_t, error_bins_count>& counts) {
    const double each = share / static_cast<double>(counted);
    if (!(each > 0.0)) return;
    mass.add(share);
    sum_ulp.add(each * sum);
    sum_ulp_squared.add(each * sum_squared);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) continue;
        histogram[i] += static_cast<std::uint64_t>(each * static_cast<double>(counts[i]) * 0x1p60);
    }
}

double weighted_tally::quantile(double q) const {
    std::uint64_t total = 0;
    for (const std::uint64_t each : histogram) total += each;
    const auto wanted = static_cast<std::uint64_t>(q * static_cast<double>(total));
    std::uint64_t below = 0;
    std::size_t bin = 0;
    for (; bin + 1 < histogram.size(); ++bin) {
        below += histogram[bin];
        if (below >= wanted) break;
    }
    return error_bin_begin(bin + 1);
}

void weighted_tally::merge(const weighted_tally& other) {
    mass.add(other.mass);
    sum_ulp.add(other.sum_ulp);
    sum_ulp_squared.add(other.sum_ulp_squared);
    for (std::size_t i = 0; i < histogram.size(); ++i) histogram[i] += other.histogram[i];
}

void tallies::merge(const tallies& other) {
    inputs += other.inputs;
    undecided += other.undecided;
    judge_calls += other.judge_calls;
    misrounded += other.misrounded;
    counted += other.counted;
    const auto add = [](occurrence& to, const occurrence& from) { to.add(from.count, from.first); };
    add(over_promise, other.over_promise);
    add(nan_mismatches, other.nan_mismatches);
    add(inf_mismatches, other.inf_mismatches);
    add(zero_sign_mismatches, other.zero_sign_mismatches);
    add(flushed_subnormals, other.flushed_subnormals);
    add(range_violations, other.range_violations);
    add(monotonicity_violations, other.monotonicity_violations);
    add(symmetry_violations, other.symmetry_violations);
    worst.update(other.worst.value, other.worst.at);
    worst_normal.update(other.worst_normal.value, other.worst_normal.at);
    worst_absolute.update(other.worst_absolute.value, other.worst_absolute.at);
    worst_relative.update(other.worst_relative.value, other.worst_relative.at);
    rounding_steps = std::max(rounding_steps, other.rounding_steps);
    sum_ulp.add(other.sum_ulp);
    sum_ulp_squared.add(other.sum_ulp_squared);
    sum_ulp_above.add(other.sum_ulp_above);
    sum_ulp_below.add(other.sum_ulp_below);
    for (std::size_t i = 0; i < histogram.size(); ++i) histogram[i] += other.histogram[i];
    for (std::size_t i = 0; i < binades.size(); ++i) {
        binades[i].counted += other.binades[i].counted;
        binades[i].max_ulp = std::max(binades[i].max_ulp, other.binades[i].max_ulp);
        binades[i].sum_ulp.add(other.binades[i].sum_ulp);
    }
    for (std::size_t i = 0; i < normal.size(); ++i) normal[i].merge(other.normal[i]);
}

}  // namespace ulpfront
