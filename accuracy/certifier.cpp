#include "accuracy/certifier.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "accuracy/reference/fingerprint.hpp"
#include "accuracy/ulp.hpp"

namespace ulpfront {
namespace {

/// Runs this short are judged input by input if no polynomial will do.
constexpr std::size_t shortest_run = 256;
/// So many values of a polynomial are found at a time.
constexpr std::size_t chunk = 1024;
/// Of so many inputs one is judged whatever the polynomial says: they check each other.
constexpr std::size_t one_of = std::size_t{1} << 14;
/// What a polynomial may leave open, in parts of the reference's bound.
constexpr long double sharp = 0x1p-4L;
/// Below half the smallest number.
constexpr long double rounds_to_zero = 0x1p-151L;

bool is_special(float x) { return x == 0.0F || !std::isfinite(x); }

/// Where the next run of NaNs, of other special ones, of negative or of positive inputs ends.
std::size_t end_of_run(const float* x, std::size_t begin, std::size_t n) {
    const auto same = [&](float each) {
        return std::isnan(each) == std::isnan(x[begin]) && is_special(each) == is_special(x[begin]) &&
               std::signbit(each) == std::signbit(x[begin]);
    };
    return static_cast<std::size_t>(std::find_if_not(x + begin, x + n, same) - x);
}

/// The nearest number of a value within an error, if that leaves no choice. The sign of a zero is not known.
std::optional<float> nearest(long double value, long double error) {
    const auto low = static_cast<float>(value - error);
    const auto high = static_cast<float>(value + error);
    if (low != high || low == 0.0F) return std::nullopt;
    return low;
}

}  // namespace

certified_run certifier::certify(const float* x, const reference_block& reference, std::size_t n) {
    x_ = x;
    reference_ = &reference;
    found_ = {};
    share_ = 0.0L;
    rounded_.resize(n);
    expected_.resize(n);
    round_reference(reference, x, n, judge_, expected_.data());
    for (std::size_t begin = 0; begin < n;) {
        const std::size_t end = end_of_run(x, begin, n);
        if (std::isnan(x[begin])) {
            for (std::size_t i = begin; i < end; ++i) take_nan(i);
        } else if (is_special(x[begin])) {
            for (std::size_t i = begin; i < end; ++i) judge_one(i);
        } else {
            sweep({begin, end});
        }
        begin = end;
    }
    for (std::size_t i = ordered_key(x[0]) / one_of * 7919 % one_of; i < n; i += one_of)
        if (!std::isnan(x[i])) judge_one(i);
    found_.share = static_cast<double>(share_);
    return found_;
}

/// The error is small beside what the reference itself leaves open, at the ends and in the middle.
bool certifier::is_sharp(const taylor_polynomial& p, part which) const {
    const auto sharp_at = [&](std::size_t i) {
        return p.exact || p.error <= reference_at(*reference_, i).bound * sharp;
    };
    return sharp_at(which.begin) && sharp_at((which.begin + which.end) / 2) && sharp_at(which.end - 1);
}

void certifier::sweep(part which) {
    const taylor_polynomial p = taylor_.between(x_[which.begin], x_[which.end - 1]);
    if (is_sharp(p, which)) return compare(p, which);
    if (which.end - which.begin <= shortest_run) {
        for (std::size_t i = which.begin; i < which.end; ++i) judge_one(i);
        return;
    }
    const std::size_t middle = which.begin + (which.end - which.begin) / 2;
    sweep({which.begin, middle});
    sweep({middle, which.end});
}

/// Of results that all round to zero the ends have one sign, if it is this, then so have all.
std::optional<float> certifier::zero_of(const taylor_polynomial& p, part which) const {
    const auto first = judge_.rounded(x_[which.begin]);
    const auto last = judge_.rounded(x_[which.end - 1]);
    if (!first || !last || *first != 0.0F || !same_result(*first, *last)) return std::nullopt;
    if (std::signbit(*first) != p.negative) return std::nullopt;
    return first;
}

void certifier::compare(const taylor_polynomial& p, part which) {
    std::array<long double, chunk> values;
    const std::optional<float> zero = zero_of(p, which);
    for (std::size_t begin = which.begin; begin < which.end; begin += chunk) {
        const std::size_t count = std::min(chunk, which.end - begin);
        const bool exact = p.evaluate(x_ + begin, values.data(), count) && p.exact;
        for (std::size_t k = 0; k < count; ++k) {
            const std::size_t i = begin + k;
            if (k == 0 || !same_enclosure(i)) enclose(i);
            const long double deviation = std::abs(value_ - values[k]) + p.error;
            const bool tiny = std::abs(values[k]) + p.error < rounds_to_zero;
            const auto rounded = tiny ? zero : nearest(values[k], p.error);
            const bool holds = bound_ == 0.0L ? exact && deviation == 0.0L : deviation <= bound_;
            if (!holds || !rounded || !same_result(*rounded, expected_[i])) {
                judge_one(i);
                continue;
            }
            rounded_[i] = *rounded;
            note(i, deviation, bound_);
        }
    }
}

void certifier::enclose(std::size_t i) {
    const enclosed y = reference_at(*reference_, i);
    value_ = y.value;
    bound_ = y.bound;
}

/// Is the enclosure of i that of i - 1, as where the function is saturated? There bounds are so small that
/// computing with them is slow.
bool certifier::same_enclosure(std::size_t i) const {
    const reference_group& group = reference_->groups[i / reference_group::size];
    return group.inverse_ulp != 0.0 && i % reference_group::size != 0 &&
           same_result(reference_->nearest[i], reference_->nearest[i - 1]) &&
           reference_->rest[i] == reference_->rest[i - 1];
}

void certifier::note(std::size_t i, long double deviation, long double bound) {
    if (deviation <= share_ * bound) return;
    share_ = deviation / bound;
    found_.share_at = x_[i];
}

void certifier::take_nan(std::size_t i) {
    rounded_[i] = std::numeric_limits<float>::quiet_NaN();
    if (!std::isnan(reference_at(*reference_, i).value)) found_.wrong = x_[i];
}

void certifier::judge_one(std::size_t i) {
    const enclosed y = reference_at(*reference_, i);
    ++found_.judged;
    const std::optional<float> rounded = judge_.rounded(x_[i]);
    rounded_[i] = rounded.value_or(std::numeric_limits<float>::quiet_NaN());
    // At the infinities the reference is the limit, which need not be a float.
    const bool encloses = std::isinf(x_[i]) ? y.bound == 0.0 : judge_.encloses(x_[i], y.value, y.bound);
    if (!encloses || !rounded || !same_result(*rounded, expected_[i])) {
        if (!found_.wrong) found_.wrong = x_[i];
    } else if (!is_special(x_[i])) {
        note(i, std::abs(judge_.deviation(x_[i], y.value)), y.bound);
    }
}

}  // namespace ulpfront
