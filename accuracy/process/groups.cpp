#include "accuracy/process/groups.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "accuracy/process/f64_inputs.hpp"
#include "accuracy/process/witnesses.hpp"
#include "accuracy/reference/fingerprint.hpp"
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
    const bool wide = group.dtype == ULPFRONT_DTYPE_F64;
    if (!wide && group.dtype != ULPFRONT_DTYPE_F32) return std::make_shared<input_set>(group.dtype);
    std::vector<double> seams;
    for (const std::size_t member : group.members)
        seams.insert(seams.end(), kernels[member].seams.begin(), kernels[member].seams.end());
    const auto witnesses = read_witnesses(group.function, std::string(dtype_name(group.dtype)));
    if (wide) return std::make_shared<input_set>(f64_keys(request, *facts, seams, witnesses));
    return std::make_shared<input_set>(request, *facts, seams, witnesses);
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

namespace {

class engine_source : public block_source {
  public:
    engine_source(const engine_function& function, const input_set& inputs)
        : block_source(inputs), function_(function) {}

    std::uint64_t fill(const slot_view& to, std::uint64_t block) const override {
        const input_set::extent extent = extent_of(block);
        float* const x = to.x<float>(extent.count + (extent.successor ? 1 : 0));
        inputs_.fill(block, x);
        function_.evaluate(x, to.reference(), extent.count);
        return inputs_.has_all_floats() ? fingerprint_of(to.reference(), extent.count, block) : 0;
    }

  private:
    const engine_function& function_;
};

class f64_source : public block_source {
  public:
    f64_source(const std::string& function, const input_set& inputs)
        : block_source(inputs), reference_(load_engine(), function) {}

    std::uint64_t fill(const slot_view& to, std::uint64_t block) const override {
        const input_set::extent extent = extent_of(block);
        double* const x = to.x<double>(extent.count + (extent.successor ? 1 : 0));
        inputs_.fill(block, x);
        reference_.locate(x, to.exact(), extent.count);
        return 0;
    }

  private:
    f64_reference reference_;
};

}  // namespace

std::unique_ptr<const block_source> source_of(const kernel_group& group) {
    if (group.dtype == ULPFRONT_DTYPE_F64) return std::make_unique<f64_source>(group.function, *group.inputs);
    const engine_function* const engine = find_engine_function(load_engine(), group.function.c_str());
    if (engine == nullptr) {
        throw failure(exit_internal,
                      fmt::format("the reference engine lacks '{}'; build the project anew", group.function));
    }
    return std::make_unique<engine_source>(*engine, *group.inputs);
}

}  // namespace ulpfront
