// lut: an odd piecewise polynomial in |x|; see lut/pieces.hpp. Beyond the last border the result
// is 1 or -1, far from its long tails.
#include "impls/lut/pieces.hpp"

namespace {

using namespace ulpfront;

#include "ulpfront/lut/softsign.inc"
static_assert(linear_16.part == lut::part::odd);

template <const auto& Pieces>
using odd_part = lut::odd_sum<Pieces, 0>;

}  // namespace

ULPFRONT_LUT_ROWS(odd_part, lut::usual_flags | ULPFRONT_FLAG_NEG_ZERO)
