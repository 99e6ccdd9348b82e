// Correctly rounded binary32 results from binary64 ones of known error.
//
// A result whose error is below 2^-49 of itself rounds to the right float unless the exact value lies that
// close to the midpoint of two floats. Those inputs, a few dozen of the 2^32, stand in a table beside the
// kernel (accuracy/reference/near_midpoints.cpp makes it), with what the judge says they round to.
//
// 1. Narrowing rounds each lane once, subnormal results too.
// 2. The low 29 bits of a double are what a normal float lacks of it. Lanes where they are within 64 of the
//    middle, one in four million, go out of line, where the table is asked.
// Results below 2^-126 are rounded at another bit, so that their midpoints are not seen: none of them is so
// close to one, which the check of all inputs shows.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>

#include "impls/simd/map.hpp"
#include "impls/simd/wide.hpp"

namespace ulpfront::simd {

/// An input near a midpoint and its correctly rounded result, as bits.
struct rounded_result {
    std::uint32_t input;
    std::uint32_t result;
};

namespace detail {
/// y with the results of the table for those x that are in it, and Kernel::by_series(x), if there is such,
/// for those below Kernel::series_below.
template <class Kernel, class Arch>
[[gnu::noinline, gnu::cold]] xsimd::batch<float, Arch> resolved(const xsimd::batch<float, Arch>& x,
                                                                const xsimd::batch<float, Arch>& y) {
    using batch = xsimd::batch<float, Arch>;
    alignas(64) std::array<float, batch::size> in{};
    alignas(64) std::array<float, batch::size> out{};
    x.store_aligned(in.data());
    y.store_aligned(out.data());
    const std::span<const rounded_result> table(Kernel::midpoints);
    for (std::size_t i = 0; i < in.size(); ++i) {
        const auto bits = std::bit_cast<std::uint32_t>(in[i]);
        const auto at =
            std::lower_bound(table.begin(), table.end(), bits,
                             [](const rounded_result& a, std::uint32_t b) { return a.input < b; });
        if (at != table.end() && at->input == bits) out[i] = std::bit_cast<float>(at->result);
        if constexpr (requires { Kernel::by_series(in[i]); }) {
            if (std::abs(in[i]) < Kernel::series_below) out[i] = Kernel::by_series(in[i]);
        }
    }
    return batch::load_aligned(out.data());
}
}  // namespace detail

/// Kernel::wide(x), of doubles, rounded correctly.
template <class Kernel, class Arch>
xsimd::batch<float, Arch> rounded_correctly(const xsimd::batch<float, Arch>& x) {
    using integers = xsimd::batch<std::int32_t, Arch>;
    const wide_halves<Arch> in = widened<Arch>(x);
    const wide_halves<Arch> out{Kernel::wide(in.low), Kernel::wide(in.high)};
    const xsimd::batch<float, Arch> y = narrowed<Arch>(out);
    // The middle, 2^28, becomes the least integer when the three bits above are shifted out.
    constexpr std::int32_t near = 64 << 3;
    constexpr std::int32_t least = INT32_MIN;
    const integers from_middle = (low_words<Arch>(out) << 3) + integers(near);
    if (xsimd::any(from_middle < integers(least + 2 * near))) [[unlikely]] {
        return detail::resolved<Kernel, Arch>(x, y);
    }
    return y;
}

namespace detail {
/// Kernel::eval, or what rounds Kernel::wide.
template <class Kernel>
struct exact {
    using batch = xsimd::batch<float, native>;
    static batch eval(const batch& x) {
        if constexpr (requires { Kernel::eval(x); })
            return Kernel::eval(x);
        else
            return rounded_correctly<Kernel, native>(x);
    }
};
}  // namespace detail

/// The row of a class with `static wide_batch wide(wide_batch)` and `midpoints`, and, where there is more to
/// do, an `eval` that calls rounded_correctly. It is asked for as K<native>: of a template as argument g++ 12
/// forgets that it is local to its file, and the linker would take one function's kernel for all.
template <class Kernel>
constexpr ulpfront_row exact_row() {
    constexpr row_facts facts{
        .kernel = "exact",
        .method = ULPFRONT_METHOD_EXACT,
        .promise_kind = ULPFRONT_PROMISE_EXACT,
        .promise_flags = all_special_values,
        .note = "binary64 lanes, inputs near midpoints from a table",
    };
    return make_row(facts, dtype_of<float>, &map<detail::exact<Kernel>, float, native>);
}

}  // namespace ulpfront::simd
