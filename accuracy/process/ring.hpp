// The reference of every block, computed once by threads of the supervisor into a ring of slots.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "accuracy/process/inputs.hpp"
#include "accuracy/process/memory.hpp"
#include "accuracy/process/slots.hpp"

namespace ulpfront {

/// Where blocks of inputs and their references come from.
class block_source {
  public:
    explicit block_source(const input_set& inputs) : inputs_(inputs) {}
    virtual ~block_source() = default;

    /// Writes a block of inputs and its reference, and returns the reference's fingerprint
    /// (reference/fingerprint.hpp), 0 where there are no certificates to compare it with. Called by several
    /// threads at once.
    virtual std::uint64_t fill(const slot_view& to, std::uint64_t block) const = 0;

    [[nodiscard]] input_set::extent extent_of(std::uint64_t block) const { return inputs_.extent_of(block); }

  protected:
    const input_set& inputs_;
};

/// A block whose reference lies in a slot.
struct ready_block {
    std::size_t slot;
    std::uint64_t block;
    input_set::extent extent;
    std::uint64_t reference;  ///< its fingerprint
};

/// Works through blocks of an input set in the background, never more than `slots` ahead of release().
class reference_ring {
  public:
    /// `blocks` ascend. Throws failure (exit_internal) where there is no memory. The source outlives the
    /// ring.
    reference_ring(const block_source& source, std::vector<std::uint64_t> blocks, std::size_t threads);
    reference_ring(const reference_ring&) = delete;
    reference_ring& operator=(const reference_ring&) = delete;
    ~reference_ring();

    /// What workers map; see slot_view.
    [[nodiscard]] const descriptor& memory() const { return memory_; }
    [[nodiscard]] std::size_t slots() const { return views_.size(); }

    /// Becomes readable when blocks have become ready.
    [[nodiscard]] int wake_up() const { return wake_up_.get(); }

    /// The blocks that became ready since the last call, none before one that precedes it.
    std::vector<ready_block> take_ready();

    /// A slot's block is no longer needed.
    void release(std::size_t slot);

    /// CPU time the threads have used so far, in seconds.
    [[nodiscard]] double cpu_seconds() const;

  private:
    void work();

    const block_source& source_;
    std::vector<std::uint64_t> blocks_;
    descriptor memory_;
    descriptor wake_up_;
    std::vector<slot_view> views_;

    mutable std::mutex mutex_;
    std::condition_variable slot_freed_;
    std::vector<std::size_t> free_;
    std::vector<ready_block> ready_;
    std::size_t next_ = 0;   // of blocks_, to be filled
    std::size_t given_ = 0;  // how many of blocks_ were taken
    double cpu_seconds_ = 0.0;
    bool stop_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace ulpfront
