#include <fmt/format.h>

#include <cstdio>

#include "impls/tool.hpp"
#include "reports/gate/stages.hpp"

namespace ulpfront::gate {

using namespace std::chrono_literals;

void progress_line::show(const std::string& what, double share) {
    const auto now = std::chrono::steady_clock::now();
    if (what != what_) {
        what_ = what;
        begun_ = now;
    }
    if (!error_is_terminal() || now - begun_ < 2s || now - shown_ < 200ms) return;
    shown_ = now;
    visible_ = true;
    const double elapsed = std::chrono::duration<double>(now - begun_).count();
    const auto left = static_cast<int>(share > 0.0 ? elapsed / share - elapsed : 0.0);
    fmt::print(stderr, "\r\033[K{}: {:.0f} %{}", what, 100.0 * share,
               share > 0.0 ? fmt::format(", {}:{:02} left", left / 60, left % 60) : "");
    std::fflush(stderr);
}

void progress_line::clear() {
    if (!visible_) return;
    fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
    visible_ = false;
}

}  // namespace ulpfront::gate
