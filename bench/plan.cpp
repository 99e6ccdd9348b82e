#include "bench/plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gnu/libc-version.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "impls/cpu.hpp"
#include "impls/tool.hpp"

namespace ulpfront::bench {
namespace {

/// What a filter that matches nothing may have meant: whole names if it has a slash, else their words.
std::vector<std::string> near_filters(const std::string& filter, const std::vector<benchmark_case>& cases) {
    std::set<std::string> words;
    for (const benchmark_case& each : cases) {
        const std::string name = each.name();
        if (filter.find('/') != std::string::npos) {
            words.insert(name);
            continue;
        }
        std::istringstream parts(name);
        for (std::string word; std::getline(parts, word, '/');) words.insert(word);
    }
    return near_names(filter, {words.begin(), words.end()});
}

std::regex compile(const std::string& text) {
    try {
        return std::regex(text);
    } catch (const std::regex_error& error) {
        throw failure(exit_usage, fmt::format("--benchmark_filter '{}' is not a regular expression: {}", text,
                                              error.what()));
    }
}

/// Whether some kernel of the workload is compared with copies of this ISA.
bool wants_floor(const std::vector<benchmark_case>& workload, std::uint32_t isa) {
    return std::any_of(workload.begin(), workload.end(), [&](const benchmark_case& each) {
        return each.kernel.isa == isa || each.kernel.isa == ULPFRONT_ISA_AUTO;
    });
}

bool same_benchmark(const benchmark_case& a, const benchmark_case& b) {
    return a.kernel.id() == b.kernel.id() && a.shape == b.shape;
}

/// The floors a workload lacks.
std::vector<benchmark_case> missing_floors(const std::vector<benchmark_case>& workload,
                                           const std::vector<kernel_info>& all) {
    const workload_shape& shape = workload.front().shape;
    std::vector<benchmark_case> floors;
    if (!shape.inplace) floors.push_back({memcpy_kernel(shape.dtype), shape});
    for (const kernel_info& kernel : all) {
        if (kernel.method == ULPFRONT_METHOD_NULL && kernel.dtype == shape.dtype &&
            wants_floor(workload, kernel.isa)) {
            floors.push_back({kernel, shape});
        }
    }
    floors.erase(std::remove_if(floors.begin(), floors.end(),
                                [&](const benchmark_case& floor) {
                                    return std::any_of(
                                        workload.begin(), workload.end(),
                                        [&](const auto& each) { return same_benchmark(each, floor); });
                                }),
                 floors.end());
    return floors;
}

/// Fisher and Yates.
void shuffle(std::vector<std::size_t>& list, std::size_t first, random_bits& random) {
    for (std::size_t i = list.size(); i > first + 1; --i) {
        std::swap(list[i - 1], list[first + random.below(i - first)]);
    }
}

}  // namespace

std::string benchmark_case::name() const {
    return fmt::format("{}/{}/{}{}", kernel.id(), distribution_name(shape.inputs), shape.n,
                       shape.inplace ? "/inplace" : "");
}

bool benchmark_case::is_floor() const { return kernel.method == ULPFRONT_METHOD_NULL; }

const std::vector<std::size_t>& standard_sizes() {
    static const std::vector<std::size_t> sizes = {400, usual_size, 1U << 16, 1U << 20, 1U << 24};
    return sizes;
}

std::vector<benchmark_case> make_cases(const std::vector<kernel_info>& kernels, const input_matrix& matrix) {
    std::set<std::uint32_t> dtypes;
    for (const kernel_info& kernel : kernels) {
        if (format_of(kernel.dtype)) dtypes.insert(kernel.dtype);
    }
    std::vector<kernel_info> ordered = kernels;
    std::stable_partition(ordered.begin(), ordered.end(),
                          [](const kernel_info& kernel) { return kernel.method == ULPFRONT_METHOD_NULL; });
    std::vector<benchmark_case> cases;
    const auto add_workload = [&](const workload_shape& shape) {
        for (const kernel_info& kernel : ordered) {
            if (kernel.dtype == shape.dtype) cases.push_back({kernel, shape});
        }
    };
    for (const std::uint32_t dtype : dtypes) {
        for (const std::size_t n : matrix.sizes) {
            for (const distribution inputs : matrix.distributions) {
                for (const bool inplace : matrix.placements) add_workload({dtype, inputs, n, inplace});
            }
        }
    }
    return cases;
}

std::vector<benchmark_case> filter_cases(const std::vector<benchmark_case>& cases,
                                         const std::string& filter) {
    if (filter.empty() || filter == "all") return cases;
    const bool negative = filter.front() == '-';
    const std::regex expression = compile(filter.substr(negative ? 1 : 0));
    std::vector<benchmark_case> kept;
    std::copy_if(cases.begin(), cases.end(), std::back_inserter(kept), [&](const benchmark_case& each) {
        return std::regex_search(each.name(), expression) != negative;
    });
    if (kept.empty()) {
        throw failure(exit_usage, fmt::format("--benchmark_filter '{}' matches nothing; near: {}", filter,
                                              fmt::join(near_filters(filter, cases), ", ")));
    }
    return kept;
}

kernel_info memcpy_kernel(std::uint32_t dtype) {
    kernel_info kernel;
    kernel.function = method_name(ULPFRONT_METHOD_NULL);
    kernel.kernel = "memcpy";
    kernel.library = "libc";
    kernel.library_version = gnu_get_libc_version();
    kernel.method = ULPFRONT_METHOD_NULL;
    kernel.dtype = dtype;
    kernel.isa = ULPFRONT_ISA_AUTO;
    return kernel;
}

std::size_t end_of_workload(const std::vector<benchmark_case>& cases, std::size_t first) {
    std::size_t end = first;
    while (end < cases.size() && cases[end].shape == cases[first].shape) ++end;
    return end;
}

std::vector<benchmark_case> with_floors(const std::vector<benchmark_case>& cases,
                                        const std::vector<kernel_info>& all) {
    std::vector<benchmark_case> result;
    for (std::size_t first = 0; first < cases.size();) {
        const std::size_t end = end_of_workload(cases, first);
        const std::vector<benchmark_case> workload(cases.begin() + static_cast<std::ptrdiff_t>(first),
                                                   cases.begin() + static_cast<std::ptrdiff_t>(end));
        const auto floors = missing_floors(workload, all);
        result.insert(result.end(), floors.begin(), floors.end());
        result.insert(result.end(), workload.begin(), workload.end());
        first = end;
    }
    return result;
}

std::vector<std::size_t> make_order(const std::vector<benchmark_case>& cases, std::size_t repetitions,
                                    bool interleaved, std::uint64_t seed) {
    random_bits random(seed);
    std::vector<std::size_t> order;
    for (std::size_t first = 0; first < cases.size();) {
        const std::size_t end = end_of_workload(cases, first);
        const std::size_t begun = order.size();
        for (std::size_t i = first; i < end; ++i) order.insert(order.end(), repetitions, i);
        if (interleaved) shuffle(order, begun, random);
        first = end;
    }
    return order;
}

}  // namespace ulpfront::bench
