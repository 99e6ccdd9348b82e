// Kernels of binary16 and bfloat16 from those of binary32: widened, computed, narrowed. Widening is exact,
// and a binary32 result of a few ULP is within 2^-11 of a 16-bit one: after narrowing the error is that of
// one rounding.
//
// Conversion of binary16 is the CPU's where it has it. Elsewhere, and for bfloat16 (whose instruction flushes
// subnormal numbers), it is done with integers, to the same bits as widen and narrow in impls/element.hpp.
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

#include "impls/element.hpp"
#include "impls/kernel.hpp"
#include "impls/simd/lookup.hpp"
#include "impls/simd/map.hpp"

namespace ulpfront::simd {
namespace detail {

template <class Arch>
using words = xsimd::batch<std::int32_t, Arch>;

/// v >> count, zeros from the left.
template <int Count, class Arch>
words<Arch> shift_right(const words<Arch>& v) {
    using unsigned_words = xsimd::batch<std::uint32_t, Arch>;
    return std::bit_cast<words<Arch>>(std::bit_cast<unsigned_words>(v) >> Count);
}

/// What rounds v to nearest, ties to even, when `Count` bits are cut off it.
template <int Count, class Arch>
words<Arch> rounded_at(const words<Arch>& v) {
    const words<Arch> odd = shift_right<Count, Arch>(v) & words<Arch>(1);
    return (v + words<Arch>((1 << (Count - 1)) - 1)) + odd;
}

template <class Arch>
words<Arch> bits_of(const xsimd::batch<float, Arch>& v) {
    return std::bit_cast<words<Arch>>(v);
}
template <class Arch>
xsimd::batch<float, Arch> float_of(const words<Arch>& v) {
    return std::bit_cast<xsimd::batch<float, Arch>>(v);
}

/// Two vectors of binary32.
template <class Arch>
struct two {
    xsimd::batch<float, Arch> first, second;
};

/// The even ones are the lower halves of words, the odd ones the upper: no element changes its place.
template <class Arch>
two<Arch> load_two(const bf16* from) {
    const auto both = words<Arch>::load_unaligned(reinterpret_cast<const std::int32_t*>(from));
    return {float_of<Arch>(both << 16), float_of<Arch>(both & words<Arch>(~0xffff))};
}

/// The lower halves of `even`, the upper ones of `odd`.
template <class Arch>
words<Arch> halves_of(const words<Arch>& even, const words<Arch>& odd) {
#if defined(__AVX512BW__)
    if constexpr (is_avx512<Arch>) return _mm512_mask_blend_epi16(0xaaaa'aaaa, even, odd);
#endif
#if defined(__AVX2__)
    if constexpr (is_avx2<Arch>) return _mm256_blend_epi16(even, odd, 0xaa);
#endif
    return even | (odd & words<Arch>(~0xffff));
}

/// A NaN whose lower half is 0, as arithmetic makes it of widened elements, stays one. Where Ties never
/// occur, half an ulp is added to all.
template <bool Ties, class Arch>
void store_two(const two<Arch>& v, bf16* to) {
    const auto rounded = [](const words<Arch>& bits) {
        if constexpr (Ties) return rounded_at<16, Arch>(bits);
        return bits + words<Arch>(0x8000);
    };
    const words<Arch> even = shift_right<16, Arch>(rounded(bits_of<Arch>(v.first)));
    const words<Arch> odd = rounded(bits_of<Arch>(v.second));
    halves_of<Arch>(even, odd).store_unaligned(reinterpret_cast<std::int32_t*>(to));
}

/// As many elements of binary16 as a vector has.
template <class Arch>
xsimd::batch<float, Arch> load_one(const f16* from) {
#if defined(__AVX512F__)
    return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));
#elif defined(__F16C__)
    return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
#elif defined(__aarch64__)
    return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(&from->bits)));
