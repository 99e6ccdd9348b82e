// lut: 1/2 and an odd part, which is a piecewise polynomial in |x|; see lut/pieces.hpp. Beyond the last
// border the odd part is 1/2 and the result 0 or 1: the left tail is given up.
#include "impls/lut/pieces.hpp"

namespace {

using namespace ulpfront;

#include "ulpfront/lut/sigmoid.inc"
static_assert(linear_16.part == lut::part::odd);

}  // namespace

#define ULPFRONT_LUT_ROW(table) ULPFRONT_ROW(table, lut::row<table, lut::odd_sum<table, 1>::kernel>())
ULPFRONT_LUT_TABLES(ULPFRONT_LUT_ROW)
