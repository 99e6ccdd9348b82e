// Numbers side by side, 64 bytes of them: eight of binary64, sixteen of binary32, and integers as wide. One,
// two or four of the machine's vectors, in the compilers' own vector types. The same source becomes SSE2,
// AVX2, AVX-512 or NEON code by flags alone, and gives the same bits on each. (One 64-byte vector everywhere
// would be simpler, but g++ takes comparisons of vectors wider than the machine's apart into single
// elements.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

namespace ulpfront {

inline constexpr std::size_t pack_width = 8;          // of binary64
inline constexpr std::size_t narrow_pack_width = 16;  // of binary32

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
using narrow_floats [[gnu::vector_size(vector_bytes)]] = float;
using narrow_integers [[gnu::vector_size(vector_bytes)]] = std::int32_t;
using narrow_unsigned_integers [[gnu::vector_size(vector_bytes)]] = std::uint32_t;
}  // namespace detail

#define ULPFRONT_INLINE [[gnu::always_inline]] inline

/// Integers in the machine's vectors of type Vector.
template <class Vector, class Element>
struct basic_pack_bits {
    Vector v[detail::parts];

    basic_pack_bits() = default;
    ULPFRONT_INLINE basic_pack_bits(
        Element all) {  // NOLINT(google-explicit-constructor): constants read better
        for (auto& part : v) part = Vector{} + all;
    }
};
/// Eight 64-bit integers.
using pack_bits = basic_pack_bits<detail::integers, std::int64_t>;
/// Sixteen 32-bit integers.
using narrow_pack_bits = basic_pack_bits<detail::narrow_integers, std::int32_t>;

/// As many truth values: all bits set or none.
template <class Bits>
struct basic_pack_mask {
    Bits m;
};
using pack_mask = basic_pack_mask<pack_bits>;
using narrow_pack_mask = basic_pack_mask<narrow_pack_bits>;

/// Numbers in the machine's vectors of type Vector; arithmetic lane by lane, each operation rounded once
/// (IEEE 754, to nearest).
template <class Vector, class Element>
struct basic_pack {
    Vector v[detail::parts];

    basic_pack() = default;
    ULPFRONT_INLINE explicit basic_pack(Element all) {
        for (auto& part : v) part = all - Vector{};  // not 0 + all: -0 stays
    }
    ULPFRONT_INLINE Element operator[](std::size_t i) const {
        constexpr std::size_t lanes = sizeof(Vector) / sizeof(Element);
        return v[i / lanes][i % lanes];
    }
};
/// Eight numbers of binary64.
using pack = basic_pack<detail::doubles, double>;
/// Sixteen numbers of binary32.
using narrow_pack = basic_pack<detail::narrow_floats, float>;

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
/// Integers wrap around, which in C++ only unsigned ones do.
#define ULPFRONT_WRAPPING(type, wraps, symbol)                                     \
    ULPFRONT_INLINE type operator symbol(const type& a, const type& b) {           \
        return detail::each<type>(                                                 \
            [](const auto& x, const auto& y) {                                     \
                return reinterpret_cast<std::remove_cvref_t<decltype(x)>>(         \
                    reinterpret_cast<wraps>(x) symbol reinterpret_cast<wraps>(y)); \
            },                                                                     \
            a, b);                                                                 \
    }
#define ULPFRONT_COMPARISON(type, bits, symbol)                                                     \
    ULPFRONT_INLINE basic_pack_mask<bits> operator symbol(const type& a, const type& b) {           \
        return {detail::each<bits>([](const auto& x, const auto& y) { return x symbol y; }, a, b)}; \
    }
