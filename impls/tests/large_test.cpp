// Arrays that no cache holds, whose results some kernels store past the caches: the same bits as in pieces,
// at any alignment, and nothing beside them touched.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <limits>
#include <vector>

#include "impls/catalogue.hpp"

namespace {

using namespace ulpfront;

constexpr std::size_t large = (std::size_t{1} << 23) + 5;
constexpr std::size_t piece = 1000;
constexpr std::size_t room = 16;  // elements around the results

/// What stands beside the results.
template <class T>
constexpr T untouched = T(12345);

/// From -10 to 10, a few NaNs among them.
template <class T>
std::vector<T> inputs() {
    std::vector<T> x(large);
    for (std::size_t i = 0; i < large; ++i) x[i] = static_cast<T>(i * 7919 % 4001) * T(0.005) - T(10);
    for (std::size_t i = 0; i < large; i += 100003) x[i] = std::numeric_limits<T>::quiet_NaN();
    return x;
}

/// Whether results that begin `shift` elements into a page are those of pieces.
template <class T>
bool same_in_pieces(const ulpfront_row& row, const std::vector<T>& x, std::size_t shift) {
    static std::vector<T> out(large + 2 * room);
    std::fill(out.begin(), out.end(), untouched<T>);
    T* const y = out.data() + shift;
    row.eval(nullptr, x.data(), y, large);
    for (std::size_t i = 0; i < shift; ++i) {
        if (out[i] != untouched<T>) return false;
    }
    if (y[large] != untouched<T>) return false;
    std::vector<T> expected(piece);
    for (std::size_t i = 0; i < large; i += piece) {
        const std::size_t n = std::min(piece, large - i);
        row.eval(nullptr, x.data() + i, expected.data(), n);
        if (std::memcmp(y + i, expected.data(), n * sizeof(T)) != 0) return false;
    }
    return true;
}

/// Tries the kernels of a type that are fast: what is slower than memory does not stream.
template <class T>
std::size_t try_kernels(const std::string& path, std::uint32_t dtype, const std::vector<T>& x) {
    const kernel_library library(path);
    std::size_t tried = 0;
    for (std::size_t i = 0; i < library.kernels().size(); ++i) {
        const kernel_info& kernel = library.kernels()[i];
        const bool cheap = kernel.method == ULPFRONT_METHOD_SIMD &&
                           (kernel.promise_kind == ULPFRONT_PROMISE_EXACT || kernel.function == "tanh");
        if (!cheap || kernel.dtype != dtype) continue;
        INFO(kernel.function << ' ' << kernel.kernel << " of " << path);
        CHECK(same_in_pieces(library.row(i), x, 0));
        CHECK(same_in_pieces(library.row(i), x, 3));
        ++tried;
    }
    return tried;
}

}  // namespace

TEMPLATE_TEST_CASE("a large array has the bits of small ones", "", float, double) {
    const auto x = inputs<TestType>();
    const std::uint32_t dtype = sizeof(TestType) == 4 ? ULPFRONT_DTYPE_F32 : ULPFRONT_DTYPE_F64;
    std::size_t tried = 0;
    for (const std::string& path : find_libraries({}).paths) {
        if (path.find("libulpfront_impls_") == std::string::npos) continue;
        tried += try_kernels(path, dtype, x);
    }
    CHECK(tried > 0);
}

TEST_CASE("a kernel that errs for large arrays alone, or beside them, is seen") {
    const auto x = inputs<float>();
    static constexpr auto copy = [](const void* in, void* out, std::size_t n) {
        std::memcpy(out, in, n * sizeof(float));
        return static_cast<float*>(out);
    };
    ulpfront_row row{};
    row.eval = [](void*, const void* in, void* out, std::size_t n) { copy(in, out, n); };
    CHECK(same_in_pieces(row, x, 3));
    row.eval = [](void*, const void* in, void* out, std::size_t n) {
        float* const y = copy(in, out, n);
        if (n == large) y[large - 9] += 1.0F;
    };
    CHECK_FALSE(same_in_pieces(row, x, 3));
    row.eval = [](void*, const void* in, void* out, std::size_t n) {
        float* const y = copy(in, out, n);
        if (n == large) y[-1] = 0.0F;
    };
    CHECK_FALSE(same_in_pieces(row, x, 3));
}
