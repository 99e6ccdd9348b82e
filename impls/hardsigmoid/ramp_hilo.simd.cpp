// ramp_hilo: (x + 3) / 6 of an x between -3 and 3, rounded in the last step only:
// 1. x + 3 = s + lost exactly (Dekker's sum, 3 being the larger).
// 2. q = s times the rounded 1/6, within 1.5 ULP of s / 6.
// 3. The rest s - 6 q by s - 4 q - 2 q: both differences are of numbers within a factor of two, and exact.
// 4. q + (rest + lost) / 6: 0.5 ULP and 2^-22 of one.
// Of binary32 all 2^32 results are correctly rounded: middles between two results are met exactly. As the
// second argument NaN is kept by minimum and maximum of every ISA.
#include "impls/simd/fma.hpp"
#include "impls/simd/map.hpp"

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
        // Not fused: of three units the product, rounded, is half of one, and what is a middle stays one.
        return q + (rest + lost) * sixth;
    }
};

constexpr row_facts facts(std::uint32_t method, std::uint32_t kind, double promised) {
    return {
        .kernel = "ramp_hilo",
        .method = method,
        .promise_kind = kind,
        .promise_value = promised,
        .promise_flags = all_special_values | ULPFRONT_FLAG_MONOTONE,
        .note = "x + 3 and its rest, a corrected sixth of both",
    };
}

}  // namespace

ULPFRONT_ROW(f32, simd::simd_row<ramp_hilo, float>(facts(ULPFRONT_METHOD_EXACT, ULPFRONT_PROMISE_EXACT, 0.0)))
ULPFRONT_ROW(f64, simd::simd_row<ramp_hilo, double>(facts(ULPFRONT_METHOD_SIMD, ULPFRONT_PROMISE_ULP, 0.501)))
