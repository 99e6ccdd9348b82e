// lut: 1/2 and an odd part, which is a piecewise polynomial in |x|; see lut/pieces.hpp. Beyond the last
// border the odd part is 1/2 and the result 0 or 1: the left tail is given up.
#include "impls/lut/pieces.hpp"

namespace {

using namespace ulpfront;

#include "ulpfront/lut/sigmoid.inc"
static_assert(linear_16.part == lut::part::odd);

template <const auto& Pieces>
using half_and_odd_sum = lut::odd_sum<Pieces, 1>;

}  // namespace

ULPFRONT_LUT_ROWS(half_and_odd_sum, lut::usual_flags)
