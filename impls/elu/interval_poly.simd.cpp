// interval_poly: x on the right; on the left -expm1(-a), a = |x|, by one of 16 polynomials of degree 6 (8 of
// degree 7 where tables of 8 entries are cheaper), negated. No exponential, no cancellation; see
// simd/intervals.hpp. The short ones have a degree less.
//
// Error in ULP: the last rounding 0.5, the inner sum's 0.3; the short polynomials add 0.4.
#include "impls/simd/intervals.hpp"
#include "impls/simd/map.hpp"
#include "impls/simd/subnormal.hpp"

namespace {

using namespace ulpfront;

#include "impls/simd/expm1_intervals.coef.inc"

template <const auto& Many, const auto& Few>
struct by {
    template <class T, class Arch>
    struct kernel {
        using batch = xsimd::batch<T, Arch>;
        static constexpr bool streams = true;
        static batch eval(const batch& x) {
            const batch left =
                simd::negated(simd::by_intervals<Many, Few, Arch>(simd::abs_not_tiny<Arch>(x)));
            // What is tiny is x on the left too, and so is NaN.
            return xsimd::select(x <= batch(-simd::tiny), left, x);
        }
    };

    static constexpr ulpfront_row row(const char* name, double error, const char* note) {
        return simd::simd_row<kernel, float>({
            .kernel = name,
            .method = ULPFRONT_METHOD_SIMD,
            .promise_kind = ULPFRONT_PROMISE_ULP,
            .promise_value = error,
            .promise_flags = all_special_values,
            .note = note,
        });
    }
};

}  // namespace

ULPFRONT_ROW(full,
             by<expm1_16, expm1_8>::row("interval_poly", 0.95, "16 (AVX2: 8) polynomials, no exponential"))
ULPFRONT_ROW(interval_poly_short,
             by<short_expm1_16, short_expm1_8>::row("interval_poly_short", 2.5, "a degree less"))
