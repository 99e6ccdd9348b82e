// A library that dies while it is loaded.
#include <csignal>

#include "impls/kernel_abi.h"

namespace {
[[gnu::constructor]] void die() { std::raise(SIGILL); }
}  // namespace

extern "C" const ulpfront_table* ulpfront_kernels() { return nullptr; }
