// Eight binary64 numbers side by side: one, two or four of the machine's vectors, in the compilers' own
// vector types. The same source becomes SSE2, AVX2, AVX-512 or NEON code by flags alone, and gives the
// same bits on each. (One 64-byte vector everywhere would be simpler, but g++ takes comparisons of
// vectors wider than the machine's apart into single elements.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ulpfront {

inline constexpr std::size_t pack_width = 8;

namespace detail {
#if defined(__AVX512F__)
inline constexpr std::size_t vector_bytes = 64;
#elif defined(__AVX2__)
inline constexpr std::size_t vector_bytes = 32;
#else
inline constexpr std::size_t vector_bytes = 16;
#endif
inline constexpr std::size_t lanes = vector_bytes / 8;
inline constexpr std::size_t parts = pack_width / lanes;

using doubles [[gnu::vector_size(vector_bytes)]] = double;
using integers [[gnu::vector_size(vector_bytes)]] = std::int64_t;
using unsigned_integers [[gnu::vector_size(vector_bytes)]] = std::uint64_t;
using floats [[gnu::vector_size(vector_bytes / 2)]] = float;
}  // namespace detail

#define ULPFRONT_INLINE [[gnu::always_inline]] inline

/// Eight 64-bit integers.
struct pack_bits {
    detail::integers v[detail::parts];

    pack_bits() = default;
    ULPFRONT_INLINE pack_bits(
        std::int64_t all) {  // NOLINT(google-explicit-constructor): constants read better
        for (auto& part : v) part = detail::integers{} + all;
    }
};

/// Eight truth values: all bits set or none.
struct pack_mask {
    pack_bits m;
};

/// Eight numbers; arithmetic lane by lane, each operation rounded once (IEEE 754, to nearest).
struct pack {
    detail::doubles v[detail::parts];

    pack() = default;
    ULPFRONT_INLINE explicit pack(double all) {
        for (auto& part : v) part = detail::doubles{} + all;
    }
    ULPFRONT_INLINE double operator[](std::size_t i) const { return v[i / detail::lanes][i % detail::lanes]; }
};

namespace detail {
/// f on each machine vector of a (and b).
template <class To, class F, class... From>
ULPFRONT_INLINE To each(const F& f, const From&... from) {
    To result;
    for (std::size_t i = 0; i < parts; ++i) result.v[i] = f(from.v[i]...);
    return result;
}
}  // namespace detail

#define ULPFRONT_LANEWISE(type, symbol)                                                           \
    ULPFRONT_INLINE type operator symbol(const type& a, const type& b) {                          \
        return detail::each<type>([](const auto& x, const auto& y) { return x symbol y; }, a, b); \
    }
ULPFRONT_LANEWISE(pack, +)
ULPFRONT_LANEWISE(pack, -)
ULPFRONT_LANEWISE(pack, *)
ULPFRONT_LANEWISE(pack, /)
ULPFRONT_LANEWISE(pack_bits, +)
ULPFRONT_LANEWISE(pack_bits, -)
ULPFRONT_LANEWISE(pack_bits, &)
ULPFRONT_LANEWISE(pack_bits, |)
ULPFRONT_LANEWISE(pack_bits, ^)
#undef ULPFRONT_LANEWISE

#define ULPFRONT_COMPARISON(type, symbol)                                                                \
    ULPFRONT_INLINE pack_mask operator symbol(const type& a, const type& b) {                            \
        return {detail::each<pack_bits>([](const auto& x, const auto& y) { return x symbol y; }, a, b)}; \
    }
ULPFRONT_COMPARISON(pack, <)
ULPFRONT_COMPARISON(pack, <=)
ULPFRONT_COMPARISON(pack, ==)
ULPFRONT_COMPARISON(pack, !=)
ULPFRONT_COMPARISON(pack_bits, <)
ULPFRONT_COMPARISON(pack_bits, >=)
ULPFRONT_COMPARISON(pack_bits, ==)
#undef ULPFRONT_COMPARISON

