// ramp_hilo: x times the hard sigmoid, which is a sum of two (simd/sixth.hpp), rounded in the last step only:
// 0.5 ULP and 2^-22 of one. From 3 on it is x. A subnormal result next to 0 is x/2 and a trifle, so that
// middles are rounded upwards: of x/2 and x - x/2 it is the larger one.
#include "impls/simd/map.hpp"
#include "impls/simd/sixth.hpp"
#include "impls/simd/two.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct ramp_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static constexpr simd::line near_zero = simd::half_and_more<T>;
    static batch eval(const batch& x) {
        const auto h = simd::sixth_of_raised(x);
        const batch y = simd::fma_once<Arch>(h.inside, h.q, h.inside * h.low);
        const batch bent = xsimd::max(h.inside - y, y) | xsimd::bitofsign(x);
        return xsimd::select(x > batch(T(3)), x, bent);
    }
};

constexpr row_facts facts{
    .kernel = "ramp_hilo",
    .method = ULPFRONT_METHOD_SIMD,
    .promise_kind = ULPFRONT_PROMISE_ULP,
    .promise_value = 0.501,
    .promise_flags = all_special_values,
    .note = "x times a corrected sixth of x + 3 and its rest",
};

}  // namespace

ULPFRONT_ROW(f32, simd::simd_row<ramp_hilo, float>(facts))
ULPFRONT_ROW(f64, simd::simd_row<ramp_hilo, double>(facts))
