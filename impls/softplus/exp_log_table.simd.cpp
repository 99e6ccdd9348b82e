// exp_log_hilo: softplus(x) = max(x, 0) + log1p(e^-|x|), the exponential and the logarithm by tables in
// registers, products and sums in two floats (simd/log1p_exp.hpp): 0.5 ULP of the last rounding, 0.3 of the
// rest. exp_log_table: the same in single floats: e^-|x| 0.6 ULP, log1p(e)/e 0.6, the product 0.5, twice that
// in the worst place of a binade, the sum 0.5.
#include <numbers>

#include "impls/simd/log1p_exp.hpp"
#include "impls/simd/map.hpp"
#include "impls/simd/subnormal.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct exp_log_hilo {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) { return simd::log1p_exp<Arch>(simd::raised<Arch>(x)); }
};

template <class T, class Arch>
struct exp_log_table {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{0.5, 0.5, std::numbers::ln2};
    static batch eval(const batch& x) { return simd::quick_log1p_exp<Arch>(x); }
};

}  // namespace

ULPFRONT_ROW(exp_log_hilo,
             simd::simd_ulp_row<exp_log_hilo, float>(
                 "exp_log_hilo", 0.95, "table exponential and logarithm in two floats, no division"))
ULPFRONT_ROW(exp_log_table,
             simd::simd_ulp_row<exp_log_table, float>("exp_log_table", 4.0,
                                                      "table exponential and logarithm, no division"))
