// Kernels that are kept from tiny numbers, which x86 multiplies slowly (subnormal.hpp says why): a kernel
// that states `near_zero`, what its function is there, sees 0 in their place. map.hpp looks some hundred
// numbers through at once, for half a cycle a vector (AVX-512) or one; where there is a tiny one, all of them
// go the way of eval_tiny().
//
// Which numbers are tiny is no matter of speed alone: both ways may round differently, and no element's bits
// are to depend on its neighbours. So not even NaN in the same lane may hide one.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "impls/simd/lift.hpp"
#include "impls/simd/plain.hpp"
#include "impls/simd/two.hpp"
#include "impls/simd/wide.hpp"

namespace ulpfront::simd {

/// What a kernel's function is next to 0: a value, of binary64 0, and a slope on either side, of binary64
/// with what it lacks. And where that is good enough for binary32; for binary64 it is below tiny64.
struct line {
    double left, right;
    double value = 0.0;
    float below = 0x1p-30F;
    double left_low = 0.0, right_low = 0.0;
};

/// x / 2, and a trifle more, which decides ties; half_of_tiny() has it for binary64.
template <class T>
inline constexpr line half_and_more{0.5 - (std::is_same_v<T, float> ? 0x1p-50 : 0.0),
                                    0.5 + (std::is_same_v<T, float> ? 0x1p-50 : 0.0)};

/// Whether a kernel is to be kept from tiny numbers.
template <class Kernel, class T, class Arch>
inline constexpr bool shuns_tiny = has_slow_subnormals<Arch>&& requires {
    Kernel::near_zero;
};

/// Which numbers are tiny.
template <class Kernel, class T>
inline constexpr T tiny_below = std::is_same_v<T, float> ? T(Kernel::near_zero.below) : T(tiny64);

namespace detail {
#if defined(__AVX512F__)
// What range gives: of two numbers, and of a number and a quiet NaN; of a signaling one NaN.
inline constexpr int smaller_magnitude_made_negative = 2 | 3 << 2;

/// Those of the lanes where the numbers of two vectors are at least as far from 0, and none is NaN.
inline __mmask16 those_far(__mmask16 lanes, const float* from, float below) {
    const __m512 nearer =
        _mm512_range_ps(_mm512_loadu_ps(from), _mm512_loadu_ps(from + 16), smaller_magnitude_made_negative);
    return _mm512_mask_cmp_ps_mask(lanes, nearer, _mm512_set1_ps(-below), _CMP_LE_OQ);
}
inline __mmask8 those_far(__mmask8 lanes, const double* from, double below) {
    const __m512d nearer =
        _mm512_range_pd(_mm512_loadu_pd(from), _mm512_loadu_pd(from + 8), smaller_magnitude_made_negative);
    return _mm512_mask_cmp_pd_mask(lanes, nearer, _mm512_set1_pd(-below), _CMP_LE_OQ);
}

/// Lanes of four vectors.
template <class T>
struct far_lanes {
    using mask = std::conditional_t<std::is_same_v<T, float>, __mmask16, __mmask8>;
    static constexpr mask all = static_cast<mask>(~mask{0});
    mask first = all;
    mask second = all;

