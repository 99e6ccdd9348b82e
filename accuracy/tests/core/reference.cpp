// The fast reference against the judge, over the catalogue; and the same bits from every ISA's engine.
#include <dlfcn.h>

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <random>
#include <vector>

#include "accuracy/reference/engine.hpp"
#include "accuracy/reference/judge.hpp"
#include "accuracy/ulp.hpp"
#include "impls/catalogue.hpp"
#include "impls/cpu.hpp"

namespace {

using namespace ulpfront;

/// Random bits, ordinary values, structural ones (binade ends, zeros' neighbours), special ones.
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
    return list;
}

/// (value, bound) of one function at the inputs.
struct enclosures {
    std::vector<double> value;
    std::vector<double> bound;
    friend bool operator==(const enclosures&, const enclosures&) = default;
};

enclosures evaluate(const engine_function& function, const std::vector<float>& x) {
    enclosures result{std::vector<double>(x.size()), std::vector<double>(x.size())};
    std::vector<reference_group> groups(x.size() / reference_group::size);
    function.evaluate_f32(x.data(), result.value.data(), result.bound.data(), groups.data(), x.size());
    return result;
}

std::vector<std::uint64_t> bits_of_all(const enclosures& from) {
    std::vector<std::uint64_t> bits;
    for (const double v : from.value) bits.push_back(std::isnan(v) ? 1 : std::bit_cast<std::uint64_t>(v));
    for (const double v : from.bound) bits.push_back(std::bit_cast<std::uint64_t>(v));
    return bits;
}

}  // namespace

TEST_CASE("every enclosure of the fast reference holds the exact value") {
    const engine_table& engine = load_engine();
    const auto x = test_inputs(20000);
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
        CHECK_FALSE(exact.encloses(1.0F, got.value[0] + 1e9, 0.5));  // the check can fail
    }
}

TEST_CASE("bounds are small enough to leave little open") {
    const engine_table& engine = load_engine();
    const auto x = test_inputs(20000);
    for (const auto* facts : known_functions()) {
        const enclosures got = evaluate(*find_engine_function(engine, facts->name), x);
        const judge<float> exact(facts->name);
        double worst = 0.0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (std::abs(got.value[i]) < 0x1p-151 || !std::isfinite(got.value[i])) continue;
            const double relative = got.bound[i] / std::abs(got.value[i]);
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
    const auto folder =
        std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "engine";
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
