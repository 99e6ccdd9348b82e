#include "accuracy/process/table.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>

#include "accuracy/process/row.hpp"
#include "impls/clock.hpp"
#include "impls/cpu.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

constexpr double quiet_seconds = 2.0;
constexpr double seconds_between = 0.1;

template <class Text>
std::size_t width_of(const char* heading, const std::vector<kernel_info>& kernels, Text text) {
    std::size_t width = std::string_view(heading).size();
    for (const kernel_info& kernel : kernels) width = std::max(width, std::string(text(kernel)).size());
    return width;
}

std::size_t function_width(const std::vector<kernel_info>& kernels) {
    return width_of("function", kernels, [](const auto& k) { return k.function; });
}
std::size_t kernel_width(const std::vector<kernel_info>& kernels) {
    return width_of("kernel", kernels, [](const auto& k) { return k.shown_name(); });
}
std::size_t isa_width(const std::vector<kernel_info>& kernels) {
    return width_of("isa", kernels, [](const auto& k) { return isa_name(k.isa); });
}

/// "<= 0.775": over all inputs; ">= 0.775": the largest found.
std::string max_ulp_words(const outcome& from) {
    if (!from.measured.worst.at.seen) return "-";
    const double worst = from.measured.worst.value;
    const char* const relation = is_exhaustive(from) ? "≤" : "≥";
    return worst < 1000.0 ? fmt::format("{} {:.4g}", relation, worst)
                          : fmt::format("{} {:.2e}", relation, worst);
}

std::string worst_input_words(const outcome& from) {
    if (!from.measured.worst.at.seen || from.measured.worst.value == 0.0) return "-";
    return hexfloat(number_of_bits(from.kernel.dtype, from.measured.worst.at.input));
}

std::string misrounded_words(const outcome& from) {
    const tallies& t = from.measured;
    if (t.inputs == 0) return "-";
    const double share = 100.0 * static_cast<double>(t.misrounded) / static_cast<double>(t.inputs);
    if (t.misrounded == 0) return "0";
    return share < 0.01 ? "< 0.01 %" : fmt::format("{:.2f} %", share);
}

/// What keeps a kernel off every front although it promised nothing.
std::string nan_words(const outcome& from) {
    const occurrence& nan = from.measured.nan_mismatches;
    if (nan.count == 0) return "";
    return fmt::format("; NaN wrong at {} inputs, first {}", nan.count,
                       hexfloat(number_of_bits(from.kernel.dtype, nan.first.input)));
}

const char* colour_of(const std::string& status) {
    if (status == "ok") return "\x1b[32m";
    return status == "skipped" ? "\x1b[33m" : "\x1b[31m";
}

std::string clock_words(double seconds) {
    const auto whole = static_cast<long>(std::ceil(seconds));
    if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

result_table::result_table(const std::vector<kernel_info>& kernels)
    : function_width_(function_width(kernels)),
      kernel_width_(kernel_width(kernels)),
      isa_width_(isa_width(kernels)),
      colour_(isatty(STDOUT_FILENO) == 1) {
    put_out(fmt::format("{:{}}  {:5}  {:{}}  {:{}}  {:>10}  {:16}  {:>10}  {:11}  {}\n", "function",
                        function_width_, "dtype", "kernel", kernel_width_, "isa", isa_width_, "max ULP",
                        "worst input", "misrounded", "promise", "status"));
}

void result_table::print(const outcome& from) const {
    const verdict result = judge_outcome(from);
    put_out(fmt::format("{:{}}  {:5}  {:{}}  {:{}}  {:>10}  {:16}  {:>10}  {:11}  {}{}{}{}\n",
                        from.kernel.function, function_width_, dtype_name(from.kernel.dtype),
                        from.kernel.shown_name(), kernel_width_, isa_name(from.kernel.isa), isa_width_,
                        max_ulp_words(from), worst_input_words(from), misrounded_words(from),
                        promise_words(from.kernel), colour_ ? colour_of(result.status) : "", result.status,
                        colour_ ? "\x1b[0m" : "", result.faults.empty() ? nan_words(from) : ""));
    if (result.faults.empty() && !result.reason.empty()) put_out(fmt::format("    {}\n", result.reason));
    for (const fault& each : result.faults) put_out(fmt::format("    {}: {}\n", each.code, each.message));
}

void print_kernels(const std::vector<kernel_info>& kernels) {
    const std::size_t functions = function_width(kernels);
    const std::size_t names = kernel_width(kernels);
    const std::size_t isas = isa_width(kernels);
    const std::size_t libraries = width_of("library", kernels, [](const auto& k) { return k.library; });
    put_out(fmt::format("{:{}}  {:5}  {:{}}  {:6}  {:{}}  {:11}  {:{}}  {}\n", "function", functions, "dtype",
                        "kernel", names, "method", "isa", isas, "promise", "library", libraries,
                        "runs here"));
    for (const kernel_info& k : kernels) {
        const std::string missing = k.why_not_here();
        put_out(fmt::format("{:{}}  {:5}  {:{}}  {:6}  {:{}}  {:11}  {:{}}  {}\n", k.function, functions,
                            dtype_name(k.dtype), k.shown_name(), names, method_name(k.method),
                            isa_name(k.isa), isas, promise_words(k), k.library, libraries,
                            missing.empty() ? "yes" : "no: " + missing));
    }
}

progress_line::progress_line() : terminal_(error_is_terminal()), start_(wall_seconds()) {}

void progress_line::show(const std::string& what, double share_done) {
    const double now = wall_seconds();
    if (!terminal_ || now - start_ < quiet_seconds || now - last_ < seconds_between) return;
    last_ = now;
    visible_ = true;
    const std::string left =
        share_done > 0.0 ? clock_words((now - start_) * (1.0 - share_done) / share_done) : "?";
    fmt::print(stderr, "\r\x1b[K{}: {:.1f} %, {} left", what, 100.0 * share_done, left);
    std::fflush(stderr);
}

void progress_line::clear() {
    if (visible_) fmt::print(stderr, "\r\x1b[K");
    visible_ = false;
}

}  // namespace ulpfront
