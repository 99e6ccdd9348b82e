#include "accuracy/process/machine.hpp"

#include <fmt/format.h>
#include <ucontext.h>

namespace ulpfront {

#if defined(__x86_64__)

namespace {
constexpr std::uint32_t sticky_flags = 0x3f;
constexpr std::uint64_t rounding_bits = 0x6000;
constexpr std::uint64_t flush_bits = 0x8040;  // flush-to-zero, denormals-are-zero
}  // namespace

control_bits read_control_bits() {
    std::uint32_t vector = 0;
    std::uint16_t x87 = 0;
    asm volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(vector), "=m"(x87));
    return {vector & ~sticky_flags, x87};
}

void write_control_bits(const control_bits& bits) {
    const auto vector = static_cast<std::uint32_t>(bits.vector);
    const auto x87 = static_cast<std::uint16_t>(bits.x87);
    asm volatile("ldmxcsr %0\n\tfldcw %1" : : "m"(vector), "m"(x87));
}

access_kind faulting_access(const void* context) {
    constexpr greg_t write_bit = 2;  // of the page fault's error code
    const auto* const cpu = static_cast<const ucontext_t*>(context);
    return (cpu->uc_mcontext.gregs[REG_ERR] & write_bit) != 0 ? access_kind::write : access_kind::read;
}

#elif defined(__aarch64__)

namespace {
constexpr std::uint64_t rounding_bits = 0xc00000;
constexpr std::uint64_t flush_bits = 0x1080000;  // FZ, FZ16
}  // namespace

control_bits read_control_bits() {
    std::uint64_t vector = 0;
    asm volatile("mrs %0, fpcr" : "=r"(vector));
    return {vector, 0};
}

void write_control_bits(const control_bits& bits) { asm volatile("msr fpcr, %0" : : "r"(bits.vector)); }

access_kind faulting_access(const void*) { return access_kind::unknown; }

#endif

std::string describe_change(const control_bits& found, const control_bits& left) {
    const std::uint64_t changed = found.vector ^ left.vector;
    std::string what;
    const auto add = [&](bool is_so, const char* words) {
        if (is_so) what += std::string(what.empty() ? "" : ", ") + words;
    };
    add((changed & rounding_bits) != 0, "the rounding mode");
    add((changed & flush_bits) != 0, "flush-to-zero");
    add((changed & ~(rounding_bits | flush_bits)) != 0, "the exception masks");
    add(found.x87 != left.x87, "the x87 control word");
    return fmt::format("{} (control register {:#x} as found, {:#x} as left)", what, found.vector,
                       left.vector);
}

}  // namespace ulpfront
