// Both of binary64, lambda x or lambda alpha (e^x - 1) by a table (simd/expm1_64.hpp):
// expm1_hilo: as a sum of two doubles, as is lambda alpha, rounded in the last step only: 0.5 ULP, and 2^-5
// of the terms below; 0.8 where they are subnormal.
// expm1_table: in single doubles: e^x - 1 as two terms, the smaller 0.6 ULP, their products with lambda alpha
// and the sum 0.5 each, lambda alpha 0.25, up to double in the worst place of a binade.
//
// x is clamped at -40, where the result rounds to -lambda alpha.
#include "impls/simd/expm1_64.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

constexpr double lambda = 1.0507009873554804934;
constexpr double alpha = 1.6732632423543772848;
constexpr double depth = lambda * alpha;
constexpr double depth_low = simd::product_rest(lambda, alpha);

template <class T, class Arch>
struct expm1_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{.left = depth, .right = lambda, .left_low = depth_low};
    static batch eval(const batch& x) {
        const auto m = simd::expm1_64<Arch>(simd::left_of_zero64<Arch>(x));
        const batch rest = simd::fma(m.low, batch(depth), m.high * batch(depth_low));
        const batch y = simd::fma_once<Arch>(m.high, batch(depth), rest);
        return xsimd::select(x >= batch(0.0), x * batch(lambda), y);
    }
};

template <class T, class Arch>
struct expm1_table {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{.left = depth, .right = lambda, .left_low = depth_low};
    static batch eval(const batch& x) {
        const auto m = simd::quick_expm1_64<Arch>(simd::left_of_zero64<Arch>(x));
        // Without FMA a sum less.
        const batch y = simd::has_fma<Arch> ? simd::fma(m.high, batch(depth), m.low * batch(depth))
                                            : (m.high + m.low) * batch(depth);
        return xsimd::select(x >= batch(0.0), x * batch(lambda), y);
    }
};

constexpr auto seams = simd::expm1_64_seams(1.0);

}  // namespace

ULPFRONT_ROW(expm1_hilo, simd::simd_ulp_row<expm1_hilo, double>("expm1_hilo", 0.95,
                                                                "table exponential in two doubles", seams))
ULPFRONT_ROW(expm1_table,
             simd::simd_ulp_row<expm1_table, double>("expm1_table", 4.0, "table exponential", seams))
