#include "accuracy/process/groups.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "accuracy/process/witnesses.hpp"
#include "impls/cpu.hpp"
#include "impls/element.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

/// Of a 16-bit type all inputs are tried, whatever was asked.
std::shared_ptr<const input_set> inputs_for(const kernel_group& group,
                                            const std::vector<kernel_info>& kernels,
                                            const input_request& request) {
    const function_facts* const facts = find_function(group.function);
    if (facts == nullptr) return nullptr;
    if (group.dtype != ULPFRONT_DTYPE_F32) return std::make_shared<input_set>(group.dtype);
    std::vector<double> seams;
    for (const std::size_t member : group.members)
        seams.insert(seams.end(), kernels[member].seams.begin(), kernels[member].seams.end());
    return std::make_shared<input_set>(request, *facts, seams,
                                       read_witnesses(group.function, std::string(dtype_name(group.dtype))));
}

}  // namespace

std::string kernel_group::name() const { return fmt::format("{}/{}", function, dtype_name(dtype)); }

std::string why_unchecked(const kernel_info& kernel) {
    if (std::string missing = kernel.why_not_here(); !missing.empty()) return missing;
    if (!with_element(kernel.dtype, [](auto) {}))
        return fmt::format("no reference for {} yet", dtype_name(kernel.dtype));
    return "";
}

std::vector<kernel_group> group_kernels(const std::vector<kernel_info>& kernels,
                                        const input_request& request) {
    std::vector<kernel_group> groups;
    for (std::size_t i = 0; i < kernels.size(); ++i) {
        const kernel_info& kernel = kernels[i];
        if (!why_unchecked(kernel).empty()) continue;
        auto group = std::find_if(groups.begin(), groups.end(), [&](const kernel_group& each) {
            return each.function == kernel.function && each.dtype == kernel.dtype;
        });
        if (group == groups.end()) group = groups.insert(group, {kernel.function, kernel.dtype, {}, nullptr});
        group->members.push_back(i);
    }
    for (kernel_group& each : groups) each.inputs = inputs_for(each, kernels, request);
    return groups;
}

const engine_function& reference_of(const std::string& function) {
    const engine_function* const engine = find_engine_function(load_engine(), function.c_str());
    if (engine == nullptr) {
        throw failure(exit_internal,
                      fmt::format("the reference engine lacks '{}'; build the project anew", function));
    }
    return *engine;
}

}  // namespace ulpfront
