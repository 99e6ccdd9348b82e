// lut_segment: 0, 1/2 + x/6 or 1 by a table of three lines (lut/segments.hpp). Next to -3 the two terms
// cancel, which leaves 1/6's own rounding, an error small beside 1 alone.
#include "impls/lut/segments.hpp"

ULPFRONT_ROW(
    lut_segment,
    ulpfront::simd::simd_row<ulpfront::lut::by_segment<ulpfront::lut::sixth_of_raised>::kernel, float>({
        .kernel = "lut_segment",
        .method = ULPFRONT_METHOD_LUT,
        .promise_kind = ULPFRONT_PROMISE_ABSOLUTE,
        .promise_value = 0x1p-24,
        .promise_flags = ulpfront::all_special_values | ULPFRONT_FLAG_MONOTONE,
        .note = "a line looked up by the borders -3 and 3",
    }))
