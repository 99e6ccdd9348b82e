// Kernels with a short way for numbers of ordinary magnitude: Kernel::eval_plain(x) for |x| <
// Kernel::plain_limit, which need not care about overflow, subnormal results, infinities or NaN;
// Kernel::eval_extreme(x) for all others. map.hpp looks four vectors through at once; where one number is not
// plain, each lane takes its own way of the two (eval_either), so that an element's bits never depend on its
// neighbours.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <xsimd/xsimd.hpp>

namespace ulpfront::simd {

template <class Kernel, class T>
inline constexpr bool has_plain_way = std::is_same_v<T, double>&& requires {
    Kernel::plain_limit;
};

/// A kernel's seams, and those of its plain way.
template <std::size_t N>
constexpr std::array<double, N + 2> with_plain_limit(const std::array<double, N>& seams, double limit) {
    std::array<double, N + 2> all{};
    std::copy(seams.begin(), seams.end(), all.begin());
    all[N] = limit;
    all[N + 1] = -limit;
    return all;
}

/// Whether the sign bit of any lane is set.
template <class Arch>
bool any_sign(const xsimd::batch<std::int64_t, Arch>& v) {
#if defined(__x86_64__)
    if constexpr (std::is_same_v<Arch, xsimd::sse2>) {
        return _mm_movemask_pd(std::bit_cast<__m128d>(v)) != 0;
    }
#endif
    if constexpr (!std::is_same_v<Arch, xsimd::sse2>)
        return xsimd::any(v < xsimd::batch<std::int64_t, Arch>(0));
}

/// Whether all numbers of the four vectors are below the limit in magnitude. NaN is not.
template <class Arch>
bool all_below(double limit, const xsimd::batch<double, Arch>& a, const xsimd::batch<double, Arch>& b,
               const xsimd::batch<double, Arch>& c, const xsimd::batch<double, Arch>& d) {
    using integers = xsimd::batch<std::int64_t, Arch>;
    // Magnitudes' bits are ordered as integers are; from the limit on this sum goes over into the sign.
    const integers room(INT64_MAX - std::bit_cast<std::int64_t>(limit) + 1);
    const auto over = [&](const xsimd::batch<double, Arch>& v) {
        return (std::bit_cast<integers>(v) & integers(INT64_MAX)) + room;
    };
    return !any_sign<Arch>((over(a) | over(b)) | (over(c) | over(d)));
}

/// Each lane by its own way.
template <class Kernel, class Arch>
xsimd::batch<double, Arch> eval_either(const xsimd::batch<double, Arch>& x) {
    using batch = xsimd::batch<double, Arch>;
    const auto plain = xsimd::abs(x) < batch(Kernel::plain_limit);
    return xsimd::select(plain, Kernel::eval_plain(xsimd::select(plain, x, batch(0.0))),
                         Kernel::eval_extreme(x));
}

/// eval_either() from `from` to `to`, n whole vectors' elements.
template <class Kernel, class Arch>
[[gnu::noinline, gnu::flatten]] void map_either(const double* from, double* to, std::size_t n) {
    using batch = xsimd::batch<double, Arch>;
    for (std::size_t i = 0; i < n; i += batch::size)
        eval_either<Kernel, Arch>(batch::load_unaligned(from + i)).store_unaligned(to + i);
}

}  // namespace ulpfront::simd
