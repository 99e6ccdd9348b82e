// Which inputs are tried.
#include "accuracy/process/inputs.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <set>

#include "accuracy/process/f64_inputs.hpp"
#include "accuracy/ulp.hpp"
#include "impls/catalogue.hpp"
#include "impls/tool.hpp"

using namespace ulpfront;

namespace {

const function_facts& any_function() { return *known_functions().front(); }

input_set make(const std::string& request, const std::vector<double>& seams = {}) {
    return {parse_inputs(request), any_function(), seams};
}

/// All inputs as keys, block by block; the successor of each block must be the first of the next.
std::vector<std::uint32_t> keys_of(const input_set& set) {
    std::vector<std::uint32_t> keys;
    std::vector<float> x(block_size + 1);
    for (std::uint64_t block = 0; block < set.blocks(); ++block) {
        const auto extent = set.extent_of(block);
        set.fill(block, x.data());
        if (block > 0) CHECK(keys.back() == ordered_key(x[0]));
        if (block > 0) keys.pop_back();
        for (std::size_t i = 0; i < extent.count + (extent.successor ? 1 : 0); ++i)
            keys.push_back(ordered_key(x[i]));
    }
    return keys;
}

/// The same of binary64.
std::vector<std::uint64_t> f64_keys_of(const input_set& set) {
    std::vector<std::uint64_t> keys;
    std::vector<double> x(f64_block_size + 1);
    for (std::uint64_t block = 0; block < set.blocks(); ++block) {
        const auto extent = set.extent_of(block);
        set.fill(block, x.data());
        if (block > 0) CHECK(keys.back() == ordered_key(x[0]));
        if (block > 0) keys.pop_back();
        for (std::size_t i = 0; i < extent.count + (extent.successor ? 1 : 0); ++i)
            keys.push_back(ordered_key(x[i]));
    }
    return keys;
}

}  // namespace

TEST_CASE("inputs of binary64: every binade, seam and special value, and as many more as are wanted") {
    constexpr double seam = 3.7;
    const auto keys = [&](const char* request) {
        return f64_keys(parse_inputs(request), any_function(), {seam}, {0x1.23456789abcdep-7});
    };
    const auto chosen = keys("quick");
    CHECK(f64_keys_of(input_set(chosen)) == chosen);
    CHECK(keys("quick") == chosen);
    CHECK(keys("1000") == chosen);
    CHECK(std::is_sorted(chosen.begin(), chosen.end(), std::less_equal<>()));
    CHECK(chosen.size() > 30000);
    CHECK(chosen.size() < 60000);
    std::set<std::uint64_t> binades;
    for (const std::uint64_t key : chosen) binades.insert(key >> 52U);
    CHECK(binades.size() == 4096);
    const std::set<std::uint64_t> all(chosen.begin(), chosen.end());
    for (const double x :
         {0.0, -0.0, 1.0, std::numeric_limits<double>::infinity(), seam, std::nextafter(seam, 9.0),
          0x1.23456789abcdep-7, std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::max(),
          -std::numeric_limits<double>::min()}) {
        INFO(x);
        CHECK(all.contains(ordered_key(x)));
    }
    const auto more = keys("200000");
    CHECK(more.size() > 190000);
    CHECK(more.size() <= 200000);
}

TEST_CASE("requests for inputs") {
    CHECK(parse_inputs("quick").kind == input_request::mode::quick);
    CHECK(parse_inputs("all").kind == input_request::mode::all);
    CHECK(parse_inputs("4294967296").wanted == 4294967296U);
    for (const char* text :
         {"", "0", "-1", "1e6", "4294967297", "99999999999999999999", "Quick", "10 ", "all,"})
        CHECK_THROWS_AS(parse_inputs(text), failure);
}

TEST_CASE("all inputs: 4096 blocks that cover every key in order") {
    const input_set set = make("all");
    CHECK(set.size() == std::uint64_t{1} << 32);
    REQUIRE(set.blocks() == 4096);
    std::vector<float> x(block_size + 1);
    for (const std::uint64_t block : {0U, 1U, 2047U, 2048U, 4095U}) {
        const auto extent = set.extent_of(block);
        CHECK(extent.count == block_size);
        CHECK(extent.successor == (block != 4095));
        set.fill(block, x.data());
        bool in_order = true;
        for (std::size_t i = 0; i < extent.count + (extent.successor ? 1 : 0); ++i)
            in_order = in_order && ordered_key(x[i]) == block * block_size + i;
        CHECK(in_order);
    }
}

TEST_CASE("quick and strided inputs ascend strictly and hold every chosen one") {
    const double seam = 0x1.8p+3;
    for (const char* request : {"quick", "1000", "3000000"}) {
        const input_set set = make(request, {seam, std::numeric_limits<double>::infinity(), 1e300});
        const auto keys = keys_of(set);
        CHECK(keys.size() == set.size());
        CHECK(std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>()) == keys.end());
        const auto has = [&](float x) {
            return std::binary_search(keys.begin(), keys.end(), ordered_key(x));
        };
        for (int exponent = -149; exponent < 128; ++exponent) {
            for (const float sign : {-1.0F, 1.0F}) {
                const float first = sign * std::ldexp(1.0F, exponent);
                CHECK(has(first));
                const float last = std::nextafter(2.0F * first, 0.0F);  // 0 towards +-inf's predecessor
                CHECK((std::isinf(2.0F * first) ? has(sign * std::numeric_limits<float>::max()) : has(last)));
            }
        }
        for (std::uint32_t i = 0; i <= 64; ++i) {
            CHECK(has(from_ordered_key<float>(ordered_key(static_cast<float>(seam)) - i)));
            CHECK(has(from_ordered_key<float>(ordered_key(static_cast<float>(seam)) + i)));
        }
        std::set<std::uint32_t> nans;
        for (const std::uint32_t key : keys) {
            if (std::isnan(from_ordered_key<float>(key))) nans.insert(key);
        }
        CHECK(nans.size() >= 12);
        CHECK((has(std::numeric_limits<float>::infinity()) && has(-std::numeric_limits<float>::infinity())));
        CHECK((has(0.0F) && has(-0.0F)));
    }
}

TEST_CASE("a quick list is one block, and the same each time") {
    CHECK(make("quick").blocks() == 1);
    CHECK(make("quick").size() > block_size / 2);
    CHECK(keys_of(make("quick", {1.5})) == keys_of(make("quick", {1.5})));
}

TEST_CASE("a stride gives about as many inputs as asked for") {
    const auto chosen = static_cast<double>(make("1").size());
    for (const char* request : {"100000", "20000000"}) {
        const double wanted = std::stod(request);
        CHECK(static_cast<double>(make(request).size()) == Approx(wanted + chosen).epsilon(0.05));
    }
    CHECK(make("4294967296").size() == std::uint64_t{1} << 32);
}
