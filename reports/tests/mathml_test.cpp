#include "reports/mathml.hpp"

#include <catch2/catch.hpp>

namespace ulpfront::reports {
namespace {

TEST_CASE("formulas of known elements pass unchanged") {
    for (const char* good :
         {"<mi>x</mi>",
          "<mfrac><mn>1</mn><mrow><mn>1</mn><mo>+</mo><msup><mi>e</mi><mi>x</mi></msup></mrow></mfrac>",
          "<mo>&gt;</mo><mo>&#x2264;</mo>", "", "<mtable><mtr><mtd><mi>ü</mi></mtd></mtr></mtable>"}) {
        CHECK(checked_mathml(good) == good);
    }
}

TEST_CASE("anything else is dropped") {
    for (const char* bad : {"<script>alert(1)</script>", "<mi onclick=\"x()\">x</mi>", "<mi>x", "</mi>",
                            "<mi><mo></mi></mo>", "<mi", "a > b", "<annotation-xml>", "& x", "&;", "<!-- -->",
                            "<MI>x</MI>", "<mi>\x01</mi>", "<mtext><img src=x></mtext>"}) {
        CAPTURE(bad);
        CHECK(checked_mathml(bad) == "");
    }
}

}  // namespace
}  // namespace ulpfront::reports
