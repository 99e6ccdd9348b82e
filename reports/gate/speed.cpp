#include "reports/gate/speed.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "reports/gate/statistics.hpp"

namespace ulpfront::gate {
namespace {

constexpr std::size_t quads_per_visit = 8;
constexpr double pilot_seconds = 0.05;  // of a visit; one quad is taken in any case
constexpr double visit_seconds = 0.1;
constexpr std::size_t passes_per_round = 4;
constexpr std::size_t fewest_quads = 24;  // with fewer, nothing is called the same
constexpr double long_call = 0.01;        // seconds; its quads are few, but each of them is steady
constexpr std::size_t fewest_long = 12;   // of them
constexpr std::size_t most_long = 160;
constexpr std::size_t quads_to_settle = 120;  // with about so many a verdict is there
constexpr std::size_t long_to_settle = 16;
constexpr double pilot_share = 0.15;      // of the budget, for a first look at all: else at the lowest ranks
constexpr std::size_t most_quads = 480;   // what is not known then will not be known
constexpr std::size_t most_visits = 240;  // each may bring little on a busy machine
constexpr std::size_t fewest_to_confirm = 48;
constexpr std::size_t most_to_confirm = 480;
constexpr double confirmation_share =
    0.25;  // of the budget, kept back for suspects: as long as there may be some
constexpr double unsuspected_share = 0.08;  // and when there are none
constexpr double clear_level = 0.05;

double cost_of_visit(const speed_result& of) {
    return of.visits == 0 ? pilot_seconds : of.seconds / static_cast<double>(of.visits);
}

bool takes_long(const speed_result& of) {
    return !of.base_ns.empty() && 1e-9 * of.base_ns.front() * static_cast<double>(of.elements) > long_call;
}

/// How many more visits a verdict will take, at a guess.
std::size_t visits_to_settle(const speed_result& of) {
    const std::size_t wanted = takes_long(of) ? long_to_settle : quads_to_settle;
    const std::size_t quads = of.ratios.size();
    const std::size_t a_visit =
        of.visits == 0 ? quads_per_visit : std::max<std::size_t>(1, quads / of.visits);
    return std::max(passes_per_round, quads < wanted ? (wanted - quads + a_visit - 1) / a_visit : 0);
}

}  // namespace

const char* name_of(speed_verdict verdict) {
    switch (verdict) {
        case speed_verdict::faster:
            return "faster";
        case speed_verdict::slower:
            return "slower";
        case speed_verdict::same:
            return "same";
        case speed_verdict::inconclusive:
            return "inconclusive";
        case speed_verdict::incomparable:
            break;
    }
    return "incomparable";
}

speed_session::speed_session(std::vector<speed_result> benchmarks, const speed_limits& limits)
    : benchmarks_(std::move(benchmarks)), limits_(limits), random_(limits.seed) {}

double speed_session::margin(const speed_result& of) const {
    return std::log1p(of.beyond_cache ? limits_.margin_beyond : limits_.margin_in_cache);
}

double speed_session::wanted(const speed_result& of) const {
    return std::log1p(of.beyond_cache ? limits_.seen_beyond : limits_.seen_in_cache);
}

/// The level at which one slow benchmark among all others that were timed becomes a suspect.
double speed_session::alone_level() const {
    const auto timed = std::count_if(benchmarks_.begin(), benchmarks_.end(),
                                     [](const auto& each) { return each.visits > 0; });
    return false_discovery_rate / static_cast<double>(std::max<std::ptrdiff_t>(1, timed));
}

/// Nothing slower than what must be seen: it would have been noticed, and the data exclude it.
bool speed_session::is_clear(const speed_result& of, const std::vector<double>& ratios) const {
    const std::size_t fewest = takes_long(of) ? fewest_long : fewest_quads;
    if (ratios.size() < fewest) return false;
    return upper_bound(ratios, clear_level) < wanted(of) &&
           noticed_shift(ratios, margin(of), alone_level(), seen_power) <= wanted(of);
}

bool speed_session::is_open(const speed_result& of) const {
    return of.error.empty() && !of.suspect && of.ratios.size() < most_quads && of.visits < most_visits &&
           !is_clear(of, of.ratios);
}

void speed_session::mark_suspects() {
    std::vector<double> p_values;
    for (const speed_result& each : benchmarks_) p_values.push_back(p_above(each.ratios, margin(each)));
    const auto slow = rejected(p_values, false_discovery_rate);
    for (std::size_t i = 0; i < benchmarks_.size(); ++i)
        benchmarks_[i].suspect = slow[i] && benchmarks_[i].error.empty();
}

void speed_session::shuffle_passes(std::vector<std::size_t> benchmarks, std::size_t passes, round& into) {
    for (std::size_t pass = 0; pass < passes; ++pass) {
        for (std::size_t i = benchmarks.size(); i > 1; --i)
            std::swap(benchmarks[i - 1], benchmarks[random_.below(i)]);
        for (const std::size_t each : benchmarks)
            into.visits.push_back({each, quads_per_visit, visit_seconds});
    }
}

std::vector<std::size_t> speed_session::by_rank() const {
    std::vector<std::size_t> all(benchmarks_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::stable_sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) {
        const speed_result& left = benchmarks_[a];
        const speed_result& right = benchmarks_[b];
        return std::pair(left.rank, cost_of_visit(left)) < std::pair(right.rank, cost_of_visit(right));
    });
    return all;
}

