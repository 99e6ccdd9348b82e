// ramp_hilo: (x + 3) / 6 as a sum of two (simd/sixth.hpp), rounded in the last step only: 0.5 ULP and 2^-22
// of one. Of binary32 all 2^32 results are correctly rounded: of three units the second part, rounded, is
// half of one, so that a middle between two results is met exactly.
#include "impls/simd/map.hpp"
#include "impls/simd/sixth.hpp"
#include "impls/simd/subnormal.hpp"

namespace {

using namespace ulpfront;

template <class T, class Arch>
struct ramp_hilo {
    using batch = xsimd::batch<T, Arch>;
    static constexpr bool streams = true;
    static batch eval(const batch& x) {
        const auto h = simd::sixth_of_raised(simd::raised_on_line(x));
        return h.q + h.low;
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
