// The speed verdict on simulated times: how often it errs, and what it sees. The distributions are known and
// the numbers seeded, so that this is a test and no measurement.
#include "reports/gate/speed.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

using namespace ulpfront;
using namespace ulpfront::gate;

namespace {

/// How the logarithm of a quad's ratio is spread around its median.
using noise = std::function<double(bench::random_bits&)>;

double quiet(bench::random_bits& random) { return 0.006 * bench::normal_deviate(random); }

/// One quad in eight was disturbed, by up to a third, on either side.
double disturbed(bench::random_bits& random) {
    const double usual = 0.012 * bench::normal_deviate(random);
    return random.below(8) == 0 ? usual + 0.6 * (random.unit() - 0.5) : usual;
}

/// A machine on which each benchmark's every process has a bias of its own, as code placement makes it.
double wide(bench::random_bits& random) { return 0.03 * bench::normal_deviate(random); }

std::vector<speed_result> named(std::size_t count) {
    std::vector<speed_result> benchmarks(count);
    for (std::size_t i = 0; i < count; ++i) benchmarks[i].name = std::to_string(i);
    return benchmarks;
}

struct outcome {
    std::size_t false_alarms = 0;
    std::size_t found = 0;
    std::size_t same = 0;
    std::size_t inconclusive = 0;
    std::size_t rounds = 0;
};

/// A session over `count` benchmarks, of which the first `slow` are slower by a factor.
outcome simulate(std::size_t count, std::size_t slow, double factor, const noise& spread, std::uint64_t seed,
                 double budget = 60.0, double bias = 0.0) {
    speed_limits limits;
    limits.seed = seed;
    limits.budget = budget;
    speed_session session(named(count), limits);
    bench::random_bits random(seed * 77 + 5);
    outcome result;
    double time = 0.0;
    for (;; ++result.rounds) {
        const auto round = session.next(limits.budget - time);
        if (round.visits.empty()) break;
        const double begun = time;
        for (const paired::visit& each : round.visits) {
            if (time - begun > round.seconds) break;
            paired::visit_result measured;
            const double shift =
                (each.task < slow ? std::log(factor) : 0.0) + (round.candidate_first ? -bias : bias);
            for (std::size_t q = 0; q < each.quads; ++q)
                measured.quads.push_back({shift + spread(random), 1.0, 1.0});
            time += 0.0025 * static_cast<double>(each.quads);
            measured.seconds = 0.0025 * static_cast<double>(each.quads);
            session.add(each.task, measured);
        }
    }
    for (const speed_result& each : session.judged()) {
        const bool is_slow = std::stoul(each.name) < slow;
        if (each.verdict == speed_verdict::slower) ++(is_slow ? result.found : result.false_alarms);
        if (each.verdict == speed_verdict::same) ++result.same;
        if (each.verdict == speed_verdict::inconclusive) ++result.inconclusive;
    }
    return result;
}

}  // namespace

TEST_CASE("nothing is called slower that is not, in hundreds of comparisons on a noisy machine") {
    std::size_t alarms = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        for (const auto& spread : {quiet, disturbed, wide})
            alarms += simulate(100, 0, 1.0, spread, seed).false_alarms;
    }
    CHECK(alarms == 0);  // of 3000
}

TEST_CASE("a bias of the order of loading is no slow-down") {
    const outcome result = simulate(50, 0, 1.0, quiet, 3, 60.0, 0.02);
    CHECK(result.false_alarms == 0);
    CHECK(result.rounds >= 2);
}

TEST_CASE("slow-downs of 3, 5 and 10 percent are found") {
    const auto found = [](double factor, const noise& spread) {
        std::size_t count = 0;
        for (std::uint64_t seed = 1; seed <= 10; ++seed)
            count += simulate(60, 10, factor, spread, seed).found;
        return count;
    };
    for (const auto& spread : {quiet, disturbed}) {
        CHECK(found(1.03, spread) >= 80);
        CHECK(found(1.05, spread) >= 95);
        CHECK(found(1.10, spread) == 100);
    }
}

TEST_CASE("half the benchmarks slow at once are found all the same") {
    CHECK(simulate(40, 20, 1.05, quiet, 9).found == 20);
}

