// The thread's floating-point control bits: rounding, flush-to-zero, masks of traps.
#pragma once

#include <cstdint>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace ulpfront::simd {

/// Puts the control bits back as it found them. Reading them costs a few cycles, writing only where they
/// changed.
class kept_control_state {
  public:
    kept_control_state() = default;
    kept_control_state(const kept_control_state&) = delete;
    kept_control_state& operator=(const kept_control_state&) = delete;
    ~kept_control_state() {
        if (read() != before_) write(before_);
    }

  private:
#if defined(__SSE2__)
    static constexpr unsigned sticky_flags = 0x3f;
    static std::uint64_t read() { return _mm_getcsr() & ~sticky_flags; }
    static void write(std::uint64_t control) {
        _mm_setcsr(static_cast<unsigned>(control) | (_mm_getcsr() & sticky_flags));
    }
#elif defined(__aarch64__)
    static std::uint64_t read() { return __builtin_aarch64_get_fpcr64(); }
    static void write(std::uint64_t control) { __builtin_aarch64_set_fpcr64(control); }
#endif
    std::uint64_t before_ = read();
};

}  // namespace ulpfront::simd