#else
    // The exponent moves by 112, that of infinity and NaN twice as far.
    using word = words<Arch>;
    const word v =
        _mm_unpacklo_epi16(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from)), _mm_setzero_si128());
    const word magnitude = v & word(0x7fff);
    const word beyond = xsimd::select(magnitude > word(0x7bff), word(112 << 23), word(0));
    const word normal = (magnitude << 13) + word(112 << 23) + beyond;
    const auto subnormal = xsimd::to_float(magnitude) * xsimd::batch<float, Arch>(0x1p-24F);
    const word chosen = xsimd::select(magnitude < word(0x400), bits_of<Arch>(subnormal), normal);
    return float_of<Arch>(chosen | ((v & word(0x8000)) << 16));
#endif
}

template <class Arch>
void store_one(const xsimd::batch<float, Arch>& v, f16* to) {
#if defined(__AVX512F__)
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), _mm512_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT));
#elif defined(__F16C__)
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm256_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT));
#elif defined(__aarch64__)
    vst1_u16(&to->bits, vreinterpret_u16_f16(vcvt_f16_f32(v)));
#else
    using word = words<Arch>;
    const word bits = bits_of<Arch>(v);
    const word magnitude = bits & word(0x7fffffff);
    const word normal = shift_right<13, Arch>(rounded_at<13, Arch>(magnitude - word(112 << 23)));
    // Beside 1/2 the last bit is 2^-24, that of subnormal numbers.
    const xsimd::batch<float, Arch> half(0.5F);
    const word subnormal = bits_of<Arch>(xsimd::abs(v) + half) - bits_of<Arch>(half);
    const word nan = (shift_right<13, Arch>(magnitude) & word(0x3ff)) | word(0x7e00);
    word result = xsimd::select(magnitude < word(0x38800000), subnormal, normal);
    result = xsimd::select(magnitude > word(0x477fefff), word(0x7c00), result);
    result = xsimd::select(magnitude > word(0x7f800000), nan, result);
    // SSE2 packs signed words alone: the sign goes where it is extended from.
    const word extended = (result | ((bits >> 16) & word(~0x7fff)));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_packs_epi32(extended, extended));
#endif
}

template <class Arch>
two<Arch> load_two(const f16* from) {
    return {load_one<Arch>(from), load_one<Arch>(from + xsimd::batch<float, Arch>::size)};
}
template <bool /*Ties*/, class Arch>
void store_two(const two<Arch>& v, f16* to) {
    store_one<Arch>(v.first, to);
    store_one<Arch>(v.second, to + xsimd::batch<float, Arch>::size);
}

}  // namespace detail

/// Whether a kernel says `static constexpr bool never_ties = true`: no exact result is half-way between two
/// elements.
template <class Kernel>
inline constexpr bool never_ties = requires {
    requires Kernel::never_ties;
};

/// Magnitudes from one to below the other: none, if that is 0.
struct magnitudes {
    float from, below;
};

namespace detail {
/// Whether an element of two vectors is not an ordinary one of the kernel; NaN never is.
template <class Kernel, class Arch, class E>
bool any_extreme(const E* from) {
    using shorts = xsimd::batch<std::int16_t, Arch>;
    const auto magnitude = [from](std::size_t i) {
        const auto v = shorts::load_unaligned(reinterpret_cast<const std::int16_t*>(from) + i);
        return v & shorts(INT16_MAX);
    };
    const auto border = [](float at) { return shorts(static_cast<std::int16_t>(narrow<E>(at).bits)); };
    constexpr magnitudes ordinary = Kernel::ordinary;
    const shorts a = magnitude(0);
    const shorts b = magnitude(shorts::size);
    const auto large = xsimd::max(a, b) >= border(ordinary.below);
    if constexpr (ordinary.from == 0.0F) return xsimd::any(large);
    return xsimd::any(large | (xsimd::min(a, b) < border(ordinary.from)));
}
}  // namespace detail

