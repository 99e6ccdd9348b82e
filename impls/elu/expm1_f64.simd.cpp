// Both of binary64, x or e^x - 1 by a table (simd/expm1_64.hpp):
// expm1_hilo: as a sum of two doubles, rounded in the last step only: 0.5 ULP, and 2^-5 of the terms below.
// expm1_table: in single doubles, 2 ULP.
//
// x is clamped at -40, where the result rounds to -1.
#include "impls/simd/expm1_64.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

/// As the second argument NaN is kept by the minimum and the maximum of every ISA.
template <class Arch>
xsimd::batch<double, Arch> bounded(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    return xsimd::max(batch(-40.0), xsimd::min(batch(0.0), x));
}

template <class T, class Arch>
struct expm1_hilo {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        const auto m = simd::expm1_64<Arch>(bounded<Arch>(x));
        return xsimd::select(x >= batch(0.0), x, m.high + m.low);
    }
};

template <class T, class Arch>
struct expm1_table {
    using batch = xsimd::batch<T, Arch>;
    static batch eval(const batch& x) {
        const batch m = simd::quick_expm1_64<Arch>(bounded<Arch>(x));
        return xsimd::select(x >= batch(0.0), x, m);
    }
};

constexpr auto seams = simd::expm1_64_seams(1.0);

}  // namespace

ULPFRONT_ROW(expm1_hilo, simd::simd_row<expm1_hilo, double>({
                             .kernel = "expm1_hilo",
                             .method = ULPFRONT_METHOD_SIMD,
                             .promise_kind = ULPFRONT_PROMISE_ULP,
                             .promise_value = 0.6,
                             .promise_flags = all_special_values,
                             .note = "table exponential in two doubles",
                             .seams = seams,
                         }))
ULPFRONT_ROW(expm1_table, simd::simd_row<expm1_table, double>({
                              .kernel = "expm1_table",
                              .method = ULPFRONT_METHOD_SIMD,
                              .promise_kind = ULPFRONT_PROMISE_ULP,
                              .promise_value = 3.0,
                              .promise_flags = all_special_values,
                              .note = "table exponential",
                              .seams = seams,
                          }))
