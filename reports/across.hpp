// What only shows across functions: instruction sets side by side, libraries side by side, tables' error
// against their size.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/report.hpp"

namespace ulpfront::reports {

/// The fastest kernel within 4 ULP that each ISA has.
struct isa_line {
    std::size_t function = 0;
    std::size_t group = 0;
    std::vector<std::optional<std::size_t>> kernels;  ///< in the order of model::isas
};
std::vector<isa_line> compare_isas(const report& of);

/// A foreign library's fastest sound kernel beside the fastest of ours that errs no more, in ULP and by
/// mixed_error. Of a library without a sound one its first kernel, with nothing beside it.
struct peer_line {
    std::size_t function = 0;
    std::size_t group = 0;
    std::size_t theirs = 0;
    std::optional<std::size_t> ours;
    std::optional<ratio> faster;  ///< their time over ours
};
std::vector<peer_line> compare_peers(const report& of);

/// A table kernel: a name that ends in a number of entries.
struct table_point {
    std::size_t kernel = 0;
    double entries = 0.0;
    double error = 0.0;  ///< mixed_error
    std::optional<interval> time;
};

/// Kernels of one name but for the number of entries, ascending in it; at least two.
struct table_line {
    std::size_t function = 0;
    std::size_t group = 0;
    std::string family;  ///< "lut_linear"
    std::vector<table_point> points;
};
std::vector<table_line> compare_tables(const report& of);

/// Error against entries of all lines of one dtype; nothing where there are none.
std::optional<named_chart> draw_tables(const report& of, const std::string& dtype);

}  // namespace ulpfront::reports
