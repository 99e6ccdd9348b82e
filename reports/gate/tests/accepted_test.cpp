#include "reports/gate/accepted.hpp"

#include <catch2/catch.hpp>

#include "impls/tool.hpp"

using namespace ulpfront;
using namespace ulpfront::gate;

namespace {

loss worse(const std::string& kernel, const std::string& what, std::optional<double> amount) {
    return {kernel, what, "", "", amount, "", ""};
}

/// The reason a loss is accepted for by a file of this text.
std::string reason_for(loss found, const std::string& text) {
    auto lines = parse_acceptances(text, "file");
    std::vector<loss> losses{std::move(found)};
    accept(losses, lines);
    return losses[0].accepted;
}

}  // namespace

TEST_CASE("a line accepts the loss it names, up to its limit") {
    const std::string text = "# why\n\n f/f32/k/avx2  max_ulp 2.5  two instructions fewer\n";
    CHECK(reason_for(worse("f/f32/k/avx2", "max_ulp", 2.4), text) == "two instructions fewer");
    CHECK(reason_for(worse("f/f32/k/avx2", "max_ulp", 2.5), text) == "two instructions fewer");
    CHECK(reason_for(worse("f/f32/k/avx2", "max_ulp", 2.6), text).empty());
    CHECK(reason_for(worse("f/f32/k/avx2", "misrounded", 2.0), text).empty());
    CHECK(reason_for(worse("f/f32/k/sse2", "max_ulp", 2.0), text).empty());
}

TEST_CASE("wildcards cover kernels, a dash covers what is no number") {
    CHECK(reason_for(worse("f/f32/k/avx2", "missing", std::nullopt), "f/*/k/* missing - gone for good") ==
          "gone for good");
    CHECK(reason_for(worse("f/f32/k/avx2", "max_ulp", 2.0), "f/*/k/* max_ulp - any").empty());
    CHECK(reason_for(worse("f/f32/k/avx2", "missing", std::nullopt), "f/*/k/* missing 3 x").empty());
}

TEST_CASE("a line without a reason, or with a limit that is none, is refused by its number") {
    CHECK_THROWS_WITH(parse_acceptances("\na max_ulp 2\n", "F"),
                      Catch::Contains("'F', line 2") && Catch::Contains("reason"));
    CHECK_THROWS_WITH(parse_acceptances("a max_ulp two because", "F"),
                      Catch::Contains("line 1") && Catch::Contains("'two'"));
    CHECK_THROWS_WITH(parse_acceptances("a", "F"), Catch::Contains("line 1"));
    try {
        parse_acceptances("a", "F");
    } catch (const failure& error) {
        CHECK(error.code() == exit_bad_input);
    }
}

TEST_CASE("a line that accepted nothing is known") {
    auto lines = parse_acceptances("a max_ulp 2 x\nb max_ulp 2 y", "F");
    std::vector<loss> losses{worse("b", "max_ulp", 1.0)};
    accept(losses, lines);
    CHECK_FALSE(lines[0].used);
    CHECK(lines[1].used);
}