    void also(const T* from, T below) {
        first = those_far(first, from, below);
        second = those_far(second, from + 128 / sizeof(T), below);
    }
};
#endif

/// Lane by lane the nearer to 0 of two numbers that are made negative, and so the smaller as integers; of a
/// number and NaN the number. SSE2 compares 16 bits at a time, and of binary64 other ISAs 32: only a number's
/// uppermost ones are of use.
template <class Arch>
xsimd::batch<std::int32_t, Arch> nearer(const xsimd::batch<std::int32_t, Arch>& a,
                                        const xsimd::batch<std::int32_t, Arch>& b) {
    if constexpr (!std::is_same_v<Arch, xsimd::sse2>) return xsimd::min(a, b);
    using halves = xsimd::batch<std::int16_t, Arch>;
    return std::bit_cast<xsimd::batch<std::int32_t, Arch>>(
        xsimd::min(std::bit_cast<halves>(a), std::bit_cast<halves>(b)));
}

/// Of four vectors and so_far.
template <class Arch, class T>
xsimd::batch<std::int32_t, Arch> nearest(const T* from, const xsimd::batch<std::int32_t, Arch>& so_far) {
    using batch = xsimd::batch<T, Arch>;
    const auto negative = [from](std::size_t i) {
        return std::bit_cast<xsimd::batch<std::int32_t, Arch>>(
            minus_abs(batch::load_unaligned(from + i * batch::size)));
    };
    return nearer<Arch>(
        nearer<Arch>(nearer<Arch>(negative(0), negative(1)), nearer<Arch>(negative(2), negative(3))), so_far);
}

/// N numbers are looked through next and wanted in the cache by then: while the kernel computes, nothing is
/// read.
template <std::size_t N, class T>
void fetch(const T* from) {
    constexpr std::size_t line = 64 / sizeof(T);
    for (std::size_t i = 0; i < N; i += line) __builtin_prefetch(from + i);
}

/// Whether a number of n, a multiple of four vectors, may be nearer to 0 than below, a power of two. Two
/// turns a step: what is found of one waits for what was found before.
template <class Arch, class T>
bool may_be_tiny(T below, const T* from, std::size_t n, std::size_t ahead) {
    constexpr std::size_t turn = 4 * xsimd::batch<T, Arch>::size;
    std::size_t i = 0;
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch>) {
        far_lanes<T> even;
        far_lanes<T> odd;
        for (; i + 2 * turn <= n; i += 2 * turn) {
            fetch<2 * turn>(from + ahead + i);
            even.also(from + i, below);
            odd.also(from + i + turn, below);
        }
        if (i < n) even.also(from + i, below);
        return (even.first & even.second & odd.first & odd.second) != far_lanes<T>::all;
    }
#endif
    const auto limit = std::bit_cast<xsimd::batch<std::int32_t, Arch>>(xsimd::batch<T, Arch>(-below));
    auto even = limit;
    auto odd = limit;
    for (; i + 2 * turn <= n; i += 2 * turn) {
        fetch<2 * turn>(from + ahead + i);
        even = nearest<Arch>(from + i, even);
        odd = nearest<Arch>(from + i + turn, odd);
    }
    if (i < n) even = nearest<Arch>(from + i, even);
    const auto beyond = nearer<Arch>(even, odd) - limit;
    if constexpr (sizeof(T) == 8)
        return any_sign<Arch>(std::bit_cast<xsimd::batch<std::int64_t, Arch>>(beyond));
    return xsimd::any(beyond < xsimd::batch<std::int32_t, Arch>(0));
}
}  // namespace detail

/// Where numbers are nearer to 0 than the limit, but not 0: zeros make nothing slow and are frequent.
template <class Arch, class T>
xsimd::batch_bool<T, Arch> tiny_in(T below, const xsimd::batch<T, Arch>& v) {
    using batch = xsimd::batch<T, Arch>;
    const batch magnitude = xsimd::abs(v);
    return (batch(T(0)) < magnitude) & (magnitude < batch(below));
}

/// Whether there is such a number.
template <class Arch, class T>
bool any_tiny(T below, const xsimd::batch<T, Arch>& v) {
    return xsimd::any(tiny_in<Arch>(below, v));
}

/// The same of n elements, a multiple of four vectors; as many from `ahead` on are in the array, too, and
/// wanted in the cache.
template <class Arch, class T>
[[gnu::noinline, gnu::flatten]] bool any_tiny(T below, const T* from, std::size_t n, std::size_t ahead) {
    using batch = xsimd::batch<T, Arch>;
    if (!detail::may_be_tiny<Arch>(below, from, n, ahead)) [[likely]]
        return false;
    auto found = tiny_in<Arch>(below, batch::load_unaligned(from));
    for (std::size_t i = batch::size; i < n; i += batch::size)
        found = found | tiny_in<Arch>(below, batch::load_unaligned(from + i));
    return xsimd::any(found);
}

/// What a kernel without a line gives.
template <class Kernel, class T, class Arch>
xsimd::batch<T, Arch> eval_unlined(const xsimd::batch<T, Arch>& x) {
    if constexpr (has_plain_way<Kernel, T>) {
        return eval_either<Kernel, Arch>(x);
    } else {
        return Kernel::eval(x);
    }
}

