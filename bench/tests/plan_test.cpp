// The plan: names, floors, filters, order.
#include "bench/plan.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "impls/tool.hpp"

using namespace ulpfront;
using namespace ulpfront::bench;

namespace {

kernel_info make_kernel(const char* function, const char* name, std::uint32_t method, std::uint32_t isa,
                        std::uint32_t dtype = ULPFRONT_DTYPE_F32) {
    kernel_info kernel;
    kernel.function = function;
    kernel.kernel = name;
    kernel.library = "lib";
    kernel.path = "/lib.so";
    kernel.method = method;
    kernel.isa = isa;
    kernel.dtype = dtype;
    return kernel;
}

const std::vector<kernel_info> kernels = {
    make_kernel("alpha", "a", ULPFRONT_METHOD_SIMD, ULPFRONT_ISA_AVX2),
    make_kernel("copy", "n", ULPFRONT_METHOD_NULL, ULPFRONT_ISA_AVX2),
    make_kernel("copy", "n", ULPFRONT_METHOD_NULL, ULPFRONT_ISA_SCALAR),
    make_kernel("copy", "n", ULPFRONT_METHOD_NULL, ULPFRONT_ISA_AVX2, ULPFRONT_DTYPE_F64),
    make_kernel("beta", "b", ULPFRONT_METHOD_NAIVE, ULPFRONT_ISA_SCALAR, ULPFRONT_DTYPE_I8),
};

const input_matrix small{{distribution::uniform, distribution::edge}, {400, 2048}, {false, true}};

std::vector<std::string> names(const std::vector<benchmark_case>& cases) {
    std::vector<std::string> result;
    for (const benchmark_case& each : cases) result.push_back(each.name());
    return result;
}

}  // namespace

TEST_CASE("cases are the product of kernels and inputs, workload by workload, floors first") {
    const auto all = names(make_cases(kernels, small));
    REQUIRE(all.size() == 32);  // three f32 kernels and one f64; i8 has no inputs
    CHECK(all[0] == "copy/f32/lib:n/avx2/uniform/400");
    CHECK(all[1] == "copy/f32/lib:n/scalar/uniform/400");
    CHECK(all[2] == "alpha/f32/lib:a/avx2/uniform/400");
    CHECK(all[3] == "copy/f32/lib:n/avx2/uniform/400/inplace");
    CHECK(all[6] == "copy/f32/lib:n/avx2/edge/400");
    CHECK(all.back() == "copy/f64/lib:n/avx2/edge/2048/inplace");
}

TEST_CASE("a filter keeps what it is found in, or the rest") {
    const auto cases = make_cases(kernels, small);
    CHECK(filter_cases(cases, "").size() == cases.size());
    CHECK(filter_cases(cases, "all").size() == cases.size());
    CHECK(filter_cases(cases, "alpha").size() == 8);
    CHECK(filter_cases(cases, "-alpha").size() == cases.size() - 8);
    CHECK(filter_cases(cases, "^alpha/.*/400$").size() == 2);
    CHECK_THROWS_AS(filter_cases(cases, "alhpa"), failure);
    CHECK_THROWS_WITH(filter_cases(cases, "alhpa"), Catch::Contains("near: alpha"));
    CHECK_THROWS_WITH(filter_cases(cases, "alhpa/f32"), Catch::Contains("alpha/f32/lib:a/avx2/"));
    CHECK_THROWS_WITH(filter_cases(cases, "["), Catch::Contains("regular expression"));
    CHECK_THROWS_AS(filter_cases(cases, "-."), failure);
}

TEST_CASE("floors are added once, for the ISAs that are there") {
    const auto alpha = make_cases({kernels[0]}, {{distribution::uniform}, {400}, {false, true}});
    const auto with = names(with_floors(alpha, kernels));
    CHECK(with == std::vector<std::string>{
                      "null/f32/libc:memcpy/auto/uniform/400", "copy/f32/lib:n/avx2/uniform/400",
                      "alpha/f32/lib:a/avx2/uniform/400", "copy/f32/lib:n/avx2/uniform/400/inplace",
                      "alpha/f32/lib:a/avx2/uniform/400/inplace"});
    const auto all = with_floors(make_cases(kernels, small), kernels);
    CHECK(all.size() == 32 + 8);  // memcpy for each workload out of place
    CHECK(with_floors(all, kernels).size() == all.size());
}

TEST_CASE("the order has every repetition once, workload by workload, shuffled by its seed") {
    const auto cases = make_cases(kernels, small);
    const auto order = make_order(cases, 5, true, 1);
    CHECK(order.size() == 5 * cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) CHECK(std::count(order.begin(), order.end(), i) == 5);
    CHECK(std::all_of(order.begin(), order.begin() + 15, [](std::size_t i) { return i < 3; }));
    CHECK_FALSE(std::is_sorted(order.begin(), order.begin() + 15));
    CHECK(order == make_order(cases, 5, true, 1));
    CHECK(order != make_order(cases, 5, true, 2));
    const auto plain = make_order(cases, 5, false, 1);
    CHECK(std::is_sorted(plain.begin(), plain.end()));
}
