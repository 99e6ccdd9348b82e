// Numbers that are kept times 2^64 so that nothing on the way to a subnormal result is subnormal; and the way
// back. x86's multiplication, fused or not, and its scaling by powers of two take a hundred cycles and more
// where an operand or the result is subnormal (measured on Sapphire Rapids; Zen 4 does not mind). So v 2^-k
// is found by v's bits there, at one speed for all: k is taken from the exponent, and with c = 2^(k - 126),
// the first v that is no subnormal result, from the larger of v and (v + c) / 2, which is v from c on. Below,
// the sum's last bit is that of the smallest number, and what the exponent loses is its leading bit. Where an
// ISA does not mind, a fused operation does it.
#pragma once

#include <bit>
#include <cstdint>

#include "impls/simd/fma.hpp"

namespace ulpfront::simd {

inline constexpr int lift_exponent = 64;
inline constexpr float unlift = 0x1p-64F;

/// Whether a product that is subnormal, or of something subnormal, takes much longer than another.
#if defined(__x86_64__)
template <class Arch>
inline constexpr bool has_slow_subnormals = true;
#else
template <class Arch>
inline constexpr bool has_slow_subnormals = false;
#endif

/// What is known of a number's sign.
enum class sign { positive, negative };

namespace detail {
/// What has the bits of v 2^-K, but for K in the exponent.
template <class Arch, sign Sign, int K>
xsimd::batch<float, Arch> with_bits_of_unlifted(const xsimd::batch<float, Arch>& v) {
    using batch = xsimd::batch<float, Arch>;
    constexpr auto half_border = std::bit_cast<float>(K << 23);
    const batch half(Sign == sign::positive ? half_border : -half_border);
    const batch sum = simd::fma(v, batch(0.5F), half);
    return Sign == sign::positive ? xsimd::max(v, sum) : xsimd::min(v, sum);
}
}  // namespace detail

/// `otherwise`, and where left v 2^-K rounded once, K from 32 to 96, v there of the sign stated (a zero of
/// either), |v| < 2^(K + 126). NaN may be lost.
template <class Arch, sign Sign, int K = lift_exponent>
xsimd::batch<float, Arch> unlifted_where(const xsimd::batch_bool<float, Arch>& left,
                                         const xsimd::batch<float, Arch>& v,
                                         const xsimd::batch<float, Arch>& otherwise) {
    using batch = xsimd::batch<float, Arch>;
    using integers = xsimd::batch<std::int32_t, Arch>;
    if constexpr (!has_slow_subnormals<Arch>) {
        const batch factor(std::bit_cast<float>((127 - K) << 23));
        return simd::fma(xsimd::select(left, v, otherwise), xsimd::select(left, factor, batch(1.0F)),
                         batch(-0.0F));
    }
    const auto bits = std::bit_cast<integers>(detail::with_bits_of_unlifted<Arch, Sign, K>(v));
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch>)
        return _mm512_castsi512_ps(
            _mm512_mask_sub_epi32(_mm512_castps_si512(otherwise), left, bits, integers(K << 23)));
#endif
    return xsimd::select(left, std::bit_cast<batch>(bits - integers(K << 23)), otherwise);
}

/// v 2^-K likewise everywhere.
template <class Arch, sign Sign = sign::positive, int K = lift_exponent>
xsimd::batch<float, Arch> unlifted_number(const xsimd::batch<float, Arch>& v) {
    using batch = xsimd::batch<float, Arch>;
    using integers = xsimd::batch<std::int32_t, Arch>;
    if constexpr (!has_slow_subnormals<Arch>) {
        return simd::fma(v, batch(std::bit_cast<float>((127 - K) << 23)), batch(-0.0F));
    } else {
        const auto bits = std::bit_cast<integers>(detail::with_bits_of_unlifted<Arch, Sign, K>(v));
        return std::bit_cast<batch>(bits - integers(K << 23));
    }
}

/// v 2^-64 rounded once, v >= 0 or NaN.
template <class Arch>
xsimd::batch<float, Arch> unlifted_positive(const xsimd::batch<float, Arch>& v) {
    if constexpr (!has_slow_subnormals<Arch>) return unlifted_number<Arch>(v);
    return unlifted_where<Arch, sign::positive>(v == v, v, v);
}

/// Of binary64, what is nearer to 0 is tiny: squares of the others, and what they are rounded by, are normal.
inline constexpr double tiny64 = 0x1p-200;

inline constexpr int lift64_exponent = 200;
inline constexpr double unlift64 = 0x1p-200;

/// v 2^-200 rounded once, v of the sign stated (a zero of either), |v| < 2^1000. NaN may be lost. By v's
/// bits, as unlifted_number.
template <class Arch, sign Sign = sign::positive>
xsimd::batch<double, Arch> unlifted64(const xsimd::batch<double, Arch>& v) {
    using batch = xsimd::batch<double, Arch>;
    using integers = xsimd::batch<std::int64_t, Arch>;
    constexpr double half_border = 0x1p-823;
    const batch half(Sign == sign::positive ? half_border : -half_border);
    const batch sum = simd::fma(v, batch(0.5), half);
    const batch larger = Sign == sign::positive ? xsimd::max(v, sum) : xsimd::min(v, sum);
    return std::bit_cast<batch>(std::bit_cast<integers>(larger) -
                                integers(static_cast<std::int64_t>(lift64_exponent) << 52));
}

/// product 2^-64 + max(x, 0) from sum = product 2^-64 + x and, where x < 0, the larger product 2^-64.
template <class Arch>
xsimd::batch<float, Arch> above_ramp(const xsimd::batch<float, Arch>& product,
                                     const xsimd::batch<float, Arch>& sum) {
    // As the second argument NaN is kept by the maximum of every ISA.
    return xsimd::max(unlifted_number<Arch>(product), sum);
}

/// `lifted` where it is not seen after unlifting unless it is large: what is too small is made larger where
/// unlifting it would be slow.
template <class Arch>
xsimd::batch<float, Arch> not_too_small(const xsimd::batch<float, Arch>& lifted) {
    if constexpr (!has_slow_subnormals<Arch>) return lifted;
    // As the second argument NaN is kept by the maximum of every ISA.
    return xsimd::max(xsimd::batch<float, Arch>(0x1p-60F), lifted);
}

/// The same where it is added to 1 or more, which no product is on its own if the ISA fuses.
template <class Arch>
xsimd::batch<float, Arch> beside_one(const xsimd::batch<float, Arch>& lifted) {
    if constexpr (has_fma<Arch>) return lifted;
    return not_too_small<Arch>(lifted);
}

}  // namespace ulpfront::simd
