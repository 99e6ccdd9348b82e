// Eight binary64 numbers side by side, in the compilers' own vector type: the same source becomes SSE2,
// AVX2, AVX-512 or NEON code by flags alone, and gives the same bits on each.
#pragma once

#include <cstdint>
#include <cstring>

namespace ulpfront {

inline constexpr std::size_t pack_width = 8;

using pack_doubles [[gnu::vector_size(64)]] = double;
using pack_bits [[gnu::vector_size(64)]] = std::int64_t;
using pack_floats [[gnu::vector_size(32)]] = float;

#define ULPFRONT_INLINE [[gnu::always_inline]] inline

/// Eight truth values: all bits set or none.
struct pack_mask {
    pack_bits m;
};
ULPFRONT_INLINE pack_mask operator&(pack_mask a, pack_mask b) { return {a.m & b.m}; }
ULPFRONT_INLINE pack_mask operator|(pack_mask a, pack_mask b) { return {a.m | b.m}; }
ULPFRONT_INLINE pack_mask operator^(pack_mask a, pack_mask b) { return {a.m ^ b.m}; }
ULPFRONT_INLINE pack_mask operator~(pack_mask a) { return {~a.m}; }

/// Whether any of the eight is true.
ULPFRONT_INLINE bool any(pack_mask a) {
    std::int64_t folded = 0;
    for (std::size_t i = 0; i < pack_width; ++i) folded |= a.m[i];
    return folded != 0;
}

/// Eight numbers; arithmetic lane by lane, each operation rounded once (IEEE 754, to nearest).
struct pack {
    pack_doubles v;

    pack() = default;
    ULPFRONT_INLINE pack(pack_doubles all) : v(all) {}  // NOLINT(google-explicit-constructor)
    ULPFRONT_INLINE explicit pack(double all) : v(pack_doubles{} + all) {}
};

ULPFRONT_INLINE pack operator+(pack a, pack b) { return a.v + b.v; }
ULPFRONT_INLINE pack operator-(pack a, pack b) { return a.v - b.v; }
ULPFRONT_INLINE pack operator*(pack a, pack b) { return a.v * b.v; }
ULPFRONT_INLINE pack operator/(pack a, pack b) { return a.v / b.v; }
ULPFRONT_INLINE pack operator-(pack a) { return -a.v; }
ULPFRONT_INLINE pack_mask operator<(pack a, pack b) { return {a.v < b.v}; }
ULPFRONT_INLINE pack_mask operator<=(pack a, pack b) { return {a.v <= b.v}; }
ULPFRONT_INLINE pack_mask operator==(pack a, pack b) { return {a.v == b.v}; }
ULPFRONT_INLINE pack_mask operator!=(pack a, pack b) { return {a.v != b.v}; }

ULPFRONT_INLINE pack_bits bits(pack a) {
    pack_bits result;
    std::memcpy(&result, &a.v, sizeof result);
    return result;
}
ULPFRONT_INLINE pack from_bits(pack_bits a) {
    pack result;
    std::memcpy(&result.v, &a, sizeof a);
    return result;
}

ULPFRONT_INLINE pack select(pack_mask condition, pack if_true, pack if_false) {
    return condition.m ? if_true.v : if_false.v;
}
ULPFRONT_INLINE pack abs(pack a) { return from_bits(bits(a) & INT64_MAX); }
/// |magnitude| with the sign of sign.
ULPFRONT_INLINE pack copysign(pack magnitude, pack sign) {
    return from_bits((bits(magnitude) & INT64_MAX) | (bits(sign) & INT64_MIN));
}
/// The larger, the smaller; b if either is NaN.
ULPFRONT_INLINE pack larger(pack a, pack b) { return a.v > b.v ? a.v : b.v; }
ULPFRONT_INLINE pack smaller(pack a, pack b) { return a.v < b.v ? a.v : b.v; }

ULPFRONT_INLINE pack load(const double* from) {
    pack result;
    std::memcpy(&result.v, from, sizeof result.v);
    return result;
}
ULPFRONT_INLINE void store(pack a, double* to) { std::memcpy(to, &a.v, sizeof a.v); }
ULPFRONT_INLINE pack load(const float* from) {
    pack_floats narrow;
    std::memcpy(&narrow, from, sizeof narrow);
    return __builtin_convertvector(narrow, pack_doubles);
}
/// Rounded to binary32 and widened again.
ULPFRONT_INLINE pack through_float(pack a) {
    return __builtin_convertvector(__builtin_convertvector(a.v, pack_floats), pack_doubles);
}

}  // namespace ulpfront
