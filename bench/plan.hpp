// What is to be timed: kernels times inputs, the floors they are compared with, and the order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/workload.hpp"
#include "impls/catalogue.hpp"

namespace ulpfront::bench {

/// One benchmark: a kernel on a workload.
struct benchmark_case {
    kernel_info kernel;  ///< an empty path: libc's memcpy
    workload_shape shape{};

    /// function/dtype/kernel/isa/distribution/n, with /inplace behind it where so.
    [[nodiscard]] std::string name() const;
    [[nodiscard]] bool is_floor() const;  ///< a copy: its method is null
    [[nodiscard]] bool is_memcpy() const { return kernel.path.empty(); }
};

/// The inputs every kernel is timed on: the product of these.
struct input_matrix {
    std::vector<distribution> distributions;
    std::vector<std::size_t> sizes;
    std::vector<bool> placements;  ///< in place?
};

/// Elements per call where nothing else is asked for.
inline constexpr std::size_t usual_size = std::size_t{1} << 11;

/// The sizes of the full matrix.
const std::vector<std::size_t>& standard_sizes();

/// Every kernel that has inputs on all of the matrix, ordered by workload, floors first.
std::vector<benchmark_case> make_cases(const std::vector<kernel_info>& kernels, const input_matrix& matrix);

/// Keeps the cases whose name a regular expression is found in; with '-' before it, the others. Empty and
/// "all" keep everything. Throws failure (exit_usage) if it is malformed or keeps nothing.
std::vector<benchmark_case> filter_cases(const std::vector<benchmark_case>& cases, const std::string& filter);

/// Adds to each workload what its kernels are to be compared with, as far as it is not there: the null
/// kernels of their ISAs, and out of place libc's memcpy. `all` is where null kernels are taken from.
std::vector<benchmark_case> with_floors(const std::vector<benchmark_case>& cases,
                                        const std::vector<kernel_info>& all);

/// libc's memcpy as a kernel.
kernel_info memcpy_kernel(std::uint32_t dtype);

/// Indices of the cases in the order of their runs: workload by workload; within each, all repetitions of
/// all cases shuffled by the seed if interleaved, else case by case.
std::vector<std::size_t> make_order(const std::vector<benchmark_case>& cases, std::size_t repetitions,
                                    bool interleaved, std::uint64_t seed);

/// One past the last case of the workload that begins at `first`.
std::size_t end_of_workload(const std::vector<benchmark_case>& cases, std::size_t first);

}  // namespace ulpfront::bench