/// x / 2 and a trifle more, which decides ties, by its bits: those of subnormal numbers and of twice as large
/// ones count alike.
template <class Arch>
xsimd::batch<double, Arch> half_of_tiny(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    using integers = xsimd::batch<std::int64_t, Arch>;
    const batch a = xsimd::abs(x);
    const auto bits = std::bit_cast<integers>(a);
    const batch one = std::bit_cast<batch>(integers(1));
    const auto up = std::bit_cast<integers>(xsimd::select(x < batch(0.0), batch(0.0), one));
    const batch even = std::bit_cast<batch>((bits + up) >> 1);
    const batch normal = std::bit_cast<batch>(bits - integers(INT64_C(1) << 52));
    return xsimd::select(a < batch(0x1p-1021), even, normal) | xsimd::bitofsign(x);
}

/// The line's product with a tiny x, rounded once, subnormal twice. Times 2^200, so that nothing on the way
/// is subnormal: numbers that are get the smallest normal one added before, a sum without rounding.
template <class Kernel, class Arch>
xsimd::batch<double, Arch> product_on_line(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    constexpr line at = Kernel::near_zero;
    constexpr double normal = 0x1p-1022;
    constexpr double lift = 1.0 / unlift64;
    const batch zero(0.0);
    const batch a = xsimd::abs(x);
    const batch added = xsimd::select(a < batch(normal), batch(normal), zero);
    const batch removed = xsimd::select(a < batch(normal), batch(normal * lift), zero);
    const batch lifted = (a + added) * batch(lift) - removed;
    const auto is_left = x < zero;
    const batch slope = xsimd::select(is_left, batch(at.left), batch(at.right));
    const batch low = xsimd::select(is_left, batch(at.left_low), batch(at.right_low));
    const batch product = lifted * slope;
    const batch rest = product_rest<Arch>(lifted, slope, product) + lifted * low;
    return unlifted64<Arch>(product + rest) | xsimd::bitofsign(x);
}

/// Kernel::eval(x), and where x is tiny the line.
template <class Kernel, class Arch>
[[gnu::noinline, gnu::flatten]] xsimd::batch<double, Arch> eval_tiny(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    const auto is_tiny = xsimd::abs(x) < batch(tiny_below<Kernel, double>);
    const batch y = eval_unlined<Kernel, double, Arch>(xsimd::select(is_tiny, batch(0.0), x));
    constexpr line at = Kernel::near_zero;
    static_assert(at.value == 0.0 && (at.left == 0.5) == (at.right == 0.5));
    if constexpr (at.left == 0.5) return xsimd::select(is_tiny, half_of_tiny<Arch>(x), y);
    return xsimd::select(is_tiny, product_on_line<Kernel, Arch>(x), y);
}

/// The same of binary32: in binary64, where nothing is subnormal, and from which a conversion rounds once,
/// subnormal or not, in the same time.
template <class Kernel, class Arch>
[[gnu::noinline, gnu::flatten]] xsimd::batch<float, Arch> eval_tiny(const xsimd::batch<float, Arch>& x) {
    using batch = xsimd::batch<float, Arch>;
    const auto is_tiny = xsimd::abs(x) < batch(Kernel::near_zero.below);
    const batch y = Kernel::eval(xsimd::select(is_tiny, batch(0.0F), x));
    const auto on_line = [](const xsimd::batch<double, Arch>& v) {
        constexpr line at = Kernel::near_zero;
        using wide = xsimd::batch<double, Arch>;
        const wide product = v * xsimd::select(v < wide(0.0), wide(at.left), wide(at.right));
        // Adding 0 would take the sign from a zero.
        return at.value == 0.0 ? product : product + wide(at.value);
    };
    const auto halves = widened<Arch>(x);
    return xsimd::select(is_tiny, narrowed<Arch>({on_line(halves.low), on_line(halves.high)}), y);
}

/// eval_tiny() from `from` to `to`, n whole vectors' elements.
template <class Kernel, class T, class Arch>
[[gnu::noinline]] void map_tiny(const T* from, T* to, std::size_t n) {
    using batch = xsimd::batch<T, Arch>;
    for (std::size_t i = 0; i < n; i += batch::size)
        eval_tiny<Kernel, Arch>(batch::load_unaligned(from + i)).store_unaligned(to + i);
}

}  // namespace ulpfront::simd
