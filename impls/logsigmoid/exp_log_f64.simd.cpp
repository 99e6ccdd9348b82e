// Both of binary64, -(max(-x, 0) + log1p(e^-|x|)), exponential and logarithm by tables (simd/log1p64.hpp):
// exp_log_hilo: sums of two doubles, rounded in the last step only: 0.5 ULP and 0.15 of the terms below,
// 0.8 where a result is just subnormal.
// exp_log_table: in single doubles: the exponential 1.1 ULP, the logarithm 1.5, the sum 0.5.
#include "impls/simd/log1p64.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct exp_log_hilo {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) { return simd::negated(simd::log1p_exp64<Arch>(simd::negated(x))); }
};

template <class T, class Arch>
struct exp_log_table {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        return simd::negated(simd::quick_log1p_exp64<Arch>(simd::negated(x)));
    }
};

constexpr auto seams = simd::exp64_seams(1.0);

}  // namespace

ULPFRONT_ROW(exp_log_hilo, simd::simd_ulp_row<exp_log_hilo, double>(
                               "exp_log_hilo", 0.95, "table exponential and logarithm in two doubles", seams))
ULPFRONT_ROW(exp_log_table,
             simd::simd_ulp_row<exp_log_table, double>("exp_log_table", 4.0,
                                                       "table exponential and logarithm", seams))
