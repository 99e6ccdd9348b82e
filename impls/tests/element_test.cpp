// Conversions of binary16 and bfloat16, against arithmetic and against the CPU's own.
#include "impls/element.hpp"
#include "impls/cpu.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace {

using namespace ulpfront;

/// All finite numbers of a type that are not negative, ascending.
template <class E>
std::vector<double> finite_numbers() {
    std::vector<double> all;
    const number_format f = element<E>::format;
    for (std::uint32_t fraction = 0; fraction < 1U << (f.precision - 1); ++fraction)
        all.push_back(std::ldexp(fraction, f.e_min - f.precision + 1));
    for (int e = f.e_min; e <= f.e_max; ++e) {
        for (std::uint32_t fraction = 0; fraction < 1U << (f.precision - 1); ++fraction)
            all.push_back(std::ldexp(fraction + (1U << (f.precision - 1)), e - f.precision + 1));
    }
    return all;
}

/// The position of the nearest among them, ties to even positions; their number is infinity's.
std::size_t nearest(const std::vector<double>& all, double x, double beyond) {
    const auto above = static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), x) - all.begin());
    if (above == 0) return 0;
    const double high = above == all.size() ? beyond : all[above];
    const double up = high - x;
    const double down = x - all[above - 1];
    if (up == down) return above % 2 == 0 ? above : above - 1;
    return up < down ? above : above - 1;
}

template <class E>
void check_against_arithmetic() {
    const auto all = finite_numbers<E>();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto bits = static_cast<std::uint32_t>(i);
        REQUIRE(widen(element_of_bits<E>(bits)) == all[i]);
        REQUIRE(widen(element_of_bits<E>(bits | 0x8000U)) == -all[i]);
    }
    const double beyond = std::ldexp(1.0, element<E>::format.e_max + 1);
    for (std::uint64_t bits = 0; bits <= 0x7f800000U; bits += 1021) {
        const auto x = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
        REQUIRE(bits_of_element(narrow<E>(x)) == nearest(all, std::min<double>(x, 2 * beyond), beyond));
    }
    // Halfway, and one step of binary32 to either side.
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        const auto middle = static_cast<float>((all[i] + all[i + 1]) / 2);
        for (const float x : {std::nextafter(middle, 0.0F), middle, std::nextafter(middle, 1e38F)}) {
            REQUIRE(bits_of_element(narrow<E>(x)) == nearest(all, x, beyond));
            REQUIRE(bits_of_element(narrow<E>(-x)) == (nearest(all, x, beyond) | 0x8000U));
        }
    }
}

#if defined(__x86_64__)
[[gnu::target("f16c")]] void check_against_f16c() {
    for (std::uint32_t bits = 0; bits < 1U << 16; ++bits) {
        const f16 x{static_cast<std::uint16_t>(bits)};
        const float wide = _mm_cvtss_f32(_mm_cvtph_ps(_mm_cvtsi32_si128(x.bits)));
        REQUIRE((wide == widen(x) || (std::isnan(wide) && std::isnan(widen(x)))));
    }
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32; bits += 4093) {
        const auto x = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
        REQUIRE(_mm_cvtsi128_si32(_mm_cvtps_ph(_mm_set_ss(x), 0)) == narrow<f16>(x).bits);
    }
}
#endif

}  // namespace

TEST_CASE("binary16 and bfloat16 are what their formats say") {
    check_against_arithmetic<f16>();
    check_against_arithmetic<bf16>();
}

TEST_CASE("NaN, infinity and zero of 16-bit types") {
    CHECK(std::isnan(widen(narrow<f16>(NAN))));
    CHECK(std::isnan(widen(narrow<bf16>(NAN))));
    // A payload in the low bits alone must not become infinity.
    CHECK(std::isnan(widen(narrow<f16>(std::bit_cast<float>(0x7f800001U)))));
    CHECK(std::isnan(widen(narrow<bf16>(std::bit_cast<float>(0x7f800001U)))));
    CHECK(widen(narrow<f16>(65519.0F)) == 65504.0F);
    CHECK(std::isinf(widen(narrow<f16>(65520.0F))));
    CHECK(std::signbit(widen(narrow<f16>(-0.0F))));
    CHECK(std::signbit(widen(narrow<bf16>(-1e-45F))));
    CHECK(std::isnan(widen(element_at<f16>(0))));
    CHECK(widen(element_at<bf16>(0x8000)) == 0.0F);
}

TEST_CASE("the CPU converts binary16 to the same bits") {
#if defined(__x86_64__)
    // What avx2 needs has F16C among it.
    if (missing_features(ULPFRONT_ISA_AVX2).empty()) {
        check_against_f16c();
        return;
    }
#endif
    WARN("skipped: this CPU has no AVX2 and F16C");
}