/// A first look at all; where that would take most of the time, at whole ranks, one in any case.
speed_session::round speed_session::pilot() {
    piloted_ = true;
    round first;
    std::vector<std::size_t> looked_at = by_rank();
    const auto most = static_cast<std::size_t>(pilot_share * limits_.budget / pilot_seconds);
    if (looked_at.size() > most) {
        const std::size_t end =
            std::max(benchmarks_[looked_at[most]].rank, benchmarks_[looked_at[0]].rank + 1);
        const auto beyond = std::find_if(looked_at.begin(), looked_at.end(),
                                         [&](std::size_t each) { return benchmarks_[each].rank >= end; });
        looked_at.erase(beyond, looked_at.end());
    }
    shuffle_passes(looked_at, 1, first);
    for (paired::visit& each : first.visits) each.seconds = pilot_seconds;
    first.seconds = limits_.budget * (1.0 - confirmation_share);
    return first;
}

/// More of what is open: the lowest ranks and the cheap ones first, no more than can be settled in the time.
speed_session::round speed_session::extension(double seconds_left) {
    round more;
    const bool any =
        std::any_of(benchmarks_.begin(), benchmarks_.end(), [](const auto& each) { return each.suspect; });
    const double time = seconds_left - limits_.budget * (any ? confirmation_share : unsuspected_share);
    double planned = 0.0;
    std::vector<std::size_t> affordable;
    for (const std::size_t each : by_rank()) {
        const speed_result& benchmark = benchmarks_[each];
        if (!is_open(benchmark)) continue;
        planned += static_cast<double>(visits_to_settle(benchmark)) * cost_of_visit(benchmark);
        if (planned > time && !affordable.empty()) break;
        if (static_cast<double>(passes_per_round) * cost_of_visit(benchmark) > time) break;
        affordable.push_back(each);
    }
    shuffle_passes(affordable, passes_per_round, more);
    more.seconds = time;
    return more;
}

/// Of a suspect so many visits at least, and no more than so many. How many it gets depends on the time
/// alone, never on what they bring: that would be asking until the answer is yes.
speed_session::visits_to_confirm speed_session::visits_for(std::size_t suspect) const {
    const speed_result& of = benchmarks_[suspect];
    const double quads = static_cast<double>(of.ratios.size());
    const double per_visit = std::max(1.0, quads / static_cast<double>(std::max<std::size_t>(1, of.visits)));
    const auto visits = [&](std::size_t wanted) {
        return static_cast<std::size_t>(std::ceil(static_cast<double>(wanted) / per_visit));
    };
    const bool is_long = takes_long(of);
    return {suspect, visits(is_long ? fewest_long : fewest_to_confirm),
            visits(is_long ? most_long : most_to_confirm)};
}

