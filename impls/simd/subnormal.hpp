// Inputs of which x86 makes slow ones: a multiplication, fused or not, and a division take a hundred cycles
// and more where an operand is subnormal (lift.hpp says it of results). Sums, comparisons and what moves bits
// do not mind. A kernel keeps such numbers from its products in the cheapest of these ways:
//
// - where f(0) is not 0, a trifle is added to x: raised().
// - where f(x) is x next to 0, |x| is never taken for less than 2^-40, and a comparison that is there already
//   or a minimum gives x back: abs_not_tiny().
// - where f(x) is c x there, four vectors are looked through at once, and those with such a number in them go
//   another way: any_tiny() and eval_tiny(), of which map.hpp makes use for a kernel with a `slope_at_zero`.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "impls/simd/lift.hpp"

namespace ulpfront::simd {

/// What is nothing beside 1.
inline constexpr float tiny = 0x1p-40F;

/// x, but far from all subnormal numbers, and from those whose squares are: greater by 2^-36, which is not
/// seen in f(x) where f(0) is not 0.
template <class Arch>
xsimd::batch<float, Arch> raised(const xsimd::batch<float, Arch>& x) {
    if constexpr (!has_slow_subnormals<Arch>) return x;
    return x + xsimd::batch<float, Arch>(0x1p-36F);
}

/// -x likewise.
template <class Arch>
xsimd::batch<float, Arch> raised_minus(const xsimd::batch<float, Arch>& x) {
    if constexpr (!has_slow_subnormals<Arch>) return negated(x);
    return xsimd::batch<float, Arch>(0x1p-36F) - x;
}

/// |x|, but where that is less than 2^-40 that number. NaN stays NaN.
template <class Arch>
xsimd::batch<float, Arch> abs_not_tiny(const xsimd::batch<float, Arch>& x) {
    using batch = xsimd::batch<float, Arch>;
    if constexpr (!has_slow_subnormals<Arch>) {
        return xsimd::abs(x);
    } else if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
        // As the second argument NaN is kept by the maximum of every ISA.
        return xsimd::max(batch(tiny), xsimd::abs(x));
    } else {
        // Of integers it takes a cycle instead of four.
        using integers = xsimd::batch<std::int32_t, Arch>;
        return std::bit_cast<batch>(
            xsimd::max(std::bit_cast<integers>(xsimd::abs(x)), integers(std::bit_cast<std::int32_t>(tiny))));
    }
}

/// Whether a kernel is to be kept from subnormal numbers, next to which it is x times a slope. AVX2 pays
/// too much for looking through its inputs.
template <class Kernel, class T, class Arch>
inline constexpr bool shuns_tiny = has_slow_subnormals<Arch> && !is_avx2<Arch> && requires {
    requires std::is_same_v<T, float>;
    Kernel::slope_at_zero;
};

namespace detail {
/// From 2^-125 on half of a number is no subnormal one.
inline constexpr std::int32_t tiny_limit = 0x0100'0000;

/// The smaller of integers, lane by lane; without minima of 32 bits in the upper halves alone.
template <class Arch>
xsimd::batch<std::int32_t, Arch> smaller_bits(const xsimd::batch<std::int32_t, Arch>& a,
                                              const xsimd::batch<std::int32_t, Arch>& b) {
    if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
        using halves = xsimd::batch<std::int16_t, Arch>;
        return std::bit_cast<xsimd::batch<std::int32_t, Arch>>(
            xsimd::min(std::bit_cast<halves>(a), std::bit_cast<halves>(b)));
    } else {
        return xsimd::min(a, b);
    }
}
}  // namespace detail

/// Whether a number of the four vectors is not above 2^-125; zeros, which make nothing slow and are frequent,
/// do not count.
template <class Arch>
bool any_tiny(const xsimd::batch<float, Arch>& a, const xsimd::batch<float, Arch>& b,
              const xsimd::batch<float, Arch>& c, const xsimd::batch<float, Arch>& d) {
    using integers = xsimd::batch<std::int32_t, Arch>;
    // The bits of -|v|, which the kernels have anyway, are the smaller the smaller |v| is. One less, those of
    // zero are the largest.
    const auto bits = [](const xsimd::batch<float, Arch>& v) {
        return std::bit_cast<integers>(minus_abs(v)) - integers(1);
    };
    const integers least = detail::smaller_bits<Arch>(detail::smaller_bits<Arch>(bits(a), bits(b)),
                                                      detail::smaller_bits<Arch>(bits(c), bits(d)));
    // The limit's lower half is 0, so that upper halves compare like the whole.
    return xsimd::any(least < integers(INT32_MIN + detail::tiny_limit));
}

/// Kernel::eval(x), and where x is tiny the slope times x: in units of the smallest number, which are
/// integers.
template <class Kernel, class Arch>
xsimd::batch<float, Arch> eval_tiny(const xsimd::batch<float, Arch>& x) {
    using batch = xsimd::batch<float, Arch>;
    using integers = xsimd::batch<std::int32_t, Arch>;
    const batch a = xsimd::abs(x);
    const auto is_tiny = a < batch(std::bit_cast<float>(detail::tiny_limit));
    const batch y = Kernel::eval(xsimd::select(is_tiny, batch(0.0F), x));
    // Without a subnormal number in it where x is not tiny.
    const auto units = std::bit_cast<integers>(a) & integers(detail::tiny_limit - 1);
    // Half of them as integers: their product with a whole slope would need more bits than a float has.
    constexpr auto rest = static_cast<float>(Kernel::slope_at_zero - 0.5);
    const batch odd = xsimd::to_float(units & integers(1));
    const batch other = simd::fma(odd, batch(0.5F), xsimd::to_float(units) * batch(rest));
    const integers product = (units >> 1) + xsimd::nearbyint_as_int(other);
    return xsimd::select(is_tiny, std::bit_cast<batch>(product) | xsimd::bitofsign(x), y);
}

/// eval_tiny() from `from` to `to`, n whole vectors' elements.
template <class Kernel, class Arch>
[[gnu::noinline, gnu::flatten]] void map_tiny(const float* from, float* to, std::size_t n) {
    using batch = xsimd::batch<float, Arch>;
    for (std::size_t i = 0; i < n; i += batch::size)
        eval_tiny<Kernel, Arch>(batch::load_unaligned(from + i)).store_unaligned(to + i);
}

}  // namespace ulpfront::simd
