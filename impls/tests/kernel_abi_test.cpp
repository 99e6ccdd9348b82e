// The C contract, from both of its sides: the header alone in C++, and a library written in C.
#include "ulpfront/kernel_abi.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "impls/catalogue.hpp"

TEST_CASE("the example in C loads, says what it is, and computes") {
    const ulpfront::kernel_library library(ULPFRONT_EXAMPLE_LIBRARY);
    REQUIRE(library.kernels().size() == 1);
    const ulpfront::kernel_info& kernel = library.kernels().front();
    CHECK(kernel.function == "relu");
    CHECK(kernel.shown_name() == "example:mine");
    CHECK(kernel.method == ULPFRONT_METHOD_SIMD);
    CHECK(kernel.promise_kind == ULPFRONT_PROMISE_EXACT);
    CHECK(kernel.code_id == 0);

    const std::vector<float> in{-1.0F, 0.0F, 2.5F, -std::numeric_limits<float>::infinity(),
                                std::numeric_limits<float>::quiet_NaN()};
    std::vector<float> out(in.size(), 7.0F);
    library.row(0).eval(nullptr, in.data(), out.data(), in.size());
    CHECK(out[0] == 0.0F);
    CHECK(out[1] == 0.0F);
    CHECK(out[2] == 2.5F);
    CHECK(out[3] == 0.0F);
    CHECK(std::isnan(out[4]));
}
