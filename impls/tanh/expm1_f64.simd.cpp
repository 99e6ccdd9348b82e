// Both of binary64, -m / (2 + m) with m = e^(-2|x|) - 1 by a table (simd/expm1_64.hpp), then the sign of x:
// expm1_hilo: m and 2 + m as sums of two doubles and a corrected quotient, rounded in the last step only: 0.5
// ULP, and 2^-5 of the terms below.
// expm1_div: m in single doubles, 0.6 ULP, which near 1 counts twice, and one division, 0.5, corrected by
// what m and 2 + m have lost, 0.5.
//
// |x| is clamped at 20, where the result rounds to 1.
#include "impls/simd/expm1_64.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

/// -2|x|; as the second argument NaN is kept by the maximum of every ISA.
template <class Arch>
xsimd::batch<double, Arch> argument(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    const batch minus = xsimd::max(batch(-20.0), simd::minus_abs(x));
    return minus + minus;
}

template <class T, class Arch>
struct expm1_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{1.0, 1.0};
    static batch eval(const batch& x) {
        const auto m = simd::expm1_64<Arch>(argument<Arch>(x));
        const auto d = simd::two_sum_ordered<Arch>(batch(2.0), m.high);
        const auto q = simd::quotient_of_two<Arch>(m, {d.high, d.low + m.low});
        return xsimd::abs(q.high + q.low) | xsimd::bitofsign(x);
    }
};

template <class T, class Arch>
struct expm1_div {
    using batch = xsimd::batch<T, Arch>;
    static constexpr simd::line near_zero{1.0, 1.0};
    static batch eval(const batch& x) {
        const auto parts = simd::quick_expm1_64<Arch>(argument<Arch>(x));
        const auto m = simd::two_sum_ordered<Arch>(parts.high, parts.low);
        const auto d = simd::two_sum_ordered<Arch>(batch(2.0), m.high);
        const batch q = simd::divide(m.high, d.high);
        // For the quotient of the sums a division by d is missing, which is 1 where they matter most.
        const batch lost = simd::fnma(q, d.low + m.low, m.low);
        return xsimd::abs(q + lost) | xsimd::bitofsign(x);
    }
};

constexpr auto seams = simd::expm1_64_seams(2.0);

}  // namespace

ULPFRONT_ROW(expm1_hilo,
             simd::simd_ulp_row<expm1_hilo, double>("expm1_hilo", 0.6,
                                                    "table exponential in two doubles, corrected quotient",
                                                    seams))
ULPFRONT_ROW(expm1_div, simd::simd_ulp_row<expm1_div, double>("expm1_div", 3.0,
                                                              "table exponential and one division", seams))
