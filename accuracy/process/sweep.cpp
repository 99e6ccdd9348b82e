#include "accuracy/process/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "accuracy/ulp.hpp"
#include "impls/clock.hpp"

namespace ulpfront {
namespace {

/// Elements a call: input and output of a call stay in the second-level cache. Blocks of binary64 are
/// smaller, and are to be several calls too.
template <class E>
constexpr std::size_t chunk_size = std::is_same_v<E, double> ? f64_block_size / 4 : std::size_t{1} << 15;

template <class T>
measurement_of<T> measurement_for(const kernel_info& info, tallies& into) {
    if constexpr (std::is_same_v<T, double>) {
        return {info, into};
    } else {
        return {load_engine(), info, into};
    }
}

}  // namespace

template <class E>
sweeper_of<E>::sweeper_of(running_kernel& kernel, const kernel_context& context, const kernel_info& info)
    : kernel_(kernel),
      context_(context),
      measurement_(measurement_for<wide>(info, kernel.state().measured)),
      input_(mapping::of_private((chunk_size<E> + 1) * sizeof(E), true)),
      output_(mapping::of_private((chunk_size<E> + 1) * sizeof(E), true)),
      mirrored_x_(chunk_size<E>),
      mirrored_y_(chunk_size<E>) {}

template <class E>
void sweeper_of<E>::evaluate(const E* x, E* y, std::size_t n) {
    const double before = thread_seconds();
    kernel_.call(activity::sweeping, context_, x, y, n);
    kernel_.state().kernel_seconds += thread_seconds() - before;
}

template <class E>
const E* sweeper_of<E>::inputs(const wide* x, std::size_t n) {
    if constexpr (std::is_same_v<E, wide>) {
        return x;
    } else {
        E* const narrowed = input_.upper<E>(n);
        std::transform(x, x + n, narrowed, narrow<E>);
        return narrowed;
    }
}

template <class E>
const wide_of<E>* sweeper_of<E>::widened(const E* y, std::size_t n, std::vector<wide>& room) {
    if constexpr (std::is_same_v<E, wide>) {
        return y;
    } else {
        room.resize(n);
        std::transform(y, y + n, room.begin(), [](E each) { return widen(each); });
        return room.data();
    }
}

template <class E>
void sweeper_of<E>::sweep(const slot_view& slot, const sweep_block& block) {
    const std::size_t all = block.count + (block.successor ? 1 : 0);
    const wide* const x = slot.x<wide>(all);
    E last{};
    for (std::size_t begin = 0; begin < block.count; begin += chunk_size<E>) {
        // One more than the chunk: it comes again as the first of the next one, in another place.
        const std::size_t n = std::min(chunk_size<E> + 1, all - begin);
        const std::size_t count = std::min(chunk_size<E>, block.count - begin);
        const E* const in = inputs(x + begin, n);
        E* const y = begin / chunk_size<E> % 2 == 0 ? output_.upper<E>(n) : output_.lower<E>();
        evaluate(in, y, n);
        if (begin > 0 && !same_element(last, y[0])) {
            kernel_.faults().note(
                "length", fmt::format("f({}) gave {} as the last of {} elements, {} as the first of {}",
                                      hexfloat(widen(in[0])), hexfloat(widen(last)), chunk_size<E> + 1,
                                      hexfloat(widen(y[0])), n));
        }
        last = y[n - 1];
        // At once, while all of it is in the cache.
        const wide* const results = widened(y, n, results_);
        measure(slot, begin, x + begin, results, count, n > count);
        if (measurement_.wants_mirrored()) check_mirrored(x + begin, results, count);
    }
}

template <class E>
void sweeper_of<E>::measure(const slot_view& slot, std::size_t begin, const wide* x, const wide* y,
                            std::size_t n, bool successor) {
    if constexpr (std::is_same_v<E, double>) {
        measurement_.add({x, slot.exact() + begin, y, n}, successor);
    } else {
        measurement_.add({x, slot.reference().from(begin), y, n}, successor);
    }
}

template <class E>
void sweeper_of<E>::check_mirrored(const wide* x, const wide* y, std::size_t n) {
    // Inputs ascend: the negative ones come first.
    const auto negative = static_cast<std::size_t>(
        std::partition_point(x, x + n, [](wide each) { return std::signbit(each); }) - x);
    if (negative == 0) return;
    std::transform(x, x + negative, mirrored_x_.begin(), [](wide each) { return narrow<E>(-each); });
    evaluate(mirrored_x_.data(), mirrored_y_.data(), negative);
    const wide* const results = widened(mirrored_y_.data(), negative, mirrored_results_);
    measurement_.add_mirrored(x, y, results, negative);
}

template class sweeper_of<double>;
template class sweeper_of<float>;
template class sweeper_of<f16>;
template class sweeper_of<bf16>;

}  // namespace ulpfront