TEST_CASE("a quiet machine settles what is the same, and soon") {
    const outcome result = simulate(60, 0, 1.0, quiet, 4);
    CHECK(result.same == 60);
    CHECK(result.rounds <= 5);
}

TEST_CASE("where the time is not enough for all, the lowest ranks are settled") {
    speed_limits limits;
    limits.budget = 30.0;
    auto benchmarks = named(1200);
    for (std::size_t i = 0; i < benchmarks.size(); ++i) benchmarks[i].rank = i % 12;
    speed_session session(benchmarks, limits);
    bench::random_bits random(3);
    double time = 0.0;
    for (auto round = session.next(limits.budget); !round.visits.empty();
         round = session.next(limits.budget - time)) {
        for (const paired::visit& each : round.visits) {
            paired::visit_result measured;
            for (std::size_t q = 0; q < each.quads; ++q) measured.quads.push_back({quiet(random), 1.0, 1.0});
            measured.seconds = 0.0025 * static_cast<double>(each.quads);
            time += measured.seconds;
            session.add(each.task, measured);
        }
    }
    CHECK(time < limits.budget);
    const auto results = session.judged();
    std::size_t highest = 0;
    for (const speed_result& each : results) {
        if (each.visits > 0) highest = std::max(highest, each.rank);
        if (each.rank == 0) CHECK(each.verdict == speed_verdict::same);
    }
    CHECK(highest < 6);
    for (const speed_result& each : results) {
        INFO(each.rank);
        if (each.rank < highest) CHECK_FALSE(each.is_untimed());
    }
}

TEST_CASE("without time there is no sameness, only inconclusiveness") {
    const outcome result = simulate(60, 0, 1.0, quiet, 4, 0.5);
    CHECK(result.same == 0);
    CHECK(result.inconclusive == 60);
}

TEST_CASE("where the noise hides what must be seen, the verdict is inconclusive") {
    const outcome result = simulate(
        20, 0, 1.0, [](bench::random_bits& random) { return 0.4 * bench::normal_deviate(random); }, 5, 20.0);
    CHECK(result.same == 0);
    CHECK(result.false_alarms == 0);
    CHECK(result.inconclusive == 20);
}

TEST_CASE("a candidate that is faster is called so") {
    speed_limits limits;
    speed_session session(named(2), limits);
    bench::random_bits random(1);
    for (auto round = session.next(100.0); !round.visits.empty(); round = session.next(100.0)) {
        for (const paired::visit& each : round.visits) {
            paired::visit_result measured;
            for (std::size_t q = 0; q < each.quads; ++q)
                measured.quads.push_back({(each.task == 0 ? -0.2 : 0.0) + quiet(random), 1.0, 0.8});
            session.add(each.task, measured);
        }
    }
    const auto results = session.judged();
    CHECK(results[0].verdict == speed_verdict::faster);
    CHECK(results[1].verdict == speed_verdict::same);
    CHECK(results[1].seen < 0.03);
}

TEST_CASE("what cannot be timed is incomparable, whatever came before") {
    speed_session session(named(2), {});
    static_cast<void>(session.next(100.0));
    session.add(0, {{{0.0, 1.0, 1.0}}, 0, "", 0.01});
    session.fail(0, "died");
    session.add(1, {{}, 0, "no memory", 0.01});
    for (const speed_result& each : session.judged()) CHECK(each.verdict == speed_verdict::incomparable);
    CHECK(session.judged()[1].error == "no memory");
}

TEST_CASE("quads that were disturbed all the time end in inconclusiveness, not in a loop") {
    speed_limits limits;
    limits.budget = 1e9;
    speed_session session(named(1), limits);
    int rounds = 0;
    for (auto round = session.next(1e9); !round.visits.empty() && rounds < 1000; round = session.next(1e9)) {
        for (const paired::visit& each : round.visits) session.add(each.task, {{}, 24, "", 0.1});
        ++rounds;
    }
    CHECK(rounds < 100);
    CHECK(session.judged()[0].verdict == speed_verdict::inconclusive);
    CHECK(session.judged()[0].discarded > 0);
}
