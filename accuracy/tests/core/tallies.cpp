#include "accuracy/tallies.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>

#include "accuracy/tallies_text.hpp"

using namespace ulpfront;

TEST_CASE("an exact sum does not depend on order or grouping, and rounds once") {
    exact_sum sum;
    for (const double v : {1e300, 1.0, 0x1p-1074, 3.0}) sum.add(v);
    CHECK(sum.value() == 1e300);
    exact_sum small;
    for (int i = 0; i < 1000; ++i) small.add(0.1);
    CHECK(small.value() == 100.00000000000000555);  // 1000 times the double 0.1, exactly, then rounded

    std::mt19937_64 random(3);
    std::vector<double> values;
    for (int i = 0; i < 2000; ++i)
        values.push_back(
            std::ldexp(static_cast<double>(random() >> 11), static_cast<int>(random() % 1500) - 1070));
    exact_sum forwards;
    exact_sum first_half;
    exact_sum second_half;
    for (std::size_t i = 0; i < values.size(); ++i) {
        forwards.add(values[i]);
        (i < 700 ? second_half : first_half).add(values[values.size() - 1 - i]);
    }
    second_half.add(first_half);
    CHECK(second_half == forwards);
}

TEST_CASE("an exact sum rounds to nearest at every size") {
    for (const double v :
         {0x1p-1074, 0x1.fffffffffffffp-1022, 1.0, 0x1.fffffffffffffp1023, 0x1.123456789abcdp-500}) {
        exact_sum sum;
        sum.add(v);
        CHECK(sum.value() == v);
    }
    exact_sum tie;
    tie.add(1.0);
    tie.add(0x1p-53);
    CHECK(tie.value() == 1.0);  // to even
    tie.add(0x1p-1074);
    CHECK(tie.value() == 1.0 + 0x1p-52);  // anything beyond the tie goes up
}

TEST_CASE("a maximum keeps the smallest input bits among equals") {
    extreme worst;
    worst.update(1.0, {true, 20, 0});
    worst.update(1.0, {true, 10, 0});
    worst.update(1.0, {true, 30, 0});
    CHECK(worst.at.input == 10);
    worst.update(std::nan(""), {true, 1, 0});
    CHECK(worst.value == 1.0);
    worst.update(2.0, {true, 99, 0});
    CHECK(worst.at.input == 99);
}

TEST_CASE("merging is the same from either side") {
    tallies a;
    a.inputs = 3;
    a.worst.update(1.0, {true, 5, 1});
    a.nan_mismatches.add(2, {true, 8, 1});
    tallies b;
    b.inputs = 4;
    b.worst.update(1.0, {true, 4, 1});
    b.nan_mismatches.add(1, {true, 7, 1});
    tallies ab = a;
    ab.merge(b);
    tallies ba = b;
    ba.merge(a);
    CHECK(ab.inputs == 7);
    CHECK(ab.worst == ba.worst);
    CHECK(ab.worst.at.input == 4);
    CHECK(ab.nan_mismatches == ba.nan_mismatches);
    CHECK(ab.nan_mismatches.count == 3);
}

TEST_CASE("histogram bins: an error falls where its bin says") {
    CHECK(error_bin(0.0) == 0);
    CHECK(error_bin(0x1.ffp-9) == 0);
    CHECK(error_bin(0x1p-8) == 1);
    CHECK(error_bin(1e30) == error_bins_count - 1);
    for (std::size_t bin = 1; bin + 1 < error_bins_count; ++bin) {
        CHECK(error_bin(error_bin_begin(bin)) == bin);
        CHECK(error_bin(std::nextafter(error_bin_begin(bin + 1), 0.0)) == bin);
    }
}

TEST_CASE("a weighted tally's quantile is where the share lies") {
    weighted_tally t;
    std::array<std::uint32_t, error_bins_count> counts{};
    counts[error_bin(0.25)] = 999;
    counts[error_bin(3.0)] = 1;
    t.add(0.5, 1000, 999 * 0.25 + 3.0, 1.0, counts);
    CHECK(t.quantile(0.99) == error_bin_begin(error_bin(0.25) + 1));
    CHECK(t.quantile(0.9999) == error_bin_begin(error_bin(3.0) + 1));
    CHECK(t.mass.value() == 0.5);
}

TEST_CASE("tallies survive being text, to the last bit") {
    tallies t;
    t.inputs = (std::uint64_t{1} << 53) + 1;
    t.worst.update(0.1, {true, 7, 9});
    t.rounding_steps = 3.0;
    t.nan_mismatches.add(2, {true, 8, 1});
    for (const double v : {1e300, 0.1, 0x1p-1074, 3.0}) t.sum_ulp.add(v);
    t.histogram[3] = 5;
    t.binades[17].counted = 2;
    t.binades[17].max_ulp = 0.3;
    t.binades[17].sum_ulp.add(0.7);
    t.normal[1].mass.add(0.25);
    t.normal[1].histogram[9] = 11;
    const tallies back = read_tallies(write_tallies(t));
    CHECK(write_tallies(back) == write_tallies(t));
    CHECK(back.inputs == t.inputs);
    CHECK(back.worst == t.worst);
    CHECK(back.rounding_steps == t.rounding_steps);
    CHECK(back.sum_ulp == t.sum_ulp);
    CHECK(back.binades[17].sum_ulp == t.binades[17].sum_ulp);
    CHECK(back.normal[1].histogram == t.normal[1].histogram);
}

TEST_CASE("an exact sum is refused unless it is written as it would be") {
    exact_sum sum;
    sum.add(0x1.8p-3);
    CHECK(exact_sum_text::read(exact_sum_text::write(sum)) == sum);
    for (const char* text :
         {"", "0x", "0x0p-4", "0x1", "0x10p-1074", "0x1p-1075", "0x1p-1073", "0x1gp-1074", "1p0"})
        CHECK_THROWS_AS(exact_sum_text::read(text), std::invalid_argument);
}
