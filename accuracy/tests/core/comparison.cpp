// The engine's comparison and the measurement on top of it, against the judge asked about every input.
#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "accuracy/measurement.hpp"
#include "accuracy/reference/reference_arrays.hpp"
#include "accuracy/tests/core/constants.hpp"
#include "accuracy/ulp.hpp"

namespace {

using namespace ulpfront;

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

/// Ascending inputs of all kinds.
std::vector<float> ascending_inputs() {
    std::mt19937_64 random(5);
    std::vector<std::uint32_t> keys;
    for (int i = 0; i < 1500; ++i) {
        keys.push_back(static_cast<std::uint32_t>(random()));
        keys.push_back(
            ordered_key(static_cast<float>((static_cast<double>(random() >> 11) * 0x1p-53 - 0.5) * 220.0)));
        keys.push_back(
            ordered_key(static_cast<float>((static_cast<double>(random() >> 11) * 0x1p-53 - 0.5) * 2.0)));
    }
    for (const float x : {not_a_number, -not_a_number, inf, -inf, 0.0F, -0.0F, 1.0F, -1.0F})
        keys.push_back(ordered_key(x));
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    std::vector<float> x;
    for (const std::uint32_t key : keys) x.push_back(from_ordered_key<float>(key));
    return x;
}

/// What a deliberately simple harness counts with the judge alone.
struct slow_counts {
    std::uint64_t misrounded = 0;
    double worst = -1.0;
    double worst_normal = -1.0;
    std::uint64_t over = 0;
    double sum = 0.0;
    std::uint64_t counted = 0;
};

slow_counts count_slowly(const std::string& function, const std::vector<float>& x,
                         const std::vector<float>& computed, double limit) {
    const judge<float> exact(function);
    slow_counts counts;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const float nearest = exact.rounded(x[i]).value();
        if (std::isnan(nearest)) continue;
        if (!(nearest == computed[i])) ++counts.misrounded;
        if (std::isnan(computed[i]) || (std::isinf(x[i]) && std::isinf(nearest))) continue;
        const double error = exact.error_ulp(x[i], computed[i]);
        counts.worst = std::max(counts.worst, error);
        // Whether the exact value is normal: its distance from zero tells.
        if (exact.error_absolute(x[i], 0.0F) >= 0x1p-126 || std::isinf(x[i]))
            counts.worst_normal = std::max(counts.worst_normal, error);
        if (error > limit) ++counts.over;
        counts.sum += error;
        ++counts.counted;
    }
    return counts;
}

/// A kernel's results that are wrong in many ways: off by random steps, with some NaN and infinities.
std::vector<float> spoilt_results(const std::string& function, const std::vector<float>& x, unsigned seed) {
    const judge<float> exact(function);
    std::mt19937_64 random(seed);
    std::vector<float> y;
    for (const float at : x) {
        float value = exact.rounded(at).value();
        const unsigned fate = static_cast<unsigned>(random() % 400);
        if (fate < 100) value = std::nextafter(value, fate % 2 == 0 ? inf : -inf);
        if (fate < 10) value = std::nextafter(value, inf);
        if (fate == 390 && seed > 1) value = not_a_number;
        if (fate == 391 && seed > 1) value = inf;
        if (fate == 392 && seed > 1) value = 0.0F;
        y.push_back(value);
    }
    return y;
}

tallies measure(const kernel_info& kernel, const std::vector<float>& x, const std::vector<float>& computed) {
    const engine_table& engine = load_engine();
    reference_arrays reference(x.size());
    find_engine_function(engine, kernel.function.c_str())->evaluate(x.data(), reference.block(), x.size());
    tallies result;
    measurement(engine, kernel, result).add({x.data(), reference.block(), computed.data(), x.size()}, false);
    return result;
}

kernel_info kernel_of(const std::string& function, double promise) {
    kernel_info kernel;
    kernel.function = function;
    kernel.kernel = "test";
    kernel.promise_kind = ULPFRONT_PROMISE_ULP;
    kernel.promise_value = promise;
    return kernel;
}

}  // namespace

