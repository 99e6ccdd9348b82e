// What measuring a kernel has in common whatever the type of its results: promises, properties, sums.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

#include "accuracy/reference/engine.hpp"
#include "accuracy/reference/judge.hpp"
#include "accuracy/tallies.hpp"
#include "accuracy/ulp.hpp"
#include "impls/catalogue.hpp"

namespace ulpfront {

/// A limit that nothing exceeds; what lies beyond the largest number.
inline constexpr double infinite = std::numeric_limits<double>::infinity();

/// The bits of an input and of a result.
template <class T>
witness witness_at(T x, T y) {
    return {true, std::bit_cast<bits_of<T>>(x), std::bit_cast<bits_of<T>>(y)};
}

/// Which of tallies::binades an input belongs to: its binade as binary32. What lies beyond binary32's finite
/// numbers counts with its infinities, what lies below its normal numbers with its subnormal ones.
template <class T>
std::size_t binade_of(T x);

/// The sums of the errors of a run of neighbouring results.
struct run_sums {
    std::uint64_t counted;
    double sum;
    double sum_signed;
    double sum_squared;
    double largest;  ///< not smaller than the largest error
    const std::array<std::uint32_t, error_bins_count>* histogram;
};

/// The part of a measurement that T (float, double) alone decides.
template <class T>
class measuring {
  public:
    /// For odd and even functions: computed[i] = kernel(x[i]), mirrored[i] = kernel(-x[i]).
    void add_mirrored(const T* x, const T* computed, const T* mirrored, std::size_t n);

    /// Whether add_mirrored has anything to say for this function.
    [[nodiscard]] bool wants_mirrored() const;

  protected:
    measuring(const kernel_info& kernel, tallies& into);

    /// Where a run that begins at `begin` ends: after `most` inputs, or with its sign and exponent.
    static std::size_t end_of_run(const T* x, std::size_t begin, std::size_t n, std::size_t most);

    /// Adds a run, from `first` to before `next`.
    void take_sums(const run_sums& run, T first, T next);

    /// Ascending inputs: counts results in the wrong order, within the monotone pieces.
    /// count(y, n, direction, first) is as engine_table::count_falls.
    template <class Count>
    void check_monotone(const T* x, const T* y, std::size_t n, const Count& count) {
        for (const monotone_piece& piece : facts_.monotone) {
            const auto [from, to] = inputs_within(piece, x, n);
            std::size_t first = 0;
            const std::uint64_t falls = count(y + from, to - from, piece.direction, first);
            if (falls > 0)
                tallies_.monotonicity_violations.add(falls, witness_at(x[from + first], y[from + first]));
        }
    }

    /// Results at the zeros, where an absolute promise includes that f(0) is exact if it is 0.
    /// exact(i) is f(x[i]).
    template <class Exact>
    void check_zero(const T* x, const T* computed, std::size_t n, const Exact& exact) {
        if (limits_.promise_absolute == std::numeric_limits<double>::infinity()) return;
        const auto [from, to] = zeros(x, n);
        for (std::size_t i = from; i < to; ++i)
            if (exact(i) == 0.0 && computed[i] != T(0))
                tallies_.over_promise.add(1, witness_at(x[i], computed[i]));
    }

    const function_facts facts_;
    const judge<T> judge_;
    const comparison_limits limits_;
    tallies& tallies_;

  private:
    static part inputs_within(const monotone_piece& piece, const T* x, std::size_t n);
    static part zeros(const T* x, std::size_t n);
};

extern template class measuring<float>;
extern template class measuring<double>;

}  // namespace ulpfront
