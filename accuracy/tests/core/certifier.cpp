// Taylor polynomials against the judge, and the certifier against references made wrong on purpose.
#include "accuracy/certifier.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "accuracy/reference/fingerprint.hpp"
#include "accuracy/reference/reference_arrays.hpp"
#include "accuracy/reference/taylor.hpp"
#include "accuracy/ulp.hpp"
#include "impls/catalogue.hpp"
#include "impls/cpu.hpp"
#include "impls/tool.hpp"

using namespace ulpfront;

namespace {

constexpr std::size_t run = 4096;

/// Neighbouring inputs from one on, with their reference.
class fixture {
  public:
    fixture(const std::string& function, float from, const engine_table& engine = load_engine())
        : x(run), arrays(run), reference(arrays.block()), certify(function) {
        for (std::size_t i = 0; i < run; ++i)
            x[i] = from_ordered_key<float>(static_cast<std::uint32_t>(ordered_key(from) + i));
        find_engine_function(engine, function.c_str())->evaluate(x.data(), reference, run);
    }

    certified_run result() { return certify.certify(x.data(), reference, run); }
    [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_of(reference, run, 7); }

    std::vector<float> x;
    reference_arrays arrays;
    reference_block reference;
    certifier certify;
};

/// Where something may go wrong: tails, zero, subnormal numbers, turning points, saturation.
const std::vector<float> places = {-1e30F,   -103.0F, -87.0F, -14.0F, -3.0F,     -0.75F, -1e-3F,
                                   -1e-20F,  -1e-42F, -0.0F,  1e-42F, 0x1p-126F, 1e-9F,  0.3F,
                                   2.99999F, 6.0F,    17.0F,  90.0F,  1e20F};

}  // namespace

TEST_CASE("a Taylor polynomial is as near to the function as it says") {
    std::mt19937 random(11);
    for (const function_facts* facts : known_functions()) {
        const taylor_judge taylor(facts->name);
        const judge<float> exact(facts->name);
        std::size_t known = 0;
        for (int k = 0; k < 200; ++k) {
            const float size = std::ldexp(1.0F + static_cast<float>(random() % 4096) * 0x1p-12F, k % 40 - 30);
            const float first = k % 2 == 0 ? size : -size;
            const float last = first * (1.0F + std::ldexp(1.0F, -(k % 12) - 1));
            const float low = std::min(first, last);
            const float high = std::max(first, last);
            const taylor_polynomial p = taylor.between(low, high);
            if (!(p.error < 1e30L)) continue;
            ++known;
            for (const float x : {low, low + (high - low) * 0.3F, high}) {
                long double y = 0.0L;
                p.evaluate(&x, &y, 1);
                INFO(facts->name << " at " << x << " between " << low << " and " << high);
                const auto value = static_cast<double>(y);
                const double bound = static_cast<double>(p.error) * (1.0 + 0x1p-50) +
                                     std::abs(value) * 0x1p-53 + std::numeric_limits<double>::min();
                CHECK(exact.encloses(x, value, bound));
            }
        }
        CHECK(known > 100);
    }
}

TEST_CASE("a Taylor polynomial across a kink knows nothing") {
    const taylor_polynomial p = taylor_judge("relu6").between(5.0F, 7.0F);
    CHECK(std::isinf(p.error));
    CHECK_THROWS_AS(taylor_judge("no_such_function"), failure);
}

TEST_CASE("the reference of every function is certified wherever it is looked at") {
    for (const function_facts* facts : known_functions()) {
        for (const float place : places) {
            fixture at(facts->name, place);
            const certified_run found = at.result();
            INFO(facts->name << " from " << place);
            CHECK_FALSE(found.wrong);
            CHECK(found.share < 1.0);
        }
    }
}

TEST_CASE("a reference that is wrong at one input is not certified") {
    for (const float place : {-3.0F, 1e-9F, 0.3F, 90.0F}) {
        INFO("from " << place);
        const std::size_t at = 1234;
        {
            fixture one("silu", place);
            REQUIRE(one.reference.groups[at / reference_group::size].inverse_ulp != 0.0);
            one.reference.nearest[at] = std::nextafter(one.reference.nearest[at], 1e30F);
            REQUIRE(one.result().wrong);
            CHECK(*one.result().wrong == one.x[at]);
        }
        {
            fixture one("silu", place);
            one.reference.rest[at] += 0x1p-12F;
            REQUIRE(one.result().wrong);
            CHECK(*one.result().wrong == one.x[at]);
        }
        {
            fixture one("silu", place);
            one.reference.groups[at / reference_group::size].uncertainty = 0.0;
            CHECK(one.result().wrong);
        }
    }
}

TEST_CASE("a reference that is wrong outside compact groups is not certified") {
    fixture one("sigmoid", -0.0F);
    REQUIRE(one.reference.groups[0].inverse_ulp == 0.0);
    one.reference.value[2] = std::nextafter(0.5, 1.0) + 1e-9;
    REQUIRE(one.result().wrong);
    CHECK(*one.result().wrong == one.x[2]);
    fixture no_number("sigmoid",
                      from_ordered_key<float>(ordered_key(std::numeric_limits<float>::infinity())));
    REQUIRE_FALSE(no_number.result().wrong);
    no_number.reference.groups[1].inverse_ulp = 0.0;
    no_number.reference.value[70] = 1.0;
    CHECK(no_number.result().wrong);
}

TEST_CASE("certified roundings owe nothing to the reference's") {
    fixture one("tanh", 0.3F);
    REQUIRE_FALSE(one.result().wrong);
    const judge<float> exact("tanh");
    for (std::size_t i = 0; i < run; i += 97)
        CHECK(one.certify.rounded()[i] == exact.rounded(one.x[i]).value());
}

TEST_CASE("fingerprints differ where references do, and not from ISA to ISA") {
    for (const float place : places) {
        const std::uint64_t here = fixture("mish", place).fingerprint();
        for (const auto& isa : built_isas()) {
            const engine_table* const engine = find_engine(isa.name);
            if (engine != nullptr) CHECK(fixture("mish", place, *engine).fingerprint() == here);
        }
        fixture other("mish", place);
        const auto changes = [&](auto&& change) {
            fixture changed("mish", place);
            change(changed.reference);
            return changed.fingerprint() != here;
        };
        const bool compact = other.reference.groups[3].inverse_ulp != 0.0;
        CHECK(changes([&](reference_block& r) {
            if (compact) {
                r.rest[200] += 0x1p-20F;
            } else {
                r.value[200] += 0x1p-40;
            }
        }));
        CHECK(changes([&](reference_block& r) {
            if (compact) {
                r.groups[3].uncertainty += 0x1p-30;
            } else {
                r.bound[200] = r.bound[200] * 2.0 + 0x1p-900;
            }
        }));
        CHECK(fingerprint_of(other.reference, run, 8) != here);
        CHECK(fingerprint_of(other.reference, run - 1, 7) != here);
    }
}
