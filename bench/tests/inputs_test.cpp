// Inputs: the distributions' shapes, and their bytes, which are the same on every machine.
#include "bench/inputs.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "bench/workload.hpp"
#include "impls/kernel_abi.h"

using namespace ulpfront::bench;

namespace {

const element_format f32 = format_of(ULPFRONT_DTYPE_F32).value();
const element_format f64 = format_of(ULPFRONT_DTYPE_F64).value();

template <class T>
std::vector<T> draw(distribution from, std::size_t n, std::uint64_t seed = 1) {
    std::vector<T> values(n);
    input_stream(from, sizeof(T) == 4 ? f32 : f64, seed).write(values.data(), n);
    return values;
}

/// FNV-1a.
std::uint64_t hash_of(const void* bytes, std::size_t size) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    const auto* at = static_cast<const unsigned char*>(bytes);
    for (std::size_t i = 0; i < size; ++i) hash = (hash ^ at[i]) * 0x100000001b3ULL;
    return hash;
}

template <class T>
std::uint64_t hash_of(distribution from) {
    const auto values = draw<T>(from, 4096);
    return hash_of(values.data(), values.size() * sizeof(T));
}

double moment(const std::vector<double>& values, int power) {
    double sum = 0.0;
    for (const double value : values) sum += std::pow(value, power);
    return sum / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("linspace: 400 points with both ends") {
    const auto x = draw<float>(distribution::linspace, 400);
    CHECK(x.front() == -10.0F);
    CHECK(x.back() == 10.0F);
    CHECK(x[1] == static_cast<float>(-10.0 + 20.0 / 399.0));
    CHECK(std::is_sorted(x.begin(), x.end()));
    CHECK(draw<double>(distribution::linspace, 1).front() == -10.0);
}

TEST_CASE("uniform and wide stay in their intervals and fill them") {
    for (const auto& [from, limit] : {std::pair{distribution::uniform, 10.0}, {distribution::wide, 100.0}}) {
        const auto x = draw<double>(from, 1U << 20);
        const auto [low, high] = std::minmax_element(x.begin(), x.end());
        CHECK(*low >= -limit);
        CHECK(*high <= limit);
        CHECK(*high - *low > 1.9999 * limit);
        CHECK(std::fabs(moment(x, 1)) < 0.002 * limit);
        CHECK(moment(x, 2) == Approx(limit * limit / 3.0).epsilon(0.003));
    }
}

TEST_CASE("normal has the moments and the tail of N(0, 1)") {
    const auto x = draw<double>(distribution::normal, 1U << 20);
    CHECK(std::fabs(moment(x, 1)) < 0.003);
    CHECK(moment(x, 2) == Approx(1.0).epsilon(0.005));
    CHECK(std::fabs(moment(x, 3)) < 0.01);
    CHECK(moment(x, 4) == Approx(3.0).epsilon(0.015));
    const auto beyond = [&](double limit) {
        return static_cast<double>(std::count_if(x.begin(), x.end(), [&](double v) { return v > limit; })) /
               static_cast<double>(x.size());
    };
    CHECK(beyond(1.0) == Approx(0.158655).epsilon(0.01));
    CHECK(beyond(2.0) == Approx(0.022750).epsilon(0.03));
    CHECK(beyond(3.0) == Approx(0.0013499).epsilon(0.1));
}

TEST_CASE("edge: a quarter each of four kinds") {
    const auto x = draw<float>(distribution::edge, 4000);
    std::size_t subnormal = 0;
    std::size_t special = 0;
    std::size_t saturating = 0;
    std::size_t ordinary = 0;
    std::size_t nans = 0;
    for (const float value : x) {
        nans += std::isnan(value) ? 1 : 0;
        if (std::fpclassify(value) == FP_SUBNORMAL) {
            ++subnormal;
        } else if (value == 0.0F || !std::isfinite(value)) {
            ++special;
        } else if (std::fabs(value) >= 32.0F) {
            ++saturating;
        } else {
            CHECK(std::fabs(value) <= 10.0F);
            ++ordinary;
        }
    }
    CHECK(subnormal == 1000);
    CHECK(special == 1000);
    CHECK(saturating == 1000);
    CHECK(ordinary == 1000);
    CHECK(nans > 100);
    const auto count = [&](std::uint32_t bits) {
        return std::count_if(x.begin(), x.end(),
                             [&](float v) { return std::bit_cast<std::uint32_t>(v) == bits; });
    };
    for (const std::uint32_t bits : {0x00000000U, 0x80000000U, 0x7f800000U, 0xff800000U})
        CHECK(count(bits) > 100);
    CHECK_FALSE(std::is_partitioned(x.begin(), x.begin() + 100, [](float v) { return std::isnan(v); }));
}

TEST_CASE("the bytes are fixed") {
    CHECK(hash_of<float>(distribution::linspace) == 0x49b5488cb073821dU);
    CHECK(hash_of<float>(distribution::uniform) == 0x7e7590382555813aU);
    CHECK(hash_of<float>(distribution::normal) == 0x857c078ff0eae4b4U);
    CHECK(hash_of<float>(distribution::wide) == 0xc67111dd5a52e4a6U);
    CHECK(hash_of<float>(distribution::edge) == 0x592e395bb5808ec4U);
    CHECK(hash_of<double>(distribution::normal) == 0x221e5d4cc56d29b3U);
    CHECK(hash_of<double>(distribution::edge) == 0x1db99f66e41f9d8aU);
    CHECK(draw<float>(distribution::uniform, 64, 1) != draw<float>(distribution::uniform, 64, 2));
}

TEST_CASE("encode rounds to nearest even, as the hardware does") {
    random_bits random(7);
    for (int i = 0; i < 200000; ++i) {
        const double value = std::bit_cast<double>(random.next());
        if (std::isnan(value)) continue;
        const float narrow = static_cast<float>(value);
        REQUIRE(encode(value, f32) == std::bit_cast<std::uint32_t>(narrow));
        REQUIRE(encode(value, f64) == std::bit_cast<std::uint64_t>(value));
        const double near_float = narrow * (1.0 + 0x1p-24 * (i % 3));
        REQUIRE(encode(near_float, f32) == std::bit_cast<std::uint32_t>(static_cast<float>(near_float)));
    }
    for (const double subnormal : {0x1p-149, 0x1.8p-149, 0x1p-150, 0x1.8p-148, -0x1.fffffep-127}) {
        CHECK(encode(subnormal, f32) == std::bit_cast<std::uint32_t>(static_cast<float>(subnormal)));
    }
}

TEST_CASE("encode knows the half formats") {
    const element_format f16 = format_of(ULPFRONT_DTYPE_F16).value();
    const element_format bf16 = format_of(ULPFRONT_DTYPE_BF16).value();
    CHECK(encode(1.0, f16) == 0x3c00);
    CHECK(encode(-2.0, f16) == 0xc000);
    CHECK(encode(65504.0, f16) == 0x7bff);
    CHECK(encode(65519.9, f16) == 0x7bff);
    CHECK(encode(65520.0, f16) == 0x7c00);
    CHECK(encode(0x1p-24, f16) == 0x0001);
    CHECK(encode(0x1p-25, f16) == 0x0000);
    CHECK(encode(0x1.8p-25, f16) == 0x0001);
    CHECK(encode(1.0 + 0x1p-11, f16) == 0x3c00);  // a tie, to even
    CHECK(encode(1.0 + 0x3p-11, f16) == 0x3c02);
    CHECK(encode(1.0, bf16) == 0x3f80);
    CHECK(encode(-0.0, bf16) == 0x8000);
    CHECK(encode(std::numeric_limits<double>::infinity(), bf16) == 0x7f80);
    CHECK(encode(std::numeric_limits<double>::quiet_NaN(), bf16) == 0x7fc0);
    CHECK_FALSE(format_of(ULPFRONT_DTYPE_I8).has_value());
}

TEST_CASE("a workload is a pool of windows, its output where no store is mistaken for a load") {
    const workload on({ULPFRONT_DTYPE_F32, distribution::uniform, 400, false}, 1);
    CHECK(on.stride() == 1600);
    CHECK(on.windows() == (pool_elements + 399) / 400);
    const auto offset =
        reinterpret_cast<std::uintptr_t>(on.output()) - reinterpret_cast<std::uintptr_t>(on.input());
    CHECK(offset % page == 0);
    CHECK(std::memcmp(on.input(), on.input() + on.stride(), on.stride()) != 0);
    const workload again({ULPFRONT_DTYPE_F32, distribution::uniform, 400, false}, 1);
    CHECK(std::memcmp(on.input(), again.input(), on.bytes()) == 0);

    const workload inplace({ULPFRONT_DTYPE_F64, distribution::wide, 1U << 19, true}, 1);
    CHECK(inplace.windows() == 1);
    inplace.refresh();
    CHECK(std::memcmp(inplace.input(), inplace.output(), inplace.bytes()) == 0);
}