#define ULPFRONT_OPERATORS(number, bits, wraps) \
    ULPFRONT_LANEWISE(number, +)                \
    ULPFRONT_LANEWISE(number, -)                \
    ULPFRONT_LANEWISE(number, *)                \
    ULPFRONT_LANEWISE(number, /)                \
    ULPFRONT_WRAPPING(bits, wraps, +)           \
    ULPFRONT_WRAPPING(bits, wraps, -)           \
    ULPFRONT_LANEWISE(bits, &)                  \
    ULPFRONT_LANEWISE(bits, |)                  \
    ULPFRONT_LANEWISE(bits, ^)                  \
    ULPFRONT_COMPARISON(number, bits, <)        \
    ULPFRONT_COMPARISON(number, bits, <=)       \
    ULPFRONT_COMPARISON(number, bits, ==)       \
    ULPFRONT_COMPARISON(number, bits, !=)       \
    ULPFRONT_COMPARISON(bits, bits, <)          \
    ULPFRONT_COMPARISON(bits, bits, >=)         \
    ULPFRONT_COMPARISON(bits, bits, ==)
ULPFRONT_OPERATORS(pack, pack_bits, detail::unsigned_integers)
ULPFRONT_OPERATORS(narrow_pack, narrow_pack_bits, detail::narrow_unsigned_integers)
#undef ULPFRONT_OPERATORS
#undef ULPFRONT_COMPARISON
#undef ULPFRONT_WRAPPING
#undef ULPFRONT_LANEWISE

