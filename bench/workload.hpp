// Where a kernel is timed: its inputs and its output in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "bench/inputs.hpp"

namespace ulpfront::bench {

/// Elements a kernel is led through before it meets an input again. With fewer, a branch predictor learns
/// the array by heart: on a Zen 4 a branchy relu takes 0.95 ns per element over 2^15 inputs, 2.8 over 2^16
/// and 4.8 from 2^18 on, while a copy moves from 0.037 to 0.044.
inline constexpr std::size_t pool_elements = std::size_t{1} << 18;

/// What decides a workload; benchmarks that share it are compared with each other.
struct workload_shape {
    std::uint32_t dtype;
    distribution inputs;
    std::size_t n;
    bool inplace;

    friend bool operator==(const workload_shape&, const workload_shape&) = default;
};

/// Memory between two pages that may not be touched, on huge pages where the system gives them, faulted in.
class guarded_memory {
  public:
    /// Throws std::bad_alloc.
    explicit guarded_memory(std::size_t bytes);
    ~guarded_memory();
    guarded_memory(const guarded_memory&) = delete;
    guarded_memory& operator=(const guarded_memory&) = delete;

    /// Aligned to huge_page.
    [[nodiscard]] unsigned char* data() const { return data_; }

    static constexpr std::size_t huge_page = std::size_t{2} << 20;

  private:
    void* mapping_;
    std::size_t mapped_;
    unsigned char* data_;
};

/// A pool of inputs cut into windows of n elements, each window starting on a cache line, and room for the
/// output. Out of place the output starts at the same offset within a 4 KiB page as its window: the
/// distance to a store that a load could be taken to depend on is then the whole page, both ways.
/// In place the windows are of a working copy, made anew before each pass over them.
class workload {
  public:
    /// The same shape and seed give the same bytes. Throws std::bad_alloc.
    workload(const workload_shape& shape, std::uint64_t seed);

    [[nodiscard]] const workload_shape& shape() const { return shape_; }
    [[nodiscard]] std::size_t windows() const { return windows_; }
    [[nodiscard]] std::size_t stride() const { return stride_; }            ///< bytes from window to window
    [[nodiscard]] std::size_t bytes() const { return windows_ * stride_; }  ///< of the pool
    [[nodiscard]] const unsigned char* input() const { return pool_.data(); }
    [[nodiscard]] unsigned char* output() const { return output_.data(); }

    /// In place: copies the pool to the output, which is then worked on.
    void refresh() const;

  private:
    workload_shape shape_;
    std::size_t stride_;
    std::size_t windows_;
    guarded_memory pool_;
    guarded_memory output_;
};

/// Bytes of a 4 KiB page: what output and window have in common is their address modulo this.
inline constexpr std::size_t page = 4096;

}  // namespace ulpfront::bench
