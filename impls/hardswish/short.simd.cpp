// short: x (x + 3) / 6, x clamped at -3 and x + 3 at 6 as in ramp.simd.cpp, for results of 16 bits. Close to
// 0 it is x / 2 and a trifle more: that is added, as it decides where x / 2 is half-way between two results.
#include "impls/simd/fma.hpp"
#include "impls/simd/narrow.hpp"

namespace {

using namespace ulpfront;

template <class E, class Arch>
struct kernel {
    using batch = xsimd::batch<float, Arch>;
    static constexpr bool never_ties = true;

    static batch eval(const batch& x) {
        const batch from_left = xsimd::max(batch(-3.0F), x);
        const batch raised = xsimd::min(batch(6.0F), from_left + batch(3.0F));
        const batch factor = raised * batch(1.0F / 6.0F);
        // Numbers that are not normal are slow in a product, but not in a sum.
        if constexpr (std::is_same_v<E, bf16>)
            return (from_left * factor + batch(0x1p-148F)) | xsimd::bitofsign(x);
        return simd::fma(from_left, factor, batch(0x1p-40F)) | xsimd::bitofsign(x);
    }
};

}  // namespace

ULPFRONT_SHORT_ROWS(kernel)
