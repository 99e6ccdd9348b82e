#include "bench/workload.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace ulpfront::bench {
namespace {

constexpr std::size_t cache_line = 64;

std::size_t round_up(std::size_t value, std::size_t unit) { return (value + unit - 1) / unit * unit; }

std::size_t stride_of(const workload_shape& shape) {
    return round_up(shape.n * format_of(shape.dtype).value().bytes, cache_line);
}

std::size_t windows_of(const workload_shape& shape) {
    return std::max<std::size_t>(1, (pool_elements + shape.n - 1) / shape.n);
}

/// Each distribution and size draws numbers of its own.
std::uint64_t seed_of(const workload_shape& shape, std::uint64_t seed) {
    return seed * 1000003 + static_cast<std::uint64_t>(shape.inputs) * 257 + shape.n;
}

}  // namespace

guarded_memory::guarded_memory(std::size_t bytes) {
    // One huge page on either side: the border pages themselves, and what alignment takes.
    const std::size_t usable = round_up(std::max<std::size_t>(bytes, 1), page);
    mapped_ = round_up(usable, huge_page) + 3 * huge_page;
    mapping_ = mmap(nullptr, mapped_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapping_ == MAP_FAILED) throw std::bad_alloc();
    const auto start = reinterpret_cast<std::uintptr_t>(mapping_);
    data_ = static_cast<unsigned char*>(mapping_) + (round_up(start + page, huge_page) - start);
    if (mprotect(data_, usable, PROT_READ | PROT_WRITE) != 0) {
        munmap(mapping_, mapped_);
        throw std::bad_alloc();
    }
    madvise(data_, usable, MADV_HUGEPAGE);
    std::memset(data_, 0, usable);
}

guarded_memory::~guarded_memory() { munmap(mapping_, mapped_); }

workload::workload(const workload_shape& shape, std::uint64_t seed)
    : shape_(shape),
      stride_(stride_of(shape)),
      windows_(windows_of(shape)),
      pool_(bytes()),
      output_(shape.inplace ? bytes() : stride_ + page) {
    input_stream inputs(shape.inputs, format_of(shape.dtype).value(), seed_of(shape, seed));
    for (std::size_t w = 0; w < windows_; ++w) inputs.write(pool_.data() + w * stride_, shape.n);
}

void workload::refresh() const { std::memcpy(output_.data(), pool_.data(), bytes()); }

}  // namespace ulpfront::bench
