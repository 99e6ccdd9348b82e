#include "reports/text.hpp"

#include <stdio.h>

#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "reports/results.hpp"

namespace ulpfront::reports {
namespace {

TEST_CASE("times keep three significant digits") {
    CHECK(time_text(0.05117) == "0.0512");
    CHECK(time_text(0.33) == "0.330");
    CHECK(time_text(9.996) == "10.0");
    CHECK(time_text(12.34) == "12.3");
    CHECK(time_text(99.96) == "100");
    CHECK(time_text(1234.4) == "1234");
}

TEST_CASE("an error is never shown on the wrong side of a tier") {
    CHECK(ulp_text(0.775) == "0.775");
    CHECK(ulp_text(0.99996) == "0.99996");
    CHECK(ulp_text(1.00004) == "1.00004");
    CHECK(ulp_text(0.50000001) == "0.50000001");
    CHECK(ulp_text(0.4999999999999998) == "0.49999999…");
    CHECK(ulp_text(0.5000000000000002) == "0.50000000…");
    CHECK(ulp_text(1.0000000000000002) == "1.0000000…");
    CHECK(ulp_text(3.9999) == "3.9999");
    CHECK(ulp_text(4.0) == "4");
    CHECK(ulp_text(0.0) == "0");
    CHECK(ulp_text(8388608.0) == "8.4e+06");
    CHECK(ulp_text(61000.4) == "61000");
    CHECK(ulp_text(std::numeric_limits<double>::infinity()) == "inf");
}

TEST_CASE("counts read well") {
    CHECK(count_of(1, "input") == "1 input");
    CHECK(count_of(0, "input") == "0 inputs");
    CHECK(count_text(1234567) == "1,234,567");
    CHECK(count_text(4294967296U) == "2³²");
    CHECK(count_text(65536000) == "65,536,000");
    CHECK(count_text(1024) == "1,024");
}

TEST_CASE("shares never round to nothing or everything") {
    CHECK(share_text(0.0) == "0 %");
    CHECK(share_text(0.5) == "50.0 %");
    CHECK(share_text(1e-7) == "< 0.01 %");
    CHECK(share_text(0.9999999) == "> 99.9 %");
    CHECK(share_text(1.0) == "100 %");
}

TEST_CASE("misrounded results are counted where a share would hide them") {
    accuracy_row row;
    CHECK(misrounded_text(row) == "–");
    row.inputs_tried = 4294967296U;
    row.misrounded = 66;
    CHECK(misrounded_text(row) == "66");
    row.misrounded = 429496730;
    CHECK(misrounded_text(row) == "10.0 %");
}

TEST_CASE("promises are spelt out") {
    accuracy_row row;
    row.promise_kind = "ulp";
    row.promise_value = 0.8;
    CHECK(promise_text(row) == "≤ 0.8 ULP");
    row.promise_kind = "absolute";
    row.promise_value = 0x1p-10;
    CHECK(promise_text(row) == "≤ 2⁻¹⁰ · max(1, |f|)");
    row.promise_value = 0.001;
    CHECK(promise_text(row) == "≤ 0.001 · max(1, |f|)");
    row.promise_kind = "none";
    CHECK(promise_text(row) == "nothing");
}

TEST_CASE("nothing in a name is markup") {
    CHECK(escape_html("<script>\"'&") == "&lt;script&gt;&quot;&#39;&amp;");
    CHECK(escape_html(std::string("a\0b\x1b", 4)) ==
          "a\xEF\xBF\xBD"
          "b\xEF\xBF\xBD");
    CHECK(escape_html("ü🙂") == "ü🙂");
    CHECK(escape_markdown("a|b*c_d`<img>\n# @x") == "a\\|b\\*c\\_d\\`\\<img\\> \\# \\@x");
    CHECK(markdown_code("a`b|c\nd") == "`a'b\\|c d`");
}

/// What a POSIX shell makes of a command.
std::string from_shell(const std::string& command) {
    FILE* pipe = popen(command.c_str(), "r");  // NOLINT(cert-env33-c): the test's own words
    REQUIRE(pipe != nullptr);
    std::string text;
    for (int c = 0; (c = fgetc(pipe)) != EOF;) text += static_cast<char>(c);
    REQUIRE(pclose(pipe) == 0);
    return text;
}

TEST_CASE("a shell reads a quoted word back unchanged") {
    CHECK(shell_word("exp_div") == "exp_div");
    for (const std::string word : {"", "a b", "it's", "$(reboot)", "`x`", "\"q\"", "a\nb", "*", "~", "ü🙂",
                                   "-0x1p+3", "\\.", "!x"}) {
        CAPTURE(word);
        CHECK(from_shell("printf %s " + shell_word(word)) == word);
    }
}

TEST_CASE("slugs are short, harmless and different for different names") {
    CHECK(slug("exp_div-2") == "exp_div-2");
    CHECK(slug("a/../b") == "a.2f.2e.2e.2fb");
    std::set<std::string> slugs;
    const std::string names[] = {"",
                                 "a",
                                 "A",
                                 "a.",
                                 "a/",
                                 "ü",
                                 "🙂",
                                 std::string(500, 'x'),
                                 std::string(501, 'x'),
                                 std::string(500, '<')};
    for (const std::string& name : names) {
        slugs.insert(slug(name));
        CHECK(slug(name).size() <= 77);
        CHECK(slug(name).find('/') == std::string::npos);
    }
    CHECK(slugs.size() == std::size(names));
}

TEST_CASE("shortening cuts between characters") {
    CHECK(shorten("abc", 3) == "abc");
    CHECK(shorten("abcd", 3) == "ab…");
    CHECK(shorten("üüüü", 3) == "üü…");
    CHECK(length_of("ü🙂x") == 3);
}

TEST_CASE("ratios and plain numbers") {
    CHECK(ratio_text(14.23) == "14.2");
    CHECK(ratio_text(168.4) == "168");
    CHECK(plain_number(-10.0) == "−10");
    CHECK(plain_number(0.01) == "0.01");
    CHECK(plain_number(-std::numeric_limits<double>::infinity()) == "−∞");
    CHECK(superscript(-127) == "⁻¹²⁷");
}

}  // namespace
}  // namespace ulpfront::reports