ULPFRONT_INLINE pack operator-(const pack& a) {
    return detail::each<pack>([](const auto& x) { return -x; }, a);
}
template <class V, class E>
ULPFRONT_INLINE basic_pack_bits<V, E> operator~(const basic_pack_bits<V, E>& a) {
    return detail::each<basic_pack_bits<V, E>>([](const auto& x) { return ~x; }, a);
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
ULPFRONT_INLINE narrow_pack_bits shift_right(const narrow_pack_bits& a, int count) {
    return detail::each<narrow_pack_bits>(
        [=](const auto& x) {
            const auto shifted =
                reinterpret_cast<detail::narrow_unsigned_integers>(x) >> static_cast<std::uint32_t>(count);
            return reinterpret_cast<detail::narrow_integers>(shifted);
        },
        a);
}

template <class B>
ULPFRONT_INLINE basic_pack_mask<B> operator&(const basic_pack_mask<B>& a, const basic_pack_mask<B>& b) {
    return {a.m & b.m};
}
template <class B>
ULPFRONT_INLINE basic_pack_mask<B> operator|(const basic_pack_mask<B>& a, const basic_pack_mask<B>& b) {
    return {a.m | b.m};
}
template <class B>
ULPFRONT_INLINE basic_pack_mask<B> operator^(const basic_pack_mask<B>& a, const basic_pack_mask<B>& b) {
    return {a.m ^ b.m};
}
template <class B>
ULPFRONT_INLINE basic_pack_mask<B> operator~(const basic_pack_mask<B>& a) {
    return {~a.m};
}

/// Lane i.
template <class V, class E>
ULPFRONT_INLINE E lane(const basic_pack_bits<V, E>& a, std::size_t i) {
    constexpr std::size_t lanes = sizeof(V) / sizeof(E);
    return a.v[i / lanes][i % lanes];
}
template <class B>
ULPFRONT_INLINE bool test(const basic_pack_mask<B>& a, std::size_t i) {
    return lane(a.m, i) != 0;
}

/// Whether any lane is true.
template <class B>
ULPFRONT_INLINE bool any(const basic_pack_mask<B>& a) {
    auto folded = a.m.v[0];
    for (std::size_t i = 1; i < detail::parts; ++i) folded = folded | a.m.v[i];
    const auto wide = reinterpret_cast<detail::integers>(folded);
    std::int64_t all = 0;
    for (std::size_t i = 0; i < detail::lanes; ++i) all |= wide[i];
    return all != 0;
}

ULPFRONT_INLINE pack_bits bits(const pack& a) {
    return detail::each<pack_bits>([](const auto& x) { return reinterpret_cast<detail::integers>(x); }, a);
}
ULPFRONT_INLINE pack from_bits(const pack_bits& a) {
    return detail::each<pack>([](const auto& x) { return reinterpret_cast<detail::doubles>(x); }, a);
}
ULPFRONT_INLINE narrow_pack_bits bits(const narrow_pack& a) {
    return detail::each<narrow_pack_bits>(
        [](const auto& x) { return reinterpret_cast<detail::narrow_integers>(x); }, a);
}
ULPFRONT_INLINE narrow_pack from_bits(const narrow_pack_bits& a) {
    return detail::each<narrow_pack>([](const auto& x) { return reinterpret_cast<detail::narrow_floats>(x); },
                                     a);
}

ULPFRONT_INLINE pack select(const pack_mask& condition, const pack& if_true, const pack& if_false) {
    return detail::each<pack>([](const auto& c, const auto& t, const auto& f) { return c ? t : f; },
                              condition.m, if_true, if_false);
}
ULPFRONT_INLINE pack abs(const pack& a) { return from_bits(bits(a) & pack_bits(INT64_MAX)); }
ULPFRONT_INLINE narrow_pack abs(const narrow_pack& a) {
    return from_bits(bits(a) & narrow_pack_bits(INT32_MAX));
}
/// |magnitude| with the sign of sign.
ULPFRONT_INLINE pack copysign(const pack& magnitude, const pack& sign) {
    return from_bits((bits(magnitude) & pack_bits(INT64_MAX)) | (bits(sign) & pack_bits(INT64_MIN)));
}
/// The larger, the smaller; b if either is NaN.
template <class V, class E>
ULPFRONT_INLINE basic_pack<V, E> larger(const basic_pack<V, E>& a, const basic_pack<V, E>& b) {
    return detail::each<basic_pack<V, E>>([](const auto& x, const auto& y) { return x > y ? x : y; }, a, b);
}
template <class V, class E>
ULPFRONT_INLINE basic_pack<V, E> smaller(const basic_pack<V, E>& a, const basic_pack<V, E>& b) {
    return detail::each<basic_pack<V, E>>([](const auto& x, const auto& y) { return x < y ? x : y; }, a, b);
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
/// Rounded to binary32.
ULPFRONT_INLINE void store(const pack& a, float* to) {
    for (const auto& part : a.v) {
        const detail::floats narrow = __builtin_convertvector(part, detail::floats);
        std::memcpy(to, &narrow, sizeof narrow);
        to += detail::lanes;
    }
}
ULPFRONT_INLINE narrow_pack load_narrow(const float* from) {
    narrow_pack result;
    std::memcpy(&result.v, from, sizeof result.v);
    return result;
}
ULPFRONT_INLINE void store(const narrow_pack_bits& a, std::int32_t* to) { std::memcpy(to, &a.v, sizeof a.v); }
/// The first eight of sixteen and the others, added lane by lane.
ULPFRONT_INLINE pack folded_sum(const narrow_pack& a) {
    alignas(64) float each[narrow_pack_width];
    std::memcpy(each, &a.v, sizeof each);
    return load(each) + load(each + pack_width);
}
/// Rounded to binary32 and widened again.
ULPFRONT_INLINE pack through_float(const pack& a) {
    return detail::each<pack>(
        [](const auto& x) {
            return __builtin_convertvector(__builtin_convertvector(x, detail::floats), detail::doubles);
        },
        a);
}

namespace detail {
template <std::size_t Half, std::size_t... I>
ULPFRONT_INLINE narrow_floats swap_halves(const narrow_floats& a, std::index_sequence<I...> /*lanes*/) {
    return __builtin_shufflevector(a, a, (I ^ Half)...);
}
template <std::size_t Half>
ULPFRONT_INLINE narrow_floats fold_larger(const narrow_floats& a) {
    constexpr std::size_t width = vector_bytes / 4;
    const narrow_floats b = swap_halves<Half>(a, std::make_index_sequence<width>{});
    const narrow_floats c = a > b ? a : b;
    if constexpr (Half == 1) {
        return c;
    } else {
        return fold_larger<Half / 2>(c);
    }
}
}  // namespace detail

/// The largest of sixteen numbers, none of them NaN.
ULPFRONT_INLINE float largest_of(const narrow_pack& a) {
    detail::narrow_floats folded = a.v[0];
    for (std::size_t i = 1; i < detail::parts; ++i) folded = folded > a.v[i] ? folded : a.v[i];
    return detail::fold_larger<detail::vector_bytes / 8>(folded)[0];
}

}  // namespace ulpfront
