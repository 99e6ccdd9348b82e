#include "bench/paired/bits.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "bench/paired/elf.hpp"
#include "impls/kernel_abi.h"
#include "impls/tool.hpp"

using namespace ulpfront;
using namespace ulpfront::paired;

namespace {

bench::element_format format(std::uint32_t dtype) { return bench::format_of(dtype).value(); }

}  // namespace

TEST_CASE("all inputs are each bit pattern once") {
    const auto half = format(ULPFRONT_DTYPE_F16);
    CHECK(is_all(65536, half));
    CHECK_FALSE(is_all(65535, half));
    std::set<std::uint64_t> seen;
    for (std::uint64_t i = 0; i < 65536; ++i) seen.insert(input_bits(i, 65536, half));
    CHECK(seen.size() == 65536);
    CHECK(*seen.rbegin() == 65535);
}

TEST_CASE("fewer inputs are one of each equal range") {
    for (const auto dtype : {ULPFRONT_DTYPE_F32, ULPFRONT_DTYPE_F64}) {
        const auto of = format(static_cast<std::uint32_t>(dtype));
        constexpr std::uint64_t count = 1 << 12;
        std::uint64_t last = 0;
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t bits = input_bits(i, count, of);
            CHECK((i == 0 || bits > last));
            last = bits;
        }
        CHECK(last <= 2 * of.sign_bit() - 1);
        CHECK(last > 2 * of.sign_bit() - 1 - of.sign_bit() / 4);
    }
}

TEST_CASE("special inputs hold the borders, and each seam with its neighbours") {
    const auto single = format(ULPFRONT_DTYPE_F32);
    const auto bits = special_bits({2.5}, single);
    const auto has = [&](float x) {
        return std::find(bits.begin(), bits.end(), std::bit_cast<std::uint32_t>(x)) != bits.end();
    };
    for (const float x :
         {0.0F, -0.0F, 1.0F, -1.0F, std::numeric_limits<float>::max(), std::numeric_limits<float>::infinity(),
          std::numeric_limits<float>::min(), std::numeric_limits<float>::denorm_min(), 2.5F,
          std::nextafter(2.5F, 3.0F), std::nextafter(2.5F, 0.0F)})
        CHECK(has(x));
    CHECK_FALSE(has(3.0F));
}

TEST_CASE("bit patterns are decoded to their values") {
    const auto single = format(ULPFRONT_DTYPE_F32);
    for (const float x : {0.0F, 1.0F, -2.75F, 1e-45F, 3.4e38F, -1.17549435e-38F, 6e-39F})
        CHECK(decode(std::bit_cast<std::uint32_t>(x), single) == static_cast<double>(x));
    CHECK(std::signbit(decode(0x80000000U, single)));
    CHECK(std::isinf(decode(0x7f800000U, single)));
    CHECK(std::isnan(decode(0x7f800001U, single)));
    CHECK(decode(std::bit_cast<std::uint64_t>(0.1), format(ULPFRONT_DTYPE_F64)) == 0.1);
    CHECK(decode(0x3c00, format(ULPFRONT_DTYPE_F16)) == 1.0);
    CHECK(decode(0x0001, format(ULPFRONT_DTYPE_F16)) == 0x1p-24);
    CHECK(decode(0xbf80, format(ULPFRONT_DTYPE_BF16)) == -1.0);
}

TEST_CASE("symbols that two builds would share are seen") {
    CHECK(unique_symbols(TEST_LIBRARIES "/nothing.so").empty());
    CHECK(unique_symbols(TEST_LIBRARIES "/unique.so") == std::vector<std::string>{"shared_state"});
    CHECK_THROWS_WITH(unique_symbols(TEST_DATA "/kernels.c"),
                      Catch::Contains("kernels.c") && Catch::Contains("ELF"));
}