/// Those suspects that the time is enough for, the cheap ones first; in any case one.
std::vector<speed_session::visits_to_confirm> speed_session::affordable_suspects(double seconds) const {
    std::vector<visits_to_confirm> suspects;
    for (std::size_t i = 0; i < benchmarks_.size(); ++i) {
        if (benchmarks_[i].suspect) suspects.push_back(visits_for(i));
    }
    const auto cost = [&](const visits_to_confirm& of) {
        return static_cast<double>(of.fewest) * cost_of_visit(benchmarks_[of.suspect]);
    };
    std::stable_sort(suspects.begin(), suspects.end(),
                     [&](const auto& a, const auto& b) { return cost(a) < cost(b); });
    double planned = 0.0;
    const auto first_too_dear = std::find_if(suspects.begin(), suspects.end(), [&](const auto& each) {
        planned += cost(each);
        return planned > seconds && planned > cost(each);
    });
    suspects.erase(first_too_dear, suspects.end());
    return suspects;
}

speed_session::round speed_session::confirmation(double seconds_left) {
    confirming_ = true;
    round last;
    last.candidate_first = true;
    last.confirms = true;
    last.seconds = seconds_left;
    const auto suspects = affordable_suspects(seconds_left);
    const auto add_passes = [&](const auto& wants) {
        for (std::size_t pass = 0;; ++pass) {
            std::vector<std::size_t> still;
            for (const visits_to_confirm& each : suspects) {
                if (wants(each, pass)) still.push_back(each.suspect);
            }
            if (still.empty()) return;
            shuffle_passes(still, 1, last);
        }
    };
    // First for each what it needs, then more as far as the time goes.
    add_passes([](const visits_to_confirm& each, std::size_t pass) { return pass < each.fewest; });
    add_passes(
        [](const visits_to_confirm& each, std::size_t pass) { return each.fewest + pass < each.most; });
    return last;
}

speed_session::round speed_session::next(double seconds_left) {
    if (confirming_ || benchmarks_.empty()) return {};
    if (!piloted_) return pilot();
    mark_suspects();
    round more = extension(seconds_left);
    return more.visits.empty() ? confirmation(seconds_left) : more;
}

void speed_session::add(std::size_t benchmark, const paired::visit_result& measured) {
    speed_result& to = benchmarks_.at(benchmark);
    if (!measured.error.empty()) return fail(benchmark, measured.error);
    for (const paired::quad& each : measured.quads) {
        (confirming_ ? to.confirmed : to.ratios).push_back(each.log_ratio);
        to.base_ns.push_back(each.base_ns);
        to.candidate_ns.push_back(each.candidate_ns);
    }
    to.discarded += measured.discarded;
    to.seconds += measured.seconds;
    ++to.visits;
}

void speed_session::fail(std::size_t benchmark, const std::string& why) {
    speed_result& to = benchmarks_.at(benchmark);
    if (to.error.empty()) to.error = why;
}

void speed_session::judge(speed_result& each, bool is_faster) const {
    const auto& evidence = each.evidence();
    each.seen = std::expm1(noticed_shift(evidence, margin(each), alone_level(), seen_power));
    if (!each.error.empty()) {
        each.verdict = speed_verdict::incomparable;
    } else if (each.suspect && p_above(each.confirmed, margin(each)) <= confirmation_level) {
        each.verdict = speed_verdict::slower;
    } else if (is_faster && !each.suspect) {
        each.verdict = speed_verdict::faster;
    } else {
        // A suspicion that there was no time to look into is no sameness.
        const bool looked_into = !each.suspect || !each.confirmed.empty();
        each.verdict =
            looked_into && is_clear(each, evidence) ? speed_verdict::same : speed_verdict::inconclusive;
    }
}

std::vector<speed_result> speed_session::judged() const {
    std::vector<speed_result> results = benchmarks_;
    std::vector<double> p_values;
    for (const speed_result& each : results) p_values.push_back(p_below(each.ratios, -margin(each)));
    const auto faster = rejected(p_values, false_discovery_rate);
    for (std::size_t i = 0; i < results.size(); ++i) judge(results[i], faster[i]);
    return results;
}

double speed_session::settled_share() const {
    if (benchmarks_.empty()) return 1.0;
    const auto open = std::count_if(benchmarks_.begin(), benchmarks_.end(),
                                    [&](const auto& each) { return is_open(each); });
    return 1.0 - static_cast<double>(open) / static_cast<double>(benchmarks_.size());
}

}  // namespace ulpfront::gate
