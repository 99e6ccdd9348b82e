// From a kernel on one vector to a kernel on an array.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <type_traits>

#include "impls/kernel.hpp"
#include "impls/simd/arch.hpp"
#include "impls/simd/near_zero.hpp"
#include "impls/simd/plain.hpp"
#include "impls/simd/stream.hpp"
#include "impls/simd/tail.hpp"

namespace ulpfront::simd {

template <class Kernel, class T, class Arch>
void map(void* ctx, const void* in, void* out, std::size_t n);

/// The vectors of a turn of the loop, and the turns that are looked through for tiny numbers at once.
inline constexpr std::size_t vectors_a_turn = 4;
inline constexpr std::size_t turns_a_look = 8;

/// The elements of a turn.
template <class T, class Arch>
inline constexpr std::size_t turn_of = vectors_a_turn* xsimd::batch<T, Arch>::size;

/// Kernel::eval(x), and of a kernel that is kept from tiny numbers what it gives for them; of one with a
/// plain way either.
template <class Kernel, class T, class Arch>
xsimd::batch<T, Arch> eval_any(const xsimd::batch<T, Arch>& x) {
    if constexpr (shuns_tiny<Kernel, T, Arch>) {
        if (any_tiny(tiny_below<Kernel, T>, x)) [[unlikely]]
            return eval_tiny<Kernel, Arch>(x);
    }
    return eval_unlined<Kernel, T, Arch>(x);
}

/// What an ordinary x takes.
template <class Kernel, class T, class Arch>
xsimd::batch<T, Arch> eval_usual(const xsimd::batch<T, Arch>& x) {
    if constexpr (has_plain_way<Kernel, T>) {
        return Kernel::eval_plain(x);
    } else {
        return Kernel::eval(x);
    }
}

/// map() for arrays that no cache holds; `in` and `out` do not overlap.
template <class Kernel, class T, class Arch>
[[gnu::noinline]] void map_streaming(void* ctx, const void* in, void* out, std::size_t n) {
    using batch = xsimd::batch<T, Arch>;
    constexpr std::size_t width = batch::size;
    const T* from = static_cast<const T*>(in);
    T* to = static_cast<T*>(out);
    const std::size_t ahead = reinterpret_cast<std::uintptr_t>(to) / sizeof(T) % width;
    std::size_t i = ahead == 0 ? 0 : width - ahead;
    map<Kernel, T, Arch>(ctx, from, to, i);
    for (; i + width <= n; i += width)
        store_streaming(eval_any<Kernel>(batch::load_unaligned(from + i)), to + i);
    end_streaming();
    map<Kernel, T, Arch>(ctx, from + i, to + i, n - i);
}

/// n elements of whole turns, four vectors a turn, each with a name of its own: g++ keeps an array of them on
/// the stack and the loop over it rolled.
template <class Kernel, class T, class Arch>
[[gnu::always_inline, gnu::flatten]] inline void map_turns(const T* from, T* to, std::size_t n) {
    using batch = xsimd::batch<T, Arch>;
    constexpr std::size_t width = batch::size;
    for (std::size_t i = 0; i < n; i += turn_of<T, Arch>) {
        const batch a = batch::load_unaligned(from + i);
        const batch b = batch::load_unaligned(from + i + width);
        const batch c = batch::load_unaligned(from + i + 2 * width);
        const batch d = batch::load_unaligned(from + i + 3 * width);
        if constexpr (has_plain_way<Kernel, T>) {
            if (!all_below<Arch>(Kernel::plain_limit, a, b, c, d)) [[unlikely]] {
                map_either<Kernel, Arch>(from + i, to + i, turn_of<T, Arch>);
                continue;
            }
        }
        eval_usual<Kernel>(a).store_unaligned(to + i);
        eval_usual<Kernel>(b).store_unaligned(to + i + width);
        eval_usual<Kernel>(c).store_unaligned(to + i + 2 * width);
        eval_usual<Kernel>(d).store_unaligned(to + i + 3 * width);
    }
}

/// The same, of a kernel that is kept from tiny numbers.
template <class Kernel, class T, class Arch>
[[gnu::always_inline]] inline void map_turns_watched(const T* from, T* to, std::size_t n) {
    constexpr std::size_t look = turns_a_look * turn_of<T, Arch>;
    for (std::size_t i = 0; i < n; i += look) {
        const std::size_t m = std::min(look, n - i);
        const std::size_t ahead = std::min(m, n - i - m);
        if (any_tiny<Arch>(tiny_below<Kernel, T>, from + i, m, ahead)) [[unlikely]] {
            map_tiny<Kernel, T, Arch>(from + i, to + i, m);
        } else {
            map_turns<Kernel, T, Arch>(from + i, to + i, m);
        }
    }
}

/// Less than a turn. The last elements run through the same code on a vector filled up with zeros, so that an
/// element's bits never depend on where it stands.
template <class Kernel, class T, class Arch>
[[gnu::noinline, gnu::flatten]] void map_rest(const T* from, T* to, std::size_t n) {
    using batch = xsimd::batch<T, Arch>;
    constexpr std::size_t width = batch::size;
    std::size_t i = 0;
    for (; i + width <= n; i += width)
        eval_any<Kernel>(batch::load_unaligned(from + i)).store_unaligned(to + i);
    if (i < n) store_first(eval_any<Kernel>(load_first<T, Arch>(from + i, n - i)), to + i, n - i);
}

/// n elements of whole turns.
template <class Kernel, class T, class Arch>
[[gnu::noinline, gnu::flatten]] void map_all_turns(const T* from, T* to, std::size_t n) {
    if constexpr (shuns_tiny<Kernel, T, Arch>) {
        map_turns_watched<Kernel, T, Arch>(from, to, n);
    } else {
        map_turns<Kernel, T, Arch>(from, to, n);
    }
}

/// Applies Kernel::eval(batch) to an array. Arrays beyond all caches are streamed.
template <class Kernel, class T, class Arch>
void map(void* ctx, const void* in, void* out, std::size_t n) {
    const T* from = static_cast<const T*>(in);
    T* to = static_cast<T*>(out);
    const std::size_t rest = n % turn_of<T, Arch>;
    const std::size_t turns = n - rest;
    if constexpr (wants_streaming<Kernel> && has_streaming<Arch>) {
        if (n >= streaming_bytes / sizeof(T) && in != out) [[unlikely]]
            return map_streaming<Kernel, T, Arch>(ctx, in, out, n);
    }
    // Both have frames of their own, which short arrays and whole turns are to be spared.
    if (rest == 0) return map_all_turns<Kernel, T, Arch>(from, to, turns);
    if (turns != 0) map_all_turns<Kernel, T, Arch>(from, to, turns);
    return map_rest<Kernel, T, Arch>(from + turns, to + turns, rest);
}

/// The row of a kernel written as `template <class T, class Arch> struct K { static batch eval(batch) }`, for
/// elements E: T itself, or as large where K only moves them.
template <template <class, class> class Kernel, class T, class E = T>
constexpr ulpfront_row simd_row(const row_facts& facts) {
    static_assert(sizeof(T) == sizeof(E));
    return make_row(facts, dtype_of<E>, &map<Kernel<T, native>, T, native>);
}

/// The same of a kernel that promises at most so many ULP, and all special values.
template <template <class, class> class Kernel, class T>
constexpr ulpfront_row simd_ulp_row(const char* kernel, double promised_ulp, const char* note,
                                    std::span<const double> seams = {}) {
    return simd_row<Kernel, T>({
        .kernel = kernel,
        .method = ULPFRONT_METHOD_SIMD,
        .promise_kind = ULPFRONT_PROMISE_ULP,
        .promise_value = promised_ulp,
        .promise_flags = all_special_values,
        .note = note,
        .seams = seams,
    });
}

}  // namespace ulpfront::simd