ULPFRONT_INLINE pack operator-(const pack& a) {
    return detail::each<pack>([](const auto& x) { return -x; }, a);
}
ULPFRONT_INLINE pack_bits operator~(const pack_bits& a) {
    return detail::each<pack_bits>([](const auto& x) { return ~x; }, a);
}
ULPFRONT_INLINE pack_bits operator<<(const pack_bits& a, int count) {
    return detail::each<pack_bits>([=](const auto& x) { return x << count; }, a);
}
/// Logical shift.
ULPFRONT_INLINE pack_bits shift_right(const pack_bits& a, int count) {
    return detail::each<pack_bits>(
        [=](const auto& x) {
            const auto shifted =
                reinterpret_cast<detail::unsigned_integers>(x) >> static_cast<std::uint64_t>(count);
            return reinterpret_cast<detail::integers>(shifted);
        },
        a);
}

ULPFRONT_INLINE pack_mask operator&(const pack_mask& a, const pack_mask& b) { return {a.m & b.m}; }
ULPFRONT_INLINE pack_mask operator|(const pack_mask& a, const pack_mask& b) { return {a.m | b.m}; }
ULPFRONT_INLINE pack_mask operator^(const pack_mask& a, const pack_mask& b) { return {a.m ^ b.m}; }
ULPFRONT_INLINE pack_mask operator~(const pack_mask& a) { return {~a.m}; }

/// Lane i.
ULPFRONT_INLINE std::int64_t lane(const pack_bits& a, std::size_t i) {
    return a.v[i / detail::lanes][i % detail::lanes];
}
ULPFRONT_INLINE bool test(const pack_mask& a, std::size_t i) { return lane(a.m, i) != 0; }

/// Whether any of the eight is true.
ULPFRONT_INLINE bool any(const pack_mask& a) {
    detail::integers folded = a.m.v[0];
    for (std::size_t i = 1; i < detail::parts; ++i) folded = folded | a.m.v[i];
    std::int64_t all = 0;
    for (std::size_t i = 0; i < detail::lanes; ++i) all |= folded[i];
    return all != 0;
}

ULPFRONT_INLINE pack_bits bits(const pack& a) {
    return detail::each<pack_bits>([](const auto& x) { return reinterpret_cast<detail::integers>(x); }, a);
}
ULPFRONT_INLINE pack from_bits(const pack_bits& a) {
    return detail::each<pack>([](const auto& x) { return reinterpret_cast<detail::doubles>(x); }, a);
}

ULPFRONT_INLINE pack select(const pack_mask& condition, const pack& if_true, const pack& if_false) {
    return detail::each<pack>([](const auto& c, const auto& t, const auto& f) { return c ? t : f; },
                              condition.m, if_true, if_false);
}
ULPFRONT_INLINE pack abs(const pack& a) { return from_bits(bits(a) & pack_bits(INT64_MAX)); }
/// |magnitude| with the sign of sign.
ULPFRONT_INLINE pack copysign(const pack& magnitude, const pack& sign) {
    return from_bits((bits(magnitude) & pack_bits(INT64_MAX)) | (bits(sign) & pack_bits(INT64_MIN)));
}
/// The larger, the smaller; b if either is NaN.
ULPFRONT_INLINE pack larger(const pack& a, const pack& b) {
    return detail::each<pack>([](const auto& x, const auto& y) { return x > y ? x : y; }, a, b);
}
ULPFRONT_INLINE pack smaller(const pack& a, const pack& b) {
    return detail::each<pack>([](const auto& x, const auto& y) { return x < y ? x : y; }, a, b);
}

ULPFRONT_INLINE pack load(const double* from) {
    pack result;
    std::memcpy(&result.v, from, sizeof result.v);
    return result;
}
ULPFRONT_INLINE void store(const pack& a, double* to) { std::memcpy(to, &a.v, sizeof a.v); }
ULPFRONT_INLINE pack load(const float* from) {
    pack result;
    for (auto& part : result.v) {
        detail::floats narrow;
        std::memcpy(&narrow, from, sizeof narrow);
        part = __builtin_convertvector(narrow, detail::doubles);
        from += detail::lanes;
    }
    return result;
}
/// Rounded to binary32 and widened again.
ULPFRONT_INLINE pack through_float(const pack& a) {
    return detail::each<pack>(
        [](const auto& x) {
            return __builtin_convertvector(__builtin_convertvector(x, detail::floats), detail::doubles);
        },
        a);
}

}  // namespace ulpfront
