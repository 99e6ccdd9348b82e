// What the report reads: accuracy and bench result files, as they were written.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace ulpfront::reports {

/// What joins a kernel's error with its speed.
struct kernel_key {
    std::string function;
    std::string dtype;
    std::string library;
    std::string kernel;
    std::string isa;

    friend bool operator==(const kernel_key&, const kernel_key&) = default;
    friend bool operator<(const kernel_key& a, const kernel_key& b) {
        return std::tie(a.function, a.dtype, a.library, a.kernel, a.isa) <
               std::tie(b.function, b.dtype, b.library, b.kernel, b.isa);
    }
};

/// What is known of a kernel whatever was measured.
struct kernel_label {
    kernel_key key;
    std::string shown;   ///< "exp_div", or "library:kernel" for foreign ones
    std::string method;  ///< "naive", "simd", ..., "null" for the floor
};

/// "sigmoid/f32/exp_div/avx2".
std::string spell(const kernel_label& label);

/// One special input: what is right, what came. Values in hexfloat.
struct special_case {
    std::string input;
    std::string expected;
    std::string computed;
    bool ok = false;
};

/// One thing found wrong, in a sentence.
struct fault_note {
    std::string code;
    std::string message;
};

/// A bin of an error histogram: errors from `from` ULP up to the next bin's.
struct error_bin {
    double from = 0.0;
    std::uint64_t count = 0;

    friend bool operator==(const error_bin&, const error_bin&) = default;
};

/// The errors of the inputs of one sign and exponent.
struct binade_error {
    double from = 0.0;  ///< the smallest input
    double max_ulp = 0.0;
    double mean_ulp = 0.0;

    friend bool operator==(const binade_error&, const binade_error&) = default;
};

/// Errors where inputs are distributed, each weighted by its density.
struct weighted_error {
    double mean_ulp = 0.0;
    double rms_ulp = 0.0;
    double p999_ulp = 0.0;  ///< what 99.9 % of the distribution does not exceed

    friend bool operator==(const weighted_error&, const weighted_error&) = default;
};

/// A row of an accuracy result. What was not measured is empty.
struct accuracy_row {
    kernel_label label;
    std::string library_version;
    std::string note;
    std::string code_id;
    std::string path;  ///< of the kernel library; empty for the project's own
    std::string promise_kind;
    double promise_value = 0.0;
    std::vector<std::string> promise_flags;
    bool flush_to_zero = false;
    std::string status;
    std::string reason;
    std::vector<fault_note> faults;

    bool exhaustive = false;  ///< the maxima are over every input there is
    bool certified = false;   ///< and the reference they were found with carries a valid certificate
    /// What the maxima are, in one word: certified, exhaustive, found.
    [[nodiscard]] const char* kind() const {
        if (certified) return "certified";
        return exhaustive ? "exhaustive" : "found";
    }
    std::optional<std::uint64_t> inputs_tried;
    std::optional<double> max_ulp;
    std::optional<double> max_ulp_normal;
    std::optional<double> mean_ulp;
    std::optional<double> rms_ulp;
    std::optional<double> max_abs_error;
    std::optional<std::uint64_t> misrounded;
    std::optional<std::uint64_t> undecided;
    std::optional<std::uint64_t> nan_mismatches;
    std::optional<std::uint64_t> inf_mismatches;
    std::optional<std::uint64_t> zero_sign_mismatches;
    std::optional<std::uint64_t> flushed_subnormals;
    std::optional<std::uint64_t> monotonicity_violations;
    std::optional<std::uint64_t> symmetry_violations;
    std::optional<std::uint64_t> range_violations;
    std::string worst_input;
    std::string worst_output;
    std::string worst_exact;
    std::vector<special_case> specials;

    // Optional members: files without them are read as well.
    std::vector<double> seams;  ///< inputs where the algorithm changes piece
    std::optional<double> bias_ulp;
    std::optional<weighted_error> normal_1;  ///< under N(0,1)
    std::vector<error_bin> histogram;        ///< ascending
    std::vector<binade_error> binades;       ///< ascending
};

/// A function's name, formula, facts and curve.
struct function_entry {
    std::string name;
    std::string title;
    std::string formula;
    std::string mathml;
    double range_low = 0.0;
    double range_high = 0.0;
    std::string symmetry;
    double at_minus_infinity = 0.0;
    double at_plus_infinity = 0.0;
    bool rational = false;
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> slope;

    friend bool operator==(const function_entry&, const function_entry&) = default;
};

/// A kernel library that took part, or did not.
struct library_note {
    std::string library;
    std::string version;
    std::string compiler;
    std::string flags;
    std::string skipped;  ///< why it was not loaded; empty if it was

    friend bool operator<(const library_note& a, const library_note& b) {
        return std::tie(a.library, a.version, a.compiler, a.flags, a.skipped) <
               std::tie(b.library, b.version, b.compiler, b.flags, b.skipped);
    }
};

struct accuracy_result {
    std::string file;
    bool complete = false;
    nlohmann::json environment;
    std::string inputs_mode;
    std::vector<library_note> libraries;
    std::vector<function_entry> functions;
    std::vector<accuracy_row> rows;
};

/// Under what a kernel was timed.
struct condition {
    std::string distribution;
    std::uint64_t n = 0;
    bool in_place = false;

    friend bool operator==(const condition&, const condition&) = default;
    friend bool operator<(const condition& a, const condition& b) {
        return std::tie(a.distribution, a.n, a.in_place) < std::tie(b.distribution, b.n, b.in_place);
    }
};

/// One repetition of one benchmark.
struct bench_row {
    kernel_label label;
    condition under;
    double ns_per_element = 0.0;
    std::string error;  ///< why it was not timed; empty if it was
};

struct bench_result {
    std::string file;
    bool complete = false;
    nlohmann::json context;
    std::vector<library_note> libraries;
    std::vector<bench_row> rows;
};

struct result_set {
    std::vector<accuracy_result> accuracy;
    std::vector<bench_result> bench;
};

/// Reads result files of either kind. Throws failure (exit_bad_input) with one line naming the file and
/// the member at fault: not JSON, not ours, another schema version, a missing member, a value out of
/// range, the same kernel in two files, bench results of two machines. The order of the files does not
/// show in what is returned.
result_set read_results(const std::vector<std::string>& files);

/// The part of read_results about files that do not go together. Throws failure (exit_bad_input) for a
/// kernel in two rows or two files, a function with two definitions, bench results of two machines.
void refuse_contradictions(const result_set& set);

/// How the machines of two contexts of bench results differ, each in words; empty if they do not.
std::vector<std::string> machine_differences(const nlohmann::json& one, const nlohmann::json& other);

}  // namespace ulpfront::reports
