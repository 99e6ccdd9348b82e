#include "accuracy/process/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "accuracy/process/clock.hpp"
#include "accuracy/ulp.hpp"

namespace ulpfront {
namespace {

/// Elements a call: input and output of a call stay in the second-level cache.
constexpr std::size_t chunk_size = std::size_t{1} << 15;

}  // namespace

sweeper::sweeper(running_kernel& kernel, const kernel_context& context, const engine_table& engine,
                 const kernel_info& info)
    : kernel_(kernel),
      context_(context),
      measurement_(engine, info, kernel.state().measured),
      output_(mapping::of_private((block_size + 1) * sizeof(float), true)),
      mirrored_x_(chunk_size),
      mirrored_y_(chunk_size) {}

void sweeper::evaluate(const float* x, float* y, std::size_t n) {
    const double before = thread_seconds();
    kernel_.call(activity::sweeping, context_, x, y, n);
    kernel_.state().kernel_seconds += thread_seconds() - before;
}

void sweeper::sweep(const slot_view& slot, const sweep_block& block) {
    const std::size_t all = block.count + (block.successor ? 1 : 0);
    const float* const x = slot.x(all);
    float* const y = block.index % 2 == 0 ? output_.upper<float>(all) : output_.lower<float>();
    float last = std::numeric_limits<float>::quiet_NaN();
    for (std::size_t begin = 0; begin < block.count; begin += chunk_size) {
        // One more than the chunk: it comes again as the first of the next one, elsewhere in its array.
        const std::size_t n = std::min(chunk_size + 1, all - begin);
        evaluate(x + begin, y + begin, n);
        if (begin > 0 && !same_result(last, y[begin])) {
            kernel_.faults().note(
                "length",
                fmt::format("f({}) gave {} as the last of {} elements, {} as the first of {}",
                            hexfloat(x[begin]), hexfloat(last), chunk_size + 1, hexfloat(y[begin]), n));
        }
        last = y[begin + n - 1];
    }
    measurement_.add({x, slot.reference(), y, block.count}, block.successor);
    if (measurement_.wants_mirrored()) check_mirrored(x, y, block.count);
}

void sweeper::check_mirrored(const float* x, const float* y, std::size_t n) {
    // Inputs ascend: the negative ones come first.
    const auto negative = static_cast<std::size_t>(
        std::partition_point(x, x + n, [](float each) { return std::signbit(each); }) - x);
    for (std::size_t begin = 0; begin < negative; begin += chunk_size) {
        const std::size_t count = std::min(chunk_size, negative - begin);
        std::transform(x + begin, x + begin + count, mirrored_x_.begin(), std::negate<>());
        evaluate(mirrored_x_.data(), mirrored_y_.data(), count);
        measurement_.add_mirrored(x + begin, y + begin, mirrored_y_.data(), count);
    }
}

}  // namespace ulpfront
