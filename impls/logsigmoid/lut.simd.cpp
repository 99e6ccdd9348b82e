// lut: logsigmoid(x) = min(x, 0) + logsigmoid(|x|), the second a piecewise polynomial in |x|; see
// lut/pieces.hpp. Beyond the last border it is 0: left of there the result is x, right of there 0, where the
// tail is given up.
#include "impls/lut/pieces.hpp"

namespace {

using namespace ulpfront;

#include "ulpfront/lut/logsigmoid.inc"
static_assert(linear_16.part == lut::part::right);

template <const auto& Pieces>
struct under_ramp {
    template <class T, class Arch>
    struct kernel {
        using batch = xsimd::batch<T, Arch>;
        static batch eval(const batch& x) {
            // As the second argument NaN is kept by the minimum of every ISA.
            return xsimd::min(batch(0.0F), x) + lut::evaluate<Pieces, Arch>(x);
        }
    };
};

}  // namespace

ULPFRONT_LUT_ROWS(under_ramp, lut::usual_flags)
