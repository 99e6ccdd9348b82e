// The fast reference against the judge, over the catalogue; and the same bits from every ISA's engine.
#include <dlfcn.h>

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "accuracy/reference/engine.hpp"
#include "accuracy/reference/judge.hpp"
#include "accuracy/reference/reference_arrays.hpp"
#include "accuracy/ulp.hpp"
#include "impls/catalogue.hpp"
#include "impls/cpu.hpp"
#include "impls/tool.hpp"

namespace {

using namespace ulpfront;

/// Random bits, ordinary values, structural ones (binade ends, zeros' neighbours), special ones, and runs of
/// neighbours, as a sweep of all inputs has them: one in each binade. Ascending.
std::vector<float> test_inputs(std::size_t count) {
    std::mt19937_64 random(99);
    std::vector<float> list;
    for (std::size_t i = 0; i < count; ++i) {
        list.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(random())));
        list.push_back(static_cast<float>((static_cast<double>(random() >> 11) * 0x1p-53 - 0.5) * 40.0));
    }
    for (std::uint32_t exponent = 0; exponent < 256; ++exponent) {
        for (const std::uint32_t fraction : {0U, 1U, 0x3fffffU, 0x7fffffU}) {
            list.push_back(std::bit_cast<float>(exponent << 23 | fraction));
            list.push_back(std::bit_cast<float>(0x80000000U | exponent << 23 | fraction));
        }
    }
    for (std::uint32_t binade = 0; binade < 512; ++binade) {
        const auto begin = static_cast<std::uint32_t>(binade << 23 | (random() % (1U << 22)));
        for (std::uint32_t i = 0; i < count / 9; ++i) list.push_back(from_ordered_key<float>(begin + i));
    }
    std::sort(list.begin(), list.end(), [](float a, float b) { return ordered_key(a) < ordered_key(b); });
    return list;
}

/// (value, bound) of one function at the inputs.
struct enclosures {
    std::vector<double> value;
    std::vector<double> bound;
};

enclosures evaluate(const engine_function& function, const std::vector<float>& x) {
    enclosures result{std::vector<double>(x.size()), std::vector<double>(x.size())};
    reference_arrays arrays(x.size());
    function.evaluate(x.data(), arrays.block(), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        const enclosed y = reference_at(arrays.block(), i);
        result.value[i] = y.value;
        result.bound[i] = y.bound;
    }
    return result;
}

std::vector<std::uint64_t> bits_of_all(const enclosures& from) {
    std::vector<std::uint64_t> bits;
    for (const double v : from.value) bits.push_back(std::isnan(v) ? 1 : std::bit_cast<std::uint64_t>(v));
    for (const double v : from.bound) bits.push_back(std::bit_cast<std::uint64_t>(v));
    return bits;
}

}  // namespace

// Sanitizers are after what a few inputs show too, and take ten times as long for each.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t inputs_to_enclose = 2000;
#else
constexpr std::size_t inputs_to_enclose = 20000;
#endif

TEST_CASE("every enclosure of the fast reference holds the exact value") {
    const engine_table& engine = load_engine();
    const auto x = test_inputs(inputs_to_enclose);
    for (const auto* facts : known_functions()) {
        INFO(facts->name);
        const engine_function* function = find_engine_function(engine, facts->name);
        REQUIRE(function != nullptr);
        const enclosures got = evaluate(*function, x);
        const judge<float> exact(facts->name);
        std::size_t outside = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (!std::isfinite(x[i]) || !std::isfinite(got.value[i])) continue;
            if (!exact.encloses(x[i], got.value[i], got.bound[i])) ++outside;
        }
        CHECK(outside == 0);
        CHECK_FALSE(exact.encloses(1.0F, 1e9, 0.5));  // the check can fail
    }
}

TEST_CASE("the hardest inputs that were ever found stay within their bounds") {
    std::ifstream file(ULPFRONT_HARDEST_INPUTS);
    REQUIRE(file);
    std::string line;
    std::size_t tried = 0;
    while (std::getline(file, line)) {
        if (line.empty() || line.front() == '#') continue;
        std::istringstream words(line);
        std::string name;
        std::string input;
        words >> name >> input;
        const engine_function* function = find_engine_function(load_engine(), name.c_str());
        REQUIRE(function != nullptr);
        const float middle = std::strtof(input.c_str(), nullptr);
        std::vector<float> x;
        for (std::uint32_t i = 0; i < 1024; ++i)
            x.push_back(from_ordered_key<float>(ordered_key(middle) - 512 + i));
        const enclosures got = evaluate(*function, x);
        for (std::size_t i = 0; i < x.size(); i += i == 511 || i == 512 ? 1 : 73) {
            INFO(line << " at " << i);
            if (std::isfinite(x[i])) CHECK(judge<float>(name).encloses(x[i], got.value[i], got.bound[i]));
        }
        ++tried;
    }
    const auto& functions = known_functions();
    const auto inexact =
        std::count_if(functions.begin(), functions.end(), [](auto* f) { return !f->rational; });
    CHECK(tried >= 8 * static_cast<std::size_t>(inexact));
}

TEST_CASE("bounds are small enough to leave little open") {
    const engine_table& engine = load_engine();
    const auto x = test_inputs(20000);
    for (const auto* facts : known_functions()) {
        const enclosures got = evaluate(*find_engine_function(engine, facts->name), x);
        const judge<float> exact(facts->name);
        double worst = 0.0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (!std::isfinite(got.value[i])) continue;
            // What a bound leaves open is a matter of ulps, and below the smallest normal number these stay.
            const double relative = got.bound[i] / std::max(std::abs(got.value[i]), 0x1p-126);
            if (relative <= 0x1p-45) continue;
            // An argument of at most eight roundings, as v of gelu_tanh, adds 2^-49 of its condition.
            const double condition = std::abs(x[i] * exact.slope(x[i]) / got.value[i]);
            worst = std::max(worst, relative / std::max(1.0, condition / 16));
        }
        INFO(facts->name);
        CHECK(worst <= 0x1p-45);
    }
}

TEST_CASE("every ISA's engine gives the same bits") {
    const auto folder = built_folder("engine");
    const auto x = test_inputs(3000);
    std::vector<const engine_table*> engines;
    for (const auto& isa : built_isas()) {
        const auto file = folder / ("libulpfront_engine_" + std::string(isa.name) + ".so");
        if (!missing_features(isa.id).empty() || !std::filesystem::exists(file)) continue;
        void* const handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
        REQUIRE(handle != nullptr);
        engines.push_back(reinterpret_cast<const engine_table* (*)()>(dlsym(handle, "ulpfront_engine"))());
    }
    REQUIRE_FALSE(engines.empty());
    for (const auto* facts : known_functions()) {
        INFO(facts->name);
        const auto first = bits_of_all(evaluate(*find_engine_function(*engines.front(), facts->name), x));
        for (const auto* other : engines) {
            CHECK(bits_of_all(evaluate(*find_engine_function(*other, facts->name), x)) == first);
        }
    }
}
