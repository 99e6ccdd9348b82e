// A kernel that is ready to be called for arrays of up to a size.
#pragma once

#include <cstddef>

#include "bench/timing.hpp"
#include "impls/kernel_abi.h"

namespace ulpfront::bench {

/// A kernel's context, from create to destroy.
class prepared_kernel {
  public:
    /// Calls create(n) where there is one; what it throws ends the process.
    prepared_kernel(const ulpfront_row& row, std::size_t n) noexcept
        : row_(row), ctx_(row.create != nullptr ? row.create(n) : nullptr) {}
    ~prepared_kernel() {
        if (row_.destroy != nullptr && ready()) row_.destroy(ctx_);
    }
    prepared_kernel(const prepared_kernel&) = delete;
    prepared_kernel& operator=(const prepared_kernel&) = delete;

    [[nodiscard]] bool ready() const { return row_.create == nullptr || ctx_ != nullptr; }
    [[nodiscard]] callable call() const { return {row_.eval, ctx_}; }

  private:
    const ulpfront_row& row_;
    void* ctx_;
};

}  // namespace ulpfront::bench
