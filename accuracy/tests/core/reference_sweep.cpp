// reference_sweep N [FUNCTION...]: holds the fast reference against the judge at about N inputs a function:
// half of them runs of 1024 neighbours from anywhere, as a sweep of all inputs has them, a quarter random
// bits, a quarter from the interval the function is timed on; then around the hardest found. Prints the
// hardest, one a line: function, input, and the share of its bound that the error takes. Exit: 0 all within,
// 1 one is not.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "accuracy/measurement.hpp"
#include "accuracy/reference/judge.hpp"
#include "accuracy/reference/reference_arrays.hpp"
#include "accuracy/ulp.hpp"

namespace {

using namespace ulpfront;

constexpr std::size_t run_length = 1024;
constexpr std::size_t kept = 8;
constexpr std::uint32_t around = 512;

struct hard_input {
    double share = 0.0;
    std::uint32_t key = 0;
};

/// One thread's part of one function.
class sweep {
  public:
    sweep(const engine_function& function, const function_facts& facts, unsigned seed)
        : function_(function), facts_(facts), judge_(function.name), random_(seed) {}

    void run(std::size_t count) {
        for (std::size_t done = 0; done < count / 2; done += run_length)
            try_run(static_cast<std::uint32_t>(random_()));
        std::vector<std::uint32_t> keys;
        for (std::size_t i = 0; i < count / 4; ++i) {
            keys.push_back(static_cast<std::uint32_t>(random_()));
            const double share = static_cast<double>(random_() >> 11) * 0x1p-53;
            const double x = facts_.timed_from + share * (facts_.timed_to - facts_.timed_from);
            keys.push_back(ordered_key(static_cast<float>(x)));
        }
        std::sort(keys.begin(), keys.end());
        try_keys(keys);
        for (const hard_input& each : std::vector<hard_input>(hardest)) try_run(each.key - around);
    }

    std::vector<hard_input> hardest;
    std::size_t outside = 0;
    std::size_t tried = 0;

  private:
    void try_run(std::uint32_t first) {
        std::vector<std::uint32_t> keys;
        first = std::min(first, 0xffffffffU - static_cast<std::uint32_t>(run_length));
        for (std::uint32_t i = 0; i < run_length; ++i) keys.push_back(first + i);
        try_keys(keys);
    }

    void try_keys(const std::vector<std::uint32_t>& keys) {
        std::vector<float> x;
        for (const std::uint32_t key : keys) x.push_back(from_ordered_key<float>(key));
        reference_arrays arrays(x.size());
        function_.evaluate(x.data(), arrays.block(), x.size());
        for (std::size_t i = 0; i < x.size(); ++i) judge_one(x[i], reference_at(arrays.block(), i));
    }

    void judge_one(float x, const enclosed& y) {
        ++tried;
        if (!std::isfinite(x) || !std::isfinite(y.value)) return;
        if (!judge_.encloses(x, y.value, y.bound)) {
            ++outside;
            fmt::print(stderr, "{} {}: outside {:a} +- {:a}\n", function_.name, hexfloat(x), y.value,
                       y.bound);
        }
        if (y.bound == 0.0) return;
        keep({std::abs(judge_.deviation(x, y.value)) / y.bound, ordered_key(x)});
    }

    void keep(const hard_input& one) {
        if (one.share == 0.0 || (hardest.size() == kept && one.share <= hardest.back().share)) return;
        const auto same = [&](const hard_input& each) { return each.key == one.key; };
        if (std::any_of(hardest.begin(), hardest.end(), same)) return;
        if (hardest.size() == kept) hardest.pop_back();
        const auto harder = [](const hard_input& a, const hard_input& b) { return a.share > b.share; };
        hardest.insert(std::upper_bound(hardest.begin(), hardest.end(), one, harder), one);
    }

    const engine_function& function_;
    const function_facts& facts_;
    judge<float> judge_;
    std::mt19937_64 random_;
};

/// Whether every input was within.
bool check(const engine_function& function, std::size_t count) {
    const function_facts& facts = *find_function(function.name);
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    std::vector<sweep> parts;
    for (unsigned i = 0; i < threads; ++i) parts.emplace_back(function, facts, 77 + i);
    std::vector<std::thread> running;
    for (sweep& part : parts) running.emplace_back([&part, count, threads] { part.run(count / threads); });
    for (std::thread& each : running) each.join();
    std::size_t outside = 0;
    for (const sweep& part : parts) {
        outside += part.outside;
        for (const hard_input& each : part.hardest) {
            fmt::print("{} {} {:.3f}\n", function.name, hexfloat(from_ordered_key<float>(each.key)),
                       each.share);
        }
    }
    std::fflush(stdout);
    return outside == 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.empty()) {
        fmt::print(stderr, "reference_sweep: say how many inputs: reference_sweep N [FUNCTION...]\n");
        return 64;
    }
    const std::size_t count = std::stoul(words.front());
    const engine_table& engine = load_engine();
    bool all_within = true;
    for (std::size_t i = 0; i < engine.function_count; ++i) {
        const std::string name = engine.functions[i].name;
        if (words.size() > 1 && std::find(words.begin() + 1, words.end(), name) == words.end()) continue;
        all_within = check(engine.functions[i], count) && all_within;
    }
    return all_within ? 0 : 1;
}
