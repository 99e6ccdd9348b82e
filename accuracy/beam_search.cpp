#include "accuracy/beam_search.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "accuracy/ulp.hpp"

namespace ulpfront {
namespace {

constexpr std::uint64_t exponents = 2047;  // finite numbers of one sign
constexpr std::uint64_t stratum_size = std::uint64_t{1} << 52;
constexpr std::uint64_t first_finite = stratum_size;  // key of the most negative one; below are the NaNs
constexpr std::uint64_t strata = 2 * exponents;
constexpr std::uint64_t end_of_finite = first_finite + strata * stratum_size;

/// Shares of the budget.
constexpr double for_marks = 0.15;
constexpr double for_intervals = 0.15;
constexpr double for_strata = 0.2;
constexpr double for_neighbours = 0.05;
constexpr int beam_rounds = 18;
constexpr std::size_t beam_width = 24;
constexpr std::size_t most_of_a_stratum = 12;
constexpr std::uint64_t parts = 8;
/// Of the intervals below zero and above it; where e^x and e^-x^2 leave the numbers is but a part of a
/// binade.
constexpr int cells = 64;
constexpr double near_interval = 50.0;
constexpr double far_interval = 1000.0;
/// A stratum where functions bend counts so many times.
constexpr std::uint64_t weight_of_bends = 12;

std::uint64_t bits_of_key(std::uint64_t key) {
    return std::bit_cast<std::uint64_t>(from_ordered_key<double>(key));
}

bool is_worse(const search_hit& a, const search_hit& b) {
    return a.error > b.error || (a.error == b.error && bits_of_key(a.key) < bits_of_key(b.key));
}

std::uint64_t stratum_of(std::uint64_t key) { return (key - first_finite) / stratum_size; }

std::uint64_t weight_of(std::uint64_t stratum) {
    const std::uint64_t exponent = stratum < exponents ? exponents - 1 - stratum : stratum - exponents;
    return first_bend <= exponent && exponent <= last_bend ? weight_of_bends : 1;
}

std::uint64_t share(std::uint64_t of, double part) {
    return static_cast<std::uint64_t>(static_cast<double>(of) * part);
}

}  // namespace

beam_search::beam_search(search_settings settings)
    : settings_(std::move(settings)), random_(settings_.seed) {}

double beam_search::share_done() const {
    return settings_.budget == 0 ? 1.0 : static_cast<double>(spent_) / static_cast<double>(settings_.budget);
}

std::span<const std::uint64_t> beam_search::next() {
    while (given_ == planned_.size() && stage_ != stage::done) plan();
    const std::size_t left = static_cast<std::size_t>(
        std::min<std::uint64_t>(planned_.size() - given_, settings_.budget - spent_));
    batch_ = std::min(left, batch_size);
    return std::span(planned_).subspan(given_, batch_);
}

void beam_search::tell(std::span<const double> errors) {
    for (std::size_t i = 0; i < batch_; ++i) note(planned_[given_ + i], errors[i]);
    given_ += batch_;
    spent_ += batch_;
    batch_ = 0;
    if (spent_ == settings_.budget) stage_ = stage::done;
}

void beam_search::note(std::uint64_t key, double error) {
    if (!(error > 0.0)) return;
    const search_hit hit{key, error};
    // fresh_ ascends and its stretches are apart.
    const auto after = std::upper_bound(fresh_.begin(), fresh_.end(), key,
                                        [](std::uint64_t k, const stretch& each) { return k < each.begin; });
    if (after != fresh_.begin() && key < std::prev(after)->end && is_worse(hit, std::prev(after)->best))
        std::prev(after)->best = hit;
    if (worst_.size() == kept && !is_worse(hit, worst_.front())) return;
    if (std::any_of(worst_.begin(), worst_.end(), [&](const search_hit& each) { return each.key == key; }))
        return;
    worst_.push_back(hit);
    std::push_heap(worst_.begin(), worst_.end(), is_worse);
    if (worst_.size() > kept) {
        std::pop_heap(worst_.begin(), worst_.end(), is_worse);
        worst_.pop_back();
    }
}

std::vector<search_hit> beam_search::worst() const {
    std::vector<search_hit> list = worst_;
    std::sort(list.begin(), list.end(), is_worse);
    return list;
}

/// The next step: what the last one found goes to the open stretches, and new inputs are chosen.
void beam_search::plan() {
    open_.insert(open_.end(), fresh_.begin(), fresh_.end());
    fresh_.clear();
    planned_.clear();
    given_ = 0;
    const std::uint64_t budget = settings_.budget;
    const std::uint64_t left = budget - spent_;
    switch (stage_) {
        case stage::marks:
            plan_marks(share(budget, for_marks));
            stage_ = stage::intervals;
            break;
        case stage::intervals:
            plan_intervals(share(budget, for_intervals));
            stage_ = stage::strata;
            break;
        case stage::strata:
            plan_strata(std::min(left, std::max<std::uint64_t>(share(budget, for_strata), 1)));
            stage_ = stage::beam;
            break;
        case stage::beam: {
            const std::uint64_t kept_back = share(budget, for_neighbours);
            const auto rounds = static_cast<std::uint64_t>(beam_rounds - round_);
            plan_beam((left - std::min(left, kept_back)) / rounds);
            if (++round_ == beam_rounds) stage_ = stage::neighbours;
            break;
        }
        case stage::neighbours:
            plan_neighbours(left);
            stage_ = left == 0 ? stage::done : stage::strata;  // what is left is looked for anywhere
            round_ = beam_rounds - 1;
            break;
        case stage::done:
            break;
    }
    commit_plan();
}

void beam_search::commit_plan() {
    std::sort(planned_.begin(), planned_.end());
    planned_.erase(std::unique(planned_.begin(), planned_.end()), planned_.end());
    std::sort(fresh_.begin(), fresh_.end(),
              [](const stretch& a, const stretch& b) { return a.begin < b.begin; });
}

/// Random inputs of a stretch; all of them, where it has no more.
void beam_search::add_stretch(std::uint64_t begin, std::uint64_t end, std::uint64_t points) {
    if (begin >= end) return;
    fresh_.push_back({begin, end, {}});
    if (end - begin <= points) {
        for (std::uint64_t key = begin; key < end; ++key) planned_.push_back(key);
        return;
    }
    for (std::uint64_t i = 0; i < points; ++i) planned_.push_back(begin + below(end - begin));
}

/// Around each mark its neighbours and inputs at growing distance on both sides. Where there are too many
/// marks for the budget some of them, chosen evenly, must do.
void beam_search::plan_marks(std::uint64_t points) {
    constexpr std::uint64_t near = 8;
    constexpr std::uint64_t points_a_mark = 2 * near + 1 + std::uint64_t{2} * 40;
    std::vector<std::uint64_t> keys;
    for (const double mark : settings_.marks)
        if (std::isfinite(mark)) keys.push_back(ordered_key(mark));
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    const std::uint64_t wanted = std::min<std::uint64_t>(keys.size(), points / points_a_mark);
    for (std::uint64_t i = 0; i < wanted; ++i) {
        const std::uint64_t key = keys[i * keys.size() / wanted];
        const auto add = [&](std::uint64_t k) {
            if (first_finite <= k && k < end_of_finite) planned_.push_back(k);
        };
        for (std::uint64_t k = 0; k <= 2 * near; ++k) add(key - near + k);
        for (int k = 4; k < 44; ++k) {
            add(key + (std::uint64_t{1} << k) + below(std::uint64_t{1} << k));
            add(key - (std::uint64_t{1} << k) - below(std::uint64_t{1} << k));
        }
    }
}

void beam_search::plan_intervals(std::uint64_t points) {
    constexpr std::array ends{-far_interval, -near_interval, 0.0, near_interval, far_interval};
    for (std::size_t i = 0; i + 1 < ends.size(); ++i)
        plan_interval(ends[i], ends[i + 1], points / (ends.size() - 1));
}

/// Cells of equal width, and inputs that are evenly spread in each.
void beam_search::plan_interval(double from, double to, std::uint64_t points) {
    const double width = (to - from) / cells;
    for (int i = 0; i < cells; ++i) {
        const double begin = from + width * i;
        fresh_.push_back({ordered_key(begin), ordered_key(i + 1 == cells ? to : begin + width), {}});
        for (std::uint64_t k = 0; k < points / cells; ++k)
            planned_.push_back(ordered_key(begin + width * (static_cast<double>(random_() >> 11) * 0x1p-53)));
    }
}

void beam_search::plan_strata(std::uint64_t points) {
    std::uint64_t weights = 0;
    for (std::uint64_t i = 0; i < strata; ++i) weights += weight_of(i);
    const std::uint64_t unit = points / weights;
    const std::uint64_t rest = points - unit * weights;
    for (std::uint64_t i = 0; unit > 0 && i < strata; ++i) {
        const std::uint64_t begin = first_finite + i * stratum_size;
        add_stretch(begin, begin + stratum_size, unit * weight_of(i));
    }
    // What does not suffice for all goes to some.
    for (std::uint64_t k = 0; k < rest;) {
        const std::uint64_t i = below(strata);
        if (below(weight_of_bends) >= weight_of(i)) continue;
        planned_.push_back(first_finite + i * stratum_size + below(stratum_size));
        ++k;
    }
    if (unit > 0) return;
    for (std::uint64_t i = 0; i < strata; ++i)
        fresh_.push_back({first_finite + i * stratum_size, first_finite + (i + 1) * stratum_size, {}});
}

/// Takes out the open stretches in which the largest errors were seen, of each stratum only some.
std::vector<beam_search::stretch> beam_search::take_widest_errors(std::size_t count) {
    std::sort(open_.begin(), open_.end(), [](const stretch& a, const stretch& b) {
        if (a.best.error != b.best.error) return a.best.error > b.best.error;
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    std::vector<stretch> taken;
    std::vector<stretch> left;
    for (const stretch& each : open_) {
        const auto alike =
            static_cast<std::size_t>(std::count_if(taken.begin(), taken.end(), [&](const stretch& other) {
                return stratum_of(other.begin) == stratum_of(each.begin);
            }));
        const bool fits = taken.size() < count && alike < most_of_a_stratum && each.end - each.begin > 1;
        (fits ? taken : left).push_back(each);
    }
    open_ = std::move(left);
    return taken;
}

/// The stretches with the largest errors are divided, and each part looked at.
void beam_search::plan_beam(std::uint64_t points) {
    if (points == 0) return;
    const std::size_t width =
        static_cast<std::size_t>(std::clamp<std::uint64_t>(points / (4 * parts), 1, beam_width));
    for (const stretch& parent : take_widest_errors(width)) {
        const std::uint64_t size = parent.end - parent.begin;
        const std::uint64_t count = std::min(parts, size);
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t begin = parent.begin + size / count * i;
            const std::uint64_t end = i + 1 == count ? parent.end : begin + size / count;
            add_stretch(begin, end, std::max<std::uint64_t>(points / (width * parts), 1));
            if (begin <= parent.best.key && parent.best.key < end) fresh_.back().best = parent.best;
        }
    }
}

/// Next to the worst inputs, and their mirror images.
void beam_search::plan_neighbours(std::uint64_t points) {
    const std::vector<search_hit> list = worst();
    if (list.empty() || points == 0) return;
    const std::uint64_t each = std::max<std::uint64_t>(points / list.size() / 2, 1);
    for (const search_hit& hit : list) {
        planned_.push_back(ordered_key(-from_ordered_key<double>(hit.key)));
        for (std::uint64_t i = 1; i < each; ++i) {
            for (const std::uint64_t key : {hit.key + i, hit.key - i})
                if (first_finite <= key && key < end_of_finite) planned_.push_back(key);
        }
    }
}

}  // namespace ulpfront
