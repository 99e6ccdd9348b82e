// lut: an odd piecewise polynomial in |x|; see lut/pieces.hpp. Beyond the last border the result is 1 or -1.
#include "impls/lut/pieces.hpp"

namespace {

using namespace ulpfront;

#include "ulpfront/lut/tanh.inc"
static_assert(linear_16.part == lut::part::odd);

}  // namespace

#define ULPFRONT_LUT_ROW(table) \
    ULPFRONT_ROW(table,         \
                 lut::row<table, lut::odd_sum<table, 0>::kernel>(lut::usual_flags | ULPFRONT_FLAG_NEG_ZERO))
ULPFRONT_LUT_TABLES(ULPFRONT_LUT_ROW)
