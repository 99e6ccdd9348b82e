// The reader of markup sees what it is for.
#include "reports/tests/markup.hpp"

#include <catch2/catch.hpp>

namespace ulpfront::reports::markup {
namespace {

TEST_CASE("well-formed markup has no defect") {
    CHECK(defect("<!DOCTYPE html><p id=\"a\">1 &lt; 2<br>x</p><svg><g/></svg><script>a < b && c</script>") ==
          "");
    CHECK(
        defect("<table><thead><tr><th>a<th>b</thead><tbody><tr><th>c<td>d\n<tr><th>e<td>f</tbody></table>") ==
        "");
}

TEST_CASE("every kind of defect is seen") {
    for (const char* bad : {"<p>", "</p>", "<p></b>", "<p x=1></p>", "<p x=\"a<b\"></p>", "a < b", "a & b",
                            "a > b", "<p x=\"1\" x=\"2\"></p>", "<script>", "<p x=\"1\"y=\"2\"></p>",
                            "<table><tr><td><b></table>", "<table><tbody><tr><td></table>"}) {
        CAPTURE(bad);
        CHECK(defect(bad) != "");
    }
}

}  // namespace
}  // namespace ulpfront::reports::markup
