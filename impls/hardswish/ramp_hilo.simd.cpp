// ramp_hilo: x times the hard sigmoid h, which is taken as a sum of two, rounded in the last step only:
// 1. Between -3 and 3, x + 3 = s + lost exactly (Dekker's sum, 3 being the larger).
// 2. q = s times the rounded 1/6; the rest s - 6 q by s - 4 q - 2 q, which is exact; h = q + (rest + lost)
// / 6.
// 3. x q + x (rest + lost) / 6 with one rounding: 0.5 ULP and 2^-22 of one.
// From 3 on it is x. A subnormal result next to 0 is x/2 and a trifle, so that middles are rounded upwards:
// of x/2 and x - x/2 it is the larger one. As the second argument NaN is kept by minimum and maximum of every
// ISA.
#include "impls/simd/map.hpp"
#include "impls/simd/two.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct ramp_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        const batch sixth(T(1) / T(6));
        const batch inside = xsimd::min(batch(T(3)), xsimd::max(batch(T(-3)), x));
        const batch sum = inside + batch(T(3));
        const batch lost = (batch(T(3)) - sum) + inside;
        const batch q = sum * sixth;
        const batch rest = simd::fnma(q, batch(T(2)), simd::fnma(q, batch(T(4)), sum));
        const batch y = simd::fma_once<Arch>(inside, q, inside * ((rest + lost) * sixth));
        const batch bent = xsimd::select(x > batch(T(3)), x, y);
        return xsimd::max(x - bent, bent) | xsimd::bitofsign(x);
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