/// map() for elements E of 16 bits, four vectors a turn: Kernel::eval is that of binary32. Usual, if it is
/// another kernel, takes fewer steps to the same bits for the magnitudes Kernel::ordinary.
template <class Kernel, class E, class Arch, class Usual = Kernel>
[[gnu::flatten]] void map_narrow(void* /*ctx*/, const void* in, void* out, std::size_t n) {
    using two = detail::two<Arch>;
    constexpr std::size_t width = 2 * xsimd::batch<float, Arch>::size;
    const E* from = static_cast<const E*>(in);
    E* to = static_cast<E*>(out);
    const auto step = [](const E* x, E* y) {
        const two a = detail::load_two<Arch>(x);
        detail::store_two<!never_ties<Kernel>, Arch>({Kernel::eval(a.first), Kernel::eval(a.second)}, y);
    };
    std::size_t i = 0;
    for (; i + 2 * width <= n; i += 2 * width) {
        if constexpr (!std::is_same_v<Kernel, Usual>) {
            if (detail::any_extreme<Kernel, Arch>(from + i)) [[unlikely]] {
                step(from + i, to + i);
                step(from + i + width, to + i + width);
                continue;
            }
        }
        const two a = detail::load_two<Arch>(from + i);
        const two b = detail::load_two<Arch>(from + i + width);
        detail::store_two<!never_ties<Kernel>, Arch>({Usual::eval(a.first), Usual::eval(a.second)}, to + i);
        detail::store_two<!never_ties<Kernel>, Arch>({Usual::eval(b.first), Usual::eval(b.second)},
                                                     to + i + width);
    }
    for (; i + width <= n; i += width) step(from + i, to + i);
    if (i < n) on_padded<Arch>(from + i, to + i, n - i, step);
}

/// The row for elements E of 16 bits of a kernel of binary32 within 4 ULP, of that kernel's name: what it
/// adds to the last rounding is below 2^-10.
template <template <class, class> class Kernel, class E>
constexpr ulpfront_row narrow_row(const char* name) {
    return make_row({.kernel = name,
                     .method = ULPFRONT_METHOD_SIMD,
                     .promise_kind = ULPFRONT_PROMISE_ULP,
                     .promise_value = 0.501,
                     .promise_flags = all_special_values,
                     .note = "the binary32 kernel between two conversions"},
                    dtype_of<E>, &map_narrow<Kernel<float, native>, E, native>);
}

/// In E's place: numbers of it for which nothing on a kernel's way is subnormal, overflows or must be
/// clamped.
template <class E>
struct ordinary {};
template <class E>
inline constexpr bool is_ordinary = false;
template <class E>
inline constexpr bool is_ordinary<ordinary<E>> = true;

/// Whether a kernel K<E, Arch> says for which magnitudes K<ordinary<E>, Arch> has the same bits.
template <class Kernel>
inline constexpr bool has_ordinary = requires {
    requires Kernel::ordinary.below != 0.0F;
};

/// The row for elements E of a kernel of their own, K<E, Arch>, in whose vectors of binary32 only what E
/// shows is right.
template <template <class, class> class Kernel, class E>
constexpr ulpfront_row short_row() {
    using kernel = Kernel<E, native>;
    using usual = std::conditional_t<has_ordinary<kernel>, Kernel<ordinary<E>, native>, kernel>;
    return make_row({.kernel = "short",
                     .method = ULPFRONT_METHOD_SIMD,
                     .promise_kind = ULPFRONT_PROMISE_ULP,
                     .promise_value = 0.501,
                     .promise_flags = all_special_values,
                     .note = "computed to 2^-20 between two conversions"},
                    dtype_of<E>, &map_narrow<kernel, E, native, usual>);
}

}  // namespace ulpfront::simd

/// Registers the rows of a file's kernel for both 16-bit types; once a file.
#define ULPFRONT_NARROW_ROWS(name, ...)                                                    \
    ULPFRONT_ROW(narrow_f16, ulpfront::simd::narrow_row<__VA_ARGS__, ulpfront::f16>(name)) \
    ULPFRONT_ROW(narrow_bf16, ulpfront::simd::narrow_row<__VA_ARGS__, ulpfront::bf16>(name))

/// Registers the rows of a short kernel for both 16-bit types; once a file.
#define ULPFRONT_SHORT_ROWS(...)                                                     \
    ULPFRONT_ROW(short_f16, ulpfront::simd::short_row<__VA_ARGS__, ulpfront::f16>()) \
    ULPFRONT_ROW(short_bf16, ulpfront::simd::short_row<__VA_ARGS__, ulpfront::bf16>())
