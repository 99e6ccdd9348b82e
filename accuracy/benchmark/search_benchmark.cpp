// What the search for worst inputs finds beside plain random ones, at equal budget: libm's tanh, expm1, log1p
// and erf in binary64, of which the errors are known from double-doubles. Random inputs are of two kinds: any
// bits, and, helped by knowing where functions bend, of the binades 2^-60 ... 2^11 alone. Marks are the
// thresholds that FreeBSD's msun and glibc document in their sources, where the algorithms change piece.
//
//   search_benchmark [BUDGET [SEEDS]]    evaluations of each search (200000), and how many seeds (5)
//
// For each function and way: the smallest, the median and the largest of the errors found with the seeds.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <random>
#include <vector>

#include "accuracy/beam_search.hpp"
#include "accuracy/reference/f64_reference.hpp"
#include "accuracy/reference/precise.hpp"
#include "accuracy/ulp.hpp"

namespace {

using namespace ulpfront;

struct exact_tanh {
    precise operator()(const precise& x) const { return tanh(x); }
};
struct exact_expm1 {
    precise operator()(const precise& x) const { return expm1(x); }
};
struct exact_log1p {
    precise operator()(const precise& x) const { return log1p(x); }
};
/// By its series up to 1, by erfc beyond.
struct exact_erf {
    precise operator()(const precise& x) const {
        const precise small = select(abs(x) < precise(1.0), x, precise(1.0));
        const precise square = small * small;
        precise sum(0.0);
        precise term = small;
        for (int k = 0; k < 34; ++k) {
            sum = sum + term / precise(2.0 * k + 1.0);
            term = -(term * square) / precise(k + 1.0);
        }
        // 2/sqrt(pi) = sqrt(2/pi) / sqrt(1/2)
        const precise near = sum * (constants<precise>::sqrt_two_over_pi() / constants<precise>::sqrt_half());
        const precise tail = precise(1.0) - erfc(abs(x));
        return select(abs(x) < precise(1.0), near, select(x < precise(0.0), -tail, tail));
    }
};

/// Errors of libm at inputs; -1 where double-doubles do not tell.
using error_function = std::vector<double> (*)(std::span<const std::uint64_t> keys);

template <class Value, double (*Computed)(double)>
std::vector<double> errors_of(std::span<const std::uint64_t> keys) {
    std::vector<double> errors(keys.size(), -1.0);
    for (std::size_t i = 0; i < keys.size(); i += pack_width) {
        const std::size_t count = std::min(pack_width, keys.size() - i);
        std::array<double, pack_width> x{};
        for (std::size_t k = 0; k < count; ++k) {
            const auto at = from_ordered_key<double>(keys[i + k]);
            x[k] = std::abs(at) < 0x1p11 && std::abs(at) > 0x1p-800 ? at : 0.0;
        }
        const precise y = Value{}(precise(double_double(load(x.data())), pack(0.0)));
        for (std::size_t k = 0; k < count; ++k) {
            const auto exact =
                x[k] == 0.0 ? std::nullopt : locate_between(y.value.high[k], y.value.low[k], y.error[k]);
            if (!exact) continue;
            const double error =
                std::ldexp(Computed(x[k]) - exact->nearest, -exact->ulp_exponent) - exact->rest;
            if (std::isfinite(error)) errors[i + k] = std::abs(error);
        }
    }
    return errors;
}

double worst_of(const std::vector<double>& errors) { return *std::max_element(errors.begin(), errors.end()); }

double by_beam(error_function errors, std::uint64_t budget, std::uint64_t seed,
               const std::vector<double>& marks) {
    beam_search search({budget, seed, marks});
    while (true) {
        const auto keys = search.next();
        if (keys.empty()) break;
        search.tell(errors(keys));
    }
    return search.worst().empty() ? 0.0 : search.worst().front().error;
}

double by_chance(error_function errors, std::uint64_t budget, std::uint64_t seed, bool where_functions_bend) {
    std::mt19937_64 random(seed);
    std::vector<std::uint64_t> keys;
    for (std::uint64_t i = 0; i < budget; ++i) {
        const std::uint64_t bits = random();
        const std::uint64_t exponent = 1023 - 60 + random() % 71;
        const std::uint64_t bent = (bits & 0x800fffffffffffffU) | exponent << 52U;
        keys.push_back(ordered_key(std::bit_cast<double>(where_functions_bend ? bent : bits)));
    }
    return worst_of(errors(keys));
}

template <class Search>
std::string spread(std::uint64_t seeds, const Search& search) {
    std::vector<double> found;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) found.push_back(search(seed));
    std::sort(found.begin(), found.end());
    return fmt::format("{:6.4f} {:6.4f} {:6.4f}", found.front(), found[found.size() / 2], found.back());
}

struct subject {
    const char* name;
    error_function errors;
    std::vector<double> marks;
};

double libm_tanh(double x) { return std::tanh(x); }
double libm_expm1(double x) { return std::expm1(x); }
double libm_log1p(double x) { return std::log1p(x); }
double libm_erf(double x) { return std::erf(x); }

}  // namespace

int main(int argc, char** argv) {
    const std::uint64_t budget = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200000;
    const std::uint64_t seeds = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 5;
    if (budget == 0 || seeds < 1 || argc > 3) {
        fmt::print(stderr, "search_benchmark: say search_benchmark [BUDGET [SEEDS]], both at least 1\n");
        return 64;
    }
    const double ln2 = 0.69314718055994531;
    const std::vector<subject> subjects = {
        {"libm tanh",
         errors_of<exact_tanh, libm_tanh>,
         {0x1p-28, 0x1p-55, 1.0, 22.0, -1.0, ln2 / 4, 3 * ln2 / 4}},
        {"libm expm1",
         errors_of<exact_expm1, libm_expm1>,
         {0x1p-54, ln2 / 2, -ln2 / 2, 1.5 * ln2, -1.5 * ln2, -0.25, 56 * ln2}},
        {"libm log1p",
         errors_of<exact_log1p, libm_log1p>,
         {0x1p-29, 0x1p-54, 0.41421356237309505, -0.29289321881345243, 1.0}},
        {"libm erf",
         errors_of<exact_erf, libm_erf>,
         {0x1p-28, 0.84375, 1.25, 1 / 0.35, 6.0, -0.84375, -1.25}}};
    fmt::print("{} evaluations, {} seeds: smallest, median, largest of the errors found, in ULP\n", budget,
               seeds);
    fmt::print("{:10}  {:22}  {:22}  {:22}  {:22}\n", "", "random bits", "random, where it bends", "search",
               "search, with marks");
    for (const subject& of : subjects) {
        fmt::print("{:10}  {:22}  {:22}  {:22}  {:22}\n", of.name,
                   spread(seeds, [&](auto seed) { return by_chance(of.errors, budget, seed, false); }),
                   spread(seeds, [&](auto seed) { return by_chance(of.errors, budget, seed, true); }),
                   spread(seeds, [&](auto seed) { return by_beam(of.errors, budget, seed, {}); }),
                   spread(seeds, [&](auto seed) { return by_beam(of.errors, budget, seed, of.marks); }));
    }
    return 0;
}
