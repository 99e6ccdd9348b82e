#include "accuracy/process/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "accuracy/ulp.hpp"
#include "impls/clock.hpp"

namespace ulpfront {
namespace {

/// Elements a call: input and output of a call stay in the second-level cache.
constexpr std::size_t chunk_size = std::size_t{1} << 15;

}  // namespace

template <class E>
sweeper_of<E>::sweeper_of(running_kernel& kernel, const kernel_context& context, const engine_table& engine,
                          const kernel_info& info)
    : kernel_(kernel),
      context_(context),
      measurement_(engine, info, kernel.state().measured),
      input_(mapping::of_private((chunk_size + 1) * sizeof(E), true)),
      output_(mapping::of_private((chunk_size + 1) * sizeof(E), true)),
      mirrored_x_(chunk_size),
      mirrored_y_(chunk_size) {}

template <class E>
void sweeper_of<E>::evaluate(const E* x, E* y, std::size_t n) {
    const double before = thread_seconds();
    kernel_.call(activity::sweeping, context_, x, y, n);
    kernel_.state().kernel_seconds += thread_seconds() - before;
}

template <class E>
const E* sweeper_of<E>::inputs(const float* x, std::size_t n) {
    if constexpr (std::is_same_v<E, float>) {
        return x;
    } else {
        E* const narrowed = input_.upper<E>(n);
        std::transform(x, x + n, narrowed, narrow<E>);
        return narrowed;
    }
}

template <class E>
const float* sweeper_of<E>::widened(const E* y, std::size_t n, std::vector<float>& room) {
    if constexpr (std::is_same_v<E, float>) {
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
    const float* const x = slot.x(all);
    E last{};
    for (std::size_t begin = 0; begin < block.count; begin += chunk_size) {
        // One more than the chunk: it comes again as the first of the next one, in another place.
        const std::size_t n = std::min(chunk_size + 1, all - begin);
        const std::size_t count = std::min(chunk_size, block.count - begin);
        const E* const in = inputs(x + begin, n);
        E* const y = begin / chunk_size % 2 == 0 ? output_.upper<E>(n) : output_.lower<E>();
        evaluate(in, y, n);
        if (begin > 0 && !same_element(last, y[0])) {
            kernel_.faults().note(
                "length", fmt::format("f({}) gave {} as the last of {} elements, {} as the first of {}",
                                      hexfloat(widen(in[0])), hexfloat(widen(last)), chunk_size + 1,
                                      hexfloat(widen(y[0])), n));
        }
        last = y[n - 1];
        // At once, while all of it is in the cache.
        const float* const wide = widened(y, n, results_);
        measurement_.add({x + begin, slot.reference().from(begin), wide, count}, n > count);
        if (measurement_.wants_mirrored()) check_mirrored(x + begin, wide, count);
    }
}

template <class E>
void sweeper_of<E>::check_mirrored(const float* x, const float* y, std::size_t n) {
    // Inputs ascend: the negative ones come first.
    const auto negative = static_cast<std::size_t>(
        std::partition_point(x, x + n, [](float each) { return std::signbit(each); }) - x);
    if (negative == 0) return;
    std::transform(x, x + negative, mirrored_x_.begin(), [](float each) { return narrow<E>(-each); });
    evaluate(mirrored_x_.data(), mirrored_y_.data(), negative);
    const float* const wide = widened(mirrored_y_.data(), negative, mirrored_results_);
    measurement_.add_mirrored(x, y, wide, negative);
}

template class sweeper_of<float>;
template class sweeper_of<f16>;
template class sweeper_of<bf16>;

}  // namespace ulpfront
