// lut: lambda x for x > 0, lambda alpha expm1(-|x|) as a piecewise polynomial in |x| otherwise; see
// lut/pieces.hpp. Beyond the last border that is the limit at -infinity.
#include "impls/lut/pieces.hpp"

namespace {

using namespace ulpfront;

#include "ulpfront/lut/selu.inc"
static_assert(linear_16.part == lut::part::left);

constexpr float lambda = 1.0507009873554804934F;

template <const auto& Pieces>
struct by_sign {
    template <class T, class Arch>
    struct kernel {
        using batch = xsimd::batch<T, Arch>;
        static batch eval(const batch& x) {
            // Never above 0; the sign of x turns its 0 into -0 where x is -0, and changes nothing else.
            const batch left = lut::evaluate<Pieces, Arch>(x) | xsimd::bitofsign(x);
            return xsimd::select(x > batch(0.0F), batch(lambda) * x, left);
        }
    };
};

}  // namespace

ULPFRONT_LUT_ROWS(by_sign, lut::usual_flags | ULPFRONT_FLAG_NEG_ZERO)
