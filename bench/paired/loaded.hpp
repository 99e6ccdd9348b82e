// Kernel libraries of both sides in one process.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "bench/paired/request.hpp"
#include "impls/catalogue.hpp"

namespace ulpfront::paired {

/// Opens each library once, when it is first asked for.
class loaded_libraries {
  public:
    const ulpfront_row& row(const side& which) {
        auto& slot = open_[which.path];
        if (!slot) slot = std::make_unique<kernel_library>(which.path);
        return slot->row(which.row);
    }

  private:
    std::map<std::string, std::unique_ptr<kernel_library>> open_;
};

}  // namespace ulpfront::paired
