#include "accuracy/process/ring.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>

#include "impls/clock.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

/// Slots beyond those being filled: kernels need not go in step.
constexpr std::size_t spare_slots = 4;
constexpr std::size_t most_slots = 24;  // 20 MiB each

std::size_t slots_for(std::size_t blocks, std::size_t threads) {
    return std::min({blocks, threads + spare_slots, most_slots});
}

}  // namespace

reference_ring::reference_ring(const block_source& source, std::vector<std::uint64_t> blocks,
                               std::size_t threads)
    : source_(source),
      blocks_(std::move(blocks)),
      memory_(
          make_shared_memory("ulpfront-reference", slots_for(blocks_.size(), threads) * slot_layout::bytes)),
      wake_up_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!wake_up_) throw failure(exit_internal, "no event descriptor could be had; close other programs");
    for (std::size_t slot = 0; slot < slots_for(blocks_.size(), threads); ++slot) {
        views_.emplace_back(memory_, slot, protection::read_write);
        free_.push_back(slot);
    }
    for (std::size_t i = 0; i < std::min(threads, views_.size()); ++i)
        threads_.emplace_back([this] { work(); });
}

reference_ring::~reference_ring() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    slot_freed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void reference_ring::work() {
    while (true) {
        ready_block mine{};
        {
            std::unique_lock lock(mutex_);
            slot_freed_.wait(lock, [&] { return stop_ || next_ == blocks_.size() || !free_.empty(); });
            if (stop_ || next_ == blocks_.size()) return;
            mine = {free_.back(), blocks_[next_], source_.extent_of(blocks_[next_]), 0};
            free_.pop_back();
            ++next_;
        }
        const double before = thread_seconds();
        mine.reference = source_.fill(views_[mine.slot], mine.block);
        {
            const std::lock_guard lock(mutex_);
            cpu_seconds_ += thread_seconds() - before;
            ready_.push_back(mine);
        }
        eventfd_write(wake_up_.get(), 1);
    }
}

std::vector<ready_block> reference_ring::take_ready() {
    eventfd_t ignored = 0;
    eventfd_read(wake_up_.get(), &ignored);
    const std::lock_guard lock(mutex_);
    std::sort(ready_.begin(), ready_.end(), [](const auto& a, const auto& b) { return a.block < b.block; });
    auto end = ready_.begin();
    while (end != ready_.end() && end->block == blocks_[given_]) {
        ++end;
        ++given_;
    }
    std::vector<ready_block> taken(ready_.begin(), end);
    ready_.erase(ready_.begin(), end);
    return taken;
}

void reference_ring::release(std::size_t slot) {
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(slot);
    }
    slot_freed_.notify_one();
}

double reference_ring::cpu_seconds() const {
    const std::lock_guard lock(mutex_);
    return cpu_seconds_;
}

}  // namespace ulpfront
