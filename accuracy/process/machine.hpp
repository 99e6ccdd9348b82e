// The few things a checker has to know about the architecture: the floating-point control registers, and
// whether a memory fault was a read or a write.
#pragma once

#include <cstdint>
#include <string>

namespace ulpfront {

/// Rounding mode, flush-to-zero and trap masks as this thread has them; the sticky exception flags, which a
/// kernel may raise, are left out.
struct control_bits {
    std::uint64_t vector = 0;  ///< x86: MXCSR; Arm: FPCR
    std::uint64_t x87 = 0;     ///< x86: the x87 control word
    friend bool operator==(const control_bits&, const control_bits&) = default;
};

control_bits read_control_bits();
void write_control_bits(const control_bits& bits);

/// "rounding toward zero, flush-to-zero" for people: how `left` differs from `found`.
std::string describe_change(const control_bits& found, const control_bits& left);

enum class access_kind : std::uint32_t { unknown, read, write };

/// What the instruction that caused a SIGSEGV or SIGBUS tried; `context` is the handler's third argument.
access_kind faulting_access(const void* context);

}  // namespace ulpfront
