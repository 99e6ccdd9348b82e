// lut: softplus(x) = max(x, 0) + softplus(-|x|), the second a piecewise polynomial in |x|; see
// lut/pieces.hpp. Beyond the last border it is 0: right of there the result is x, left of there 0, where the
// tail is given up.
#include "impls/lut/pieces.hpp"

namespace {

using namespace ulpfront;

#include "ulpfront/lut/softplus.inc"
static_assert(linear_16.part == lut::part::left);

}  // namespace

ULPFRONT_LUT_ROWS(lut::over_ramp, lut::usual_flags)
