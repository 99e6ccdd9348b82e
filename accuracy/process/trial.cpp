#include "accuracy/process/trial.hpp"

#include <algorithm>
#include <bit>

#include "accuracy/ulp.hpp"

namespace ulpfront {

kernel_trial::kernel_trial(const kernel_info& kernel, double timeout, const f64_reference& reference,
                           tallies& into)
    : kernel_(kernel), reference_(reference), session_(kernel, timeout), measurement_(kernel, into) {}

std::vector<std::uint64_t> kernel_trial::try_specials() {
    std::vector<std::uint64_t> inputs;
    for (const special_value& each : special_values(kernel_))
        inputs.push_back(std::bit_cast<std::uint64_t>(each.input));
    return session_.evaluate(inputs).value_or(std::vector<std::uint64_t>{});
}

std::span<const double> kernel_trial::try_inputs(std::span<const std::uint64_t> keys) {
    if (!evaluate(keys)) return {};
    exact_.resize(keys.size());
    reference_.locate(x_.data(), exact_.data(), x_.size());
    errors_.resize(keys.size());
    measurement_.add({x_.data(), exact_.data(), y_.data(), x_.size()}, errors_.data());
    return errors_;
}

void kernel_trial::confirm(std::span<const std::uint64_t> keys) {
    if (keys.empty() || !evaluate(keys)) return;
    for (std::size_t i = 0; i < x_.size(); ++i) measurement_.confirm(x_[i], y_[i]);
}

void kernel_trial::report_to(outcome& result) const {
    if (session_.death()) keep_first(result.death, *session_.death());
    for (const fault& each : session_.faults()) keep_first(result.faults, each);
    result.kernel_seconds += session_.cpu_seconds();
}

bool kernel_trial::evaluate(std::span<const std::uint64_t> keys) {
    x_.resize(keys.size());
    std::transform(keys.begin(), keys.end(), x_.begin(), from_ordered_key<double>);
    std::vector<std::uint64_t> bits(x_.size());
    std::transform(x_.begin(), x_.end(), bits.begin(),
                   [](double each) { return std::bit_cast<std::uint64_t>(each); });
    const auto outputs = session_.evaluate(bits);
    if (!outputs) return false;
    y_.resize(keys.size());
    std::transform(outputs->begin(), outputs->end(), y_.begin(),
                   [](std::uint64_t each) { return std::bit_cast<double>(each); });
    return true;
}

std::vector<std::uint64_t> worst_keys(const tallies& measured) {
    std::vector<std::uint64_t> keys;
    const auto add = [&](const witness& at) {
        if (at.seen) keys.push_back(ordered_key(std::bit_cast<double>(at.input)));
    };
    for (const extreme* each :
         {&measured.worst, &measured.worst_normal, &measured.worst_absolute, &measured.worst_relative})
        add(each->at);
    for (const occurrence* each :
         {&measured.over_promise, &measured.nan_mismatches, &measured.inf_mismatches,
          &measured.zero_sign_mismatches, &measured.flushed_subnormals, &measured.range_violations})
        add(each->first);
    return keys;
}

}  // namespace ulpfront
