// lut_segment: 0, x or 6 by a table of three lines (lut/segments.hpp); nothing is rounded.
#include "impls/lut/segments.hpp"

namespace {

using namespace ulpfront;

constexpr lut::segments table{
    .from = 0.0F,
    .to = 6.0F,
    .lines = {{{0.0F, 0.0F}, {0.0F, 1.0F}, {6.0F, 0.0F}}},
};

}  // namespace

ULPFRONT_ROW(lut_segment, simd::simd_row<lut::by_segment<table>::kernel, float>({
                              .kernel = "lut_segment",
                              .method = ULPFRONT_METHOD_LUT,
                              .promise_kind = ULPFRONT_PROMISE_EXACT,
                              .promise_flags = all_special_values | ULPFRONT_FLAG_MONOTONE,
                              .note = "a line looked up by the borders 0 and 6",
                          }))
