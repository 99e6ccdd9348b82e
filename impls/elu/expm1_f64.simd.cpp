// Both of binary64, x or e^x - 1 by a table (simd/expm1_64.hpp):
// expm1_hilo: as a sum of two doubles, rounded in the last step only: 0.5 ULP, and 2^-5 of the terms below.
// expm1_table: in single doubles: the smaller of two terms 0.6 ULP, and the sum 0.5; without FMA 0.3 more.
//
// x is clamped at -40, where the result rounds to -1.
#include "impls/simd/expm1_64.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct expm1_hilo {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        const auto m = simd::expm1_64<Arch>(simd::left_of_zero64<Arch>(x, -simd::tiny64));
        return xsimd::select(x > batch(-simd::tiny64), x, m.high + m.low);
    }
};

template <class T, class Arch>
struct expm1_table {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        const auto m = simd::quick_expm1_64<Arch>(simd::left_of_zero64<Arch>(x, -simd::tiny64));
        return xsimd::select(x > batch(-simd::tiny64), x, m.high + m.low);
    }
};

constexpr auto seams = simd::expm1_64_seams(1.0);

}  // namespace

ULPFRONT_ROW(expm1_hilo, simd::simd_ulp_row<expm1_hilo, double>("expm1_hilo", 0.6,
                                                                "table exponential in two doubles", seams))
ULPFRONT_ROW(expm1_table,
             simd::simd_ulp_row<expm1_table, double>("expm1_table", 3.0, "table exponential", seams))