TEST_CASE("counts, maxima and sums agree with the judge asked about every input") {
    const auto x = ascending_inputs();
    for (const auto* facts : known_functions()) {
        for (const unsigned seed : {1U, 2U}) {
            INFO(facts->name << " seed " << seed);
            const auto computed = spoilt_results(facts->name, x, seed);
            const double limit = 1.25;
            const tallies fast = measure(kernel_of(facts->name, limit), x, computed);
            const slow_counts slow = count_slowly(facts->name, x, computed, limit);
            CHECK(fast.inputs == x.size());
            CHECK(fast.misrounded == slow.misrounded);
            CHECK(fast.worst.value == slow.worst);
            CHECK(fast.worst_normal.value == slow.worst_normal);
            CHECK(fast.over_promise.count == slow.over);
            CHECK(fast.counted == slow.counted);
            CHECK(fast.undecided == 0);
        }
    }
}

TEST_CASE("sums agree with the judge's") {
    // Away from zero: where f hardly leaves a power of two the fast reference cannot tell its two ulps apart.
    auto x = ascending_inputs();
    x.erase(std::remove_if(x.begin(), x.end(), [](float at) { return !(std::abs(at) >= 0x1p-20F); }),
            x.end());
    for (const auto* facts : known_functions()) {
        INFO(facts->name);
        const auto computed = spoilt_results(facts->name, x, 2);
        const tallies fast = measure(kernel_of(facts->name, 1), x, computed);
        const slow_counts slow = count_slowly(facts->name, x, computed, 1);
        CHECK(fast.sum_ulp.value() == Approx(slow.sum).epsilon(1e-9));
        CHECK(fast.counted == slow.counted);
    }
}

TEST_CASE("a promise exceeded by 0.01 ULP is seen, one just kept is not") {
    // Null's exact values are floats: one ulp off is an error of exactly 1.
    const std::vector<float> x = {1.0F, 1.5F, 2.0F};
    const std::vector<float> computed = {1.0F, 1.5F + 0x1p-23F, 2.0F};
    CHECK(measure(kernel_of("null", 0.99), x, computed).over_promise.count == 1);
    CHECK(measure(kernel_of("null", 1.0), x, computed).over_promise.count == 0);
    CHECK(broken_promises(kernel_of("null", 0.99), measure(kernel_of("null", 0.99), x, computed)).size() ==
          1);
    CHECK(broken_promises(kernel_of("null", 1.0), measure(kernel_of("null", 1.0), x, computed)).empty());
}

TEST_CASE("where the reference knows nothing, nothing is counted and the judge is asked") {
    const std::vector<float> x = {1.0F, 2.0F, 3.0F, 4.0F};
    const std::vector<float> computed = {0.0F, -1.0F, 1e30F, inf};
    std::vector<double> value(x.size());
    std::vector<double> bound(x.size(), std::numeric_limits<double>::infinity());
    reference_group group{};
    const reference_block reference{nullptr, nullptr, value.data(), bound.data(), &group};
    const comparison block{x.data(), reference, computed.data(), x.size()};
    const comparison_limits limits{binary32_format, inf, inf, -inf, inf, false};
    std::vector<std::uint32_t> rounding(x.size());
    std::vector<std::uint32_t> promise(x.size());
    std::vector<std::uint32_t> histogram(error_bins_count);
    const comparison_result found = load_engine().compare(block, {0, x.size()}, limits, rounding.data(),
                                                          promise.data(), histogram.data());
    CHECK(found.misrounded == 0);
    CHECK(found.inf_mismatches == 0);
    CHECK(found.flushed_subnormals == 0);
    CHECK(found.rounding_open_count == x.size());
}

