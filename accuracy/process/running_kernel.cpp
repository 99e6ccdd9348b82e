#include "accuracy/process/running_kernel.hpp"

#include <fmt/format.h>

#include <bit>
#include <cstdlib>

#include "accuracy/measurement.hpp"
#include "accuracy/process/channel.hpp"
#include "accuracy/process/death.hpp"

namespace ulpfront {

void fault_log::note(const std::string& code, const std::string& message) {
    if (codes_.insert(code).second) send_message(channel_, {{"fault", fault{code, message}}});
}

namespace {

/// An exception must not leave a C function: here it ends the process, as it would end a user's.
void evaluate(const ulpfront_row& row, void* context, const void* in, void* out, std::size_t n) noexcept {
    row.eval(context, in, out, n);
}

void* create_in(const ulpfront_row& row, std::size_t n_max) noexcept { return row.create(n_max); }

}  // namespace

kernel_context running_kernel::create(std::size_t n_max) {
    begin(activity::creating, n_max);
    if (row_.create == nullptr) return {row_, nullptr};
    void* const pointer = create_in(row_, n_max);
    end_if_forked();
    if (pointer == nullptr) throw creation_failed{};
    return {row_, pointer};
}

/// A second process that came back from the kernel tells of itself and ends: the first goes on alone.
void running_kernel::end_if_forked() const {
    if (getpid() == process_) return;
    faults_.note("process",
                 fmt::format("forked, and returned in two processes, {}", describe_activity(state_)));
    std::_Exit(0);
}

void running_kernel::begin(activity doing, std::size_t n) {
    state_.doing = doing;
    state_.n = n;
    state_.in = {};
    state_.out = {};
}

void running_kernel::record(activity doing, const void* in, void* out, std::size_t n,
                            std::size_t element_size, double first) {
    const auto bounds = [&](const void* array) {
        const auto begin = reinterpret_cast<std::uintptr_t>(array);
        return array_bounds{begin, begin + n * element_size};
    };
    state_.doing = doing;
    state_.n = n;
    state_.element_size = element_size;
    state_.input = first;
    state_.in = bounds(in);
    state_.out = bounds(out);
}

void running_kernel::evaluate_watched(const kernel_context& context, const void* in, void* out,
                                      std::size_t n) {
    evaluate(row_, context.get(), in, out, n);
    end_if_forked();
    if (const control_bits left = read_control_bits(); left != control_) {
        write_control_bits(control_);
        faults_.note("control_bits", fmt::format("changed {} {}", describe_change(control_, left),
                                                 describe_activity(state_)));
    }
}

bool running_kernel::call_quietly(const kernel_context& context, const void* in, void* out,
                                  std::size_t n) const {
    evaluate(row_, context.get(), in, out, n);
    end_if_forked();
    const bool kept = read_control_bits() == control_;
    if (!kept) write_control_bits(control_);
    return kept;
}

}  // namespace ulpfront
