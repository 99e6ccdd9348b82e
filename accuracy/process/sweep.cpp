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
      input_(mapping::of_private((block_size + 1) * sizeof(E), true)),
      output_(mapping::of_private((block_size + 1) * sizeof(E), true)),
      mirrored_x_(chunk_size),
      mirrored_y_(chunk_size) {}

template <class E>
void sweeper_of<E>::evaluate(const E* x, E* y, std::size_t n) {
    const double before = thread_seconds();
    kernel_.call(activity::sweeping, context_, x, y, n);
    kernel_.state().kernel_seconds += thread_seconds() - before;
}

template <class E>
const E* sweeper_of<E>::inputs(const slot_view& slot, std::size_t n) {
    const float* const x = slot.x(n);
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
    const E* const x = inputs(slot, all);
    E* const y = block.index % 2 == 0 ? output_.upper<E>(all) : output_.lower<E>();
    E last{};
    for (std::size_t begin = 0; begin < block.count; begin += chunk_size) {
        // One more than the chunk: it comes again as the first of the next one, elsewhere in its array.
        const std::size_t n = std::min(chunk_size + 1, all - begin);
        evaluate(x + begin, y + begin, n);
        if (begin > 0 && !same_element(last, y[begin])) {
            kernel_.faults().note(
                "length", fmt::format("f({}) gave {} as the last of {} elements, {} as the first of {}",
                                      hexfloat(widen(x[begin])), hexfloat(widen(last)), chunk_size + 1,
                                      hexfloat(widen(y[begin])), n));
        }
        last = y[begin + n - 1];
    }
    const float* const wide = widened(y, all, results_);
    measurement_.add({slot.x(all), slot.reference(), wide, block.count}, block.successor);
    if (measurement_.wants_mirrored()) check_mirrored(slot.x(all), wide, block.count);
}

template <class E>
void sweeper_of<E>::check_mirrored(const float* x, const float* y, std::size_t n) {
    // Inputs ascend: the negative ones come first.
    const auto negative = static_cast<std::size_t>(
        std::partition_point(x, x + n, [](float each) { return std::signbit(each); }) - x);
    for (std::size_t begin = 0; begin < negative; begin += chunk_size) {
        const std::size_t count = std::min(chunk_size, negative - begin);
        std::transform(x + begin, x + begin + count, mirrored_x_.begin(),
                       [](float each) { return narrow<E>(-each); });
        evaluate(mirrored_x_.data(), mirrored_y_.data(), count);
        const float* const wide = widened(mirrored_y_.data(), count, mirrored_results_);
        measurement_.add_mirrored(x + begin, y + begin, wide, count);
    }
}

template class sweeper_of<float>;
template class sweeper_of<f16>;
template class sweeper_of<bf16>;

}  // namespace ulpfront
