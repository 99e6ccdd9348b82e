// short: max(x, 0) + log1p(e^-|x|) for results of 16 bits (simd/short_log1p_exp.hpp).
#include "impls/simd/narrow.hpp"
#include "impls/simd/short_log1p_exp.hpp"

namespace {

using namespace ulpfront;

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;
    static constexpr simd::magnitudes ordinary = simd::short_log1p_exp_ordinary<E>;

    static batch eval(const batch& x) { return simd::short_log1p_exp<E, Arch>(x, x); }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