TEST_CASE("special values are counted apart") {
    const std::vector<float> x = {
        -inf, -2.0F, -0x1p-149F, -0.0F, 0.0F, 1.0F, std::numeric_limits<float>::max(), inf, not_a_number};
    const kernel_info kernel = kernel_of("null", 4);
    CHECK(measure(kernel, x, x).worst.value == 0.0);
    const auto with = [&](std::size_t at, float y) {
        auto computed = x;
        computed[at] = y;
        return measure(kernel, x, computed);
    };
    CHECK(with(8, 1.0F).nan_mismatches.count == 1);
    CHECK(with(5, not_a_number).nan_mismatches.count == 1);
    CHECK(with(0, not_a_number).nan_mismatches.count == 1);
    CHECK(with(0, -3.0F).inf_mismatches.count == 1);
    CHECK(with(7, -inf).inf_mismatches.count == 1);
    CHECK(with(6, inf).inf_mismatches.count == 1);
    CHECK(with(3, 0.0F).zero_sign_mismatches.count == 1);
    CHECK(with(2, -0.0F).flushed_subnormals.count == 1);
    CHECK(with(2, -0.0F).worst.value == 1.0);
    CHECK(with(5, 3.0F).monotonicity_violations.count == 0);
    CHECK(with(5, -1.0F).monotonicity_violations.count == 1);
    kernel_info flushing = kernel;
    flushing.mode_flags = ULPFRONT_MODE_FLUSH_TO_ZERO;
    auto flushed = x;
    flushed[2] = -0.0F;
    CHECK(measure(flushing, x, flushed).worst.value == 0.0);
}

TEST_CASE("values outside the range are counted") {
    const std::vector<float> x = {-1.0F, 0.5F, 30.0F};
    CHECK(measure(kernel_of("tanh", 4), x, {-0.7615942F, 0.46211717F, 1.0F}).range_violations.count == 0);
    CHECK(measure(kernel_of("tanh", 4), x, {-0.7615942F, 0.46211717F, std::nextafter(1.0F, 2.0F)})
              .range_violations.count == 1);
}

TEST_CASE("mirrored results of an odd function") {
    const kernel_info kernel = kernel_of("tanh", 4);
    tallies counted;
    measurement measured(load_engine(), kernel, counted);
    REQUIRE(measured.wants_mirrored());
    const std::vector<float> x = {-2.0F, -1.0F, -0.0F};
    const std::vector<float> y = {-0.9F, -0.7F, -0.0F};
    measured.add_mirrored(x.data(), y.data(), std::vector<float>{0.9F, 0.7F, 0.0F}.data(), 3);
    CHECK(counted.symmetry_violations.count == 0);
    measured.add_mirrored(x.data(), y.data(), std::vector<float>{0.9F, 0.70000005F, 0.0F}.data(), 3);
    CHECK(counted.symmetry_violations.count == 1);
}

TEST_CASE("an absolute promise includes an exact zero at zero") {
    kernel_info kernel = kernel_of("tanh", 0);
    kernel.promise_kind = ULPFRONT_PROMISE_ABSOLUTE;
    kernel.promise_value = 0x1p-10;
    CHECK(measure(kernel, {-0.0F, 0.0F, 1.0F}, {-0.0F, 0.0F, 0.7612F}).over_promise.count == 0);
    CHECK(measure(kernel, {-0.0F, 0.0F, 1.0F}, {-0.0F, 1e-6F, 0.7612F}).over_promise.count == 1);
    CHECK(measure(kernel, {-0.0F, 0.0F, 1.0F}, {-0.0F, 0.0F, 0.763F}).over_promise.count == 1);
}

TEST_CASE("means under a normal distribution weigh every input by its density") {
    // One ulp off between 0.5 and 1, right elsewhere: the mean is that interval's share of N(0,1).
    std::vector<float> x;
    for (std::uint32_t key = ordered_key(-12.0F); key < ordered_key(12.0F); key += 4001)
        x.push_back(from_ordered_key<float>(key));
    std::vector<float> computed = x;
    for (float& y : computed) y = y >= 0.5F && y < 1.0F ? std::nextafter(y, 2.0F) : y;
    const tallies t = measure(kernel_of("null", 4), x, computed);
    const double share = 0.5 * (std::erfc(0.5 / std::sqrt(2.0)) - std::erfc(1.0 / std::sqrt(2.0)));
    CHECK(t.normal[0].mass.value() == Approx(1.0).epsilon(1e-3));
    CHECK(t.normal[0].sum_ulp.value() == Approx(share).epsilon(1e-3));
    CHECK(t.sum_ulp_above.value() > 0.0);
    CHECK(t.sum_ulp_below.value() == 0.0);
    CHECK(t.binades[ordered_key(0.5F) >> 23].max_ulp == Approx(1.0));
    CHECK(t.binades[ordered_key(1.0F) >> 23].max_ulp == Approx(0.0).margin(1e-6));
    CHECK(t.worst_relative.value == Approx(0x1p-23).epsilon(1e-3));
}
