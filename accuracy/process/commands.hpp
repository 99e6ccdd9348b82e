// The subcommands of ulpfront-accuracy. Each returns the exit code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "impls/catalogue.hpp"

namespace ulpfront {

struct list_options {
    selection which;
    bool json = false;
};

/// Prints every selected kernel, and the libraries that were skipped.
int run_list(const list_options& options);

struct check_options {
    selection which;
    std::string inputs = "quick";
    std::size_t threads = 0;  ///< 0: as many as there are CPUs
    double timeout = 20.0;    ///< CPU seconds a worker may take for one command
    std::string out;          ///< result file; empty: none
    std::string shard;        ///< "i/N": only this part, `out` becomes its file; empty: everything
};

/// Measures the selected kernels and compares them with their promises.
int run_check(const check_options& options);

struct search_options {
    selection which;
    std::uint64_t budget = std::uint64_t{1} << 18;  ///< evaluations of each kernel
    std::uint64_t seed = 1;
    std::size_t threads = 0;  ///< 0: as many as there are CPUs
    double timeout = 20.0;
    std::string out;
};

/// Looks for the worst inputs of the selected kernels of f64.
int run_search(const search_options& options);

struct merge_options {
    std::string out;
    bool partial = false;  ///< write a shard of what is there, not the result
    std::vector<std::string> shards;
};

/// Joins shards into the result that one machine alone would have written.
int run_merge(const merge_options& options);

struct witnesses_options {
    std::string folder;
    std::vector<std::string> results;
};

/// Adds the worst inputs of results to the lists in a folder; what is there stays.
int run_witnesses(const witnesses_options& options);

struct certify_options {
    std::string folder;                  ///< with a certificate for each function; empty: beside the binary
    std::vector<std::string> functions;  ///< expressions; none: all
    std::size_t threads = 0;             ///< 0: as many as there are CPUs
    bool check = false;                  ///< do not make any: compare those there with this build's reference
};

/// Makes, goes on with, or checks the certificates of binary32's fast reference.
int run_certify(const certify_options& options);

struct eval_options {
    selection which;
    double timeout = 20.0;
    std::vector<std::string> inputs;
};

/// Evaluates one kernel at some inputs and prints what should have come.
int run_eval(const eval_options& options);

/// What "-inf" and "-nan" are called on their way through the parser, to which they look like flags.
inline constexpr const char* minus_infinity = "minus infinity";
inline constexpr const char* minus_nan = "minus nan";

/// The input a text of `eval` means for a dtype, as bits of its wide type (impls/element.hpp): a decimal or
/// hexfloat (rounded to the nearest), "inf", "nan", or 0x and exactly as many hexadecimal digits as the
/// dtype's bits have. Throws failure (exit_usage).
std::uint64_t parse_input(const std::string& text, std::uint32_t dtype);

// Verdicts of a check as exit codes.
inline constexpr int exit_broken = 2;
inline constexpr int exit_crashed = 3;

/// --timeout when nothing is said: CPU seconds.
inline constexpr double usual_timeout = 20.0;

}  // namespace ulpfront
