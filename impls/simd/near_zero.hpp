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
#include "impls/simd/wide.hpp"

namespace ulpfront::simd {

/// What a kernel's function is next to 0, and where that is good enough: a value, and a slope on either side.
struct line {
    double left, right;
    double value = 0.0;
    float below = 0x1p-30F;
};

/// x / 2, and a trifle more, which decides ties.
inline constexpr line half_and_more{0.5 - 0x1p-50, 0.5 + 0x1p-50};

/// Whether a kernel is to be kept from tiny numbers.
template <class Kernel, class T, class Arch>
inline constexpr bool shuns_tiny = has_slow_subnormals<Arch>&& requires {
    requires std::is_same_v<T, float>;
    Kernel::near_zero;
};

namespace detail {
#if defined(__AVX512F__)
/// Lanes of four vectors where all numbers are as far from 0 as -limit or further, and none is NaN.
struct far_lanes {
    __mmask16 first = 0xffff;
    __mmask16 second = 0xffff;

    void also(const float* from, __m512 limit) {
        first = those_far(first, from, limit);
        second = those_far(second, from + 32, limit);
    }

  private:
    static __mmask16 those_far(__mmask16 lanes, const float* from, __m512 limit) {
        constexpr int smaller_magnitude = 2;
        constexpr int made_negative = 3 << 2;
        // Of two numbers, and of a number and a quiet NaN; of a signaling one NaN.
        const __m512 nearer = _mm512_range_ps(_mm512_loadu_ps(from), _mm512_loadu_ps(from + 16),
                                              smaller_magnitude | made_negative);
        return _mm512_mask_cmp_ps_mask(lanes, nearer, limit, _CMP_LE_OQ);
    }
};
#endif

/// Lane by lane the nearer to 0 of two numbers that are made negative, and so the smaller as integers; of a
/// number and NaN the number. SSE2 compares halves: only the upper ones are of use.
template <class Arch>
xsimd::batch<std::int32_t, Arch> nearer(const xsimd::batch<std::int32_t, Arch>& a,
                                        const xsimd::batch<std::int32_t, Arch>& b) {
    if constexpr (!std::is_same_v<Arch, xsimd::sse2>) return xsimd::min(a, b);
    using halves = xsimd::batch<std::int16_t, Arch>;
    return std::bit_cast<xsimd::batch<std::int32_t, Arch>>(
        xsimd::min(std::bit_cast<halves>(a), std::bit_cast<halves>(b)));
}

/// Of four vectors and so_far.
template <class Arch>
xsimd::batch<std::int32_t, Arch> nearest(const float* from, const xsimd::batch<std::int32_t, Arch>& so_far) {
    using batch = xsimd::batch<float, Arch>;
    const auto negative = [from](std::size_t i) {
        return std::bit_cast<xsimd::batch<std::int32_t, Arch>>(
            minus_abs(batch::load_unaligned(from + i * batch::size)));
    };
    return nearer<Arch>(
        nearer<Arch>(nearer<Arch>(negative(0), negative(1)), nearer<Arch>(negative(2), negative(3))), so_far);
}

/// N numbers are looked through next and wanted in the cache by then: while the kernel computes, nothing is
/// read.
template <std::size_t N>
void fetch(const float* from) {
    constexpr std::size_t line = 64 / sizeof(float);
    for (std::size_t i = 0; i < N; i += line) __builtin_prefetch(from + i);
}

/// Whether a number of n, a multiple of four vectors, may be nearer to 0 than below, of which the lower half
/// is 0. Two turns a step: what is found of one waits for what was found before.
template <class Arch>
bool may_be_tiny(float below, const float* from, std::size_t n, std::size_t ahead) {
    constexpr std::size_t turn = 4 * xsimd::batch<float, Arch>::size;
    std::size_t i = 0;
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch>) {
        const __m512 limit = _mm512_set1_ps(-below);
        far_lanes even;
        far_lanes odd;
        for (; i + 2 * turn <= n; i += 2 * turn) {
            fetch<2 * turn>(from + ahead + i);
            even.also(from + i, limit);
            odd.also(from + i + turn, limit);
        }
        if (i < n) even.also(from + i, limit);
        return (even.first & even.second & odd.first & odd.second) != 0xffff;
    }
#endif
    const xsimd::batch<std::int32_t, Arch> limit(std::bit_cast<std::int32_t>(-below));
    auto even = limit;
    auto odd = limit;
    for (; i + 2 * turn <= n; i += 2 * turn) {
        fetch<2 * turn>(from + ahead + i);
        even = nearest<Arch>(from + i, even);
        odd = nearest<Arch>(from + i + turn, odd);
    }
    if (i < n) even = nearest<Arch>(from + i, even);
    return xsimd::any(nearer<Arch>(even, odd) < limit);
}
}  // namespace detail

/// Where numbers are nearer to 0 than the limit, but not 0: zeros make nothing slow and are frequent.
template <class Arch>
xsimd::batch_bool<float, Arch> tiny_in(float below, const xsimd::batch<float, Arch>& v) {
    using batch = xsimd::batch<float, Arch>;
    const batch magnitude = xsimd::abs(v);
    return (batch(0.0F) < magnitude) & (magnitude < batch(below));
}

/// Whether there is such a number.
template <class Arch>
bool any_tiny(float below, const xsimd::batch<float, Arch>& v) {
    return xsimd::any(tiny_in<Arch>(below, v));
}

/// The same of n elements, a multiple of four vectors; as many from `ahead` on are in the array, too, and
/// wanted in the cache.
template <class Arch>
[[gnu::noinline, gnu::flatten]] bool any_tiny(float below, const float* from, std::size_t n,
                                              std::size_t ahead) {
    using batch = xsimd::batch<float, Arch>;
    if (!detail::may_be_tiny<Arch>(below, from, n, ahead)) [[likely]]
        return false;
    auto found = tiny_in<Arch>(below, batch::load_unaligned(from));
    for (std::size_t i = batch::size; i < n; i += batch::size)
        found = found | tiny_in<Arch>(below, batch::load_unaligned(from + i));
    return xsimd::any(found);
}

/// Kernel::eval(x), and where x is tiny the line: in binary64, where nothing is subnormal, and from which
/// a conversion rounds once, subnormal or not, in the same time.
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
template <class Kernel, class Arch>
[[gnu::noinline]] void map_tiny(const float* from, float* to, std::size_t n) {
    using batch = xsimd::batch<float, Arch>;
    for (std::size_t i = 0; i < n; i += batch::size)
        eval_tiny<Kernel, Arch>(batch::load_unaligned(from + i)).store_unaligned(to + i);
}

}  // namespace ulpfront::simd
