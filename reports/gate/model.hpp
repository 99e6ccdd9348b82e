// Everything a gate run found out; what the writers write.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "impls/environment.hpp"
#include "reports/gate/accepted.hpp"
#include "reports/gate/speed.hpp"

namespace ulpfront::gate {

// Verdicts as exit codes; a worse one hides those behind it in this order: less exact, slower, incomparable,
// inconclusive.
inline constexpr int exit_slower = 1;
inline constexpr int exit_less_exact = 2;
inline constexpr int exit_incomparable = 3;
inline constexpr int exit_inconclusive = 4;

/// How exact a kernel is beside what it was.
enum class accuracy_verdict {
    identical,     ///< the same object code and promise: nothing was tried
    same_bits,     ///< every result tried has the same bits
    no_worse,      ///< results changed, and no figure got worse
    less_exact,    ///< a figure got worse, a promise is broken or looser, or it crashes
    fresh,         ///< "new": only the candidate has it, and it keeps its promise
    missing,       ///< only the base has it
    incomparable,  ///< results changed and there is nothing to judge them by, or the base dies
    not_here,      ///< "not run here": the CPU lacks its instruction set
    unmeasured,    ///< interrupted, or not asked for
};
const char* name_of(accuracy_verdict verdict);

/// One build of the kernels.
struct build {
    std::string path;
    std::vector<nlohmann::json>
        libraries;  ///< {"path", "library", "version", "compiler", "flags", "kernels"}
};

/// Results that changed their bits.
struct bit_changes {
    std::uint64_t compared = 0;
    std::uint64_t changed = 0;
    std::string input;  ///< first witness, hexfloat
    std::string base;
    std::string candidate;
    std::string input_bits;  ///< 0x...
};

struct instructions {
    double base = 0.0;  ///< per element
    double candidate = 0.0;
    std::string why_not;  ///< empty: they were counted

    [[nodiscard]] double ratio() const { return candidate / base; }
};

/// A kernel of either build or of both.
struct kernel_result {
    std::string id;
    accuracy_verdict accuracy = accuracy_verdict::unmeasured;
    std::string note;
    std::string inputs;  ///< which inputs its figures are of: "all", "quick", ...; empty: there are none
    std::optional<bit_changes> bits;
    std::vector<loss> losses;
    nlohmann::json base_row;  ///< of the accuracy result; null: none
    nlohmann::json candidate_row;
    std::optional<instructions> counted;
};

struct gate_result {
    bool complete = true;
    std::string incomparable;  ///< why nothing could be compared; empty: something was
    build base;
    build candidate;
    std::vector<std::string> notes;  ///< what the reader should know: different flags, no pinning
    std::string inputs;
    bool accuracy_asked = true;
    bool speed_asked = true;
    speed_limits limits;
    nlohmann::json machine;  ///< where timing ran; null: it did not
    std::vector<kernel_result> kernels;
    std::vector<speed_result> speeds;  ///< `pair` is an index of kernels
    std::vector<loss> slower;          ///< of the speeds and the instructions
    std::vector<acceptance> acceptances;
    bool fail_on_inconclusive = false;
    double seconds = 0.0;
};

/// More instructions than so many times the base's are a loss, where --fail-on instructions asks for it.
inline constexpr double instruction_margin = 1.01;

/// Number of benchmarks with a verdict.
std::size_t count(const gate_result& of, speed_verdict verdict);
/// Number of kernels with a verdict.
std::size_t count(const gate_result& of, accuracy_verdict verdict);

/// The exit code of a complete run.
int verdict_code(const gate_result& of);

/// One line: what the run comes to.
std::string summary(const gate_result& of);

/// Median and 95 % interval of evidence as ratios minus one; all zero where there is none.
struct change {
    double median = 0.0;
    double low = 0.0;
    double high = 0.0;
};
change change_of(const speed_result& from);
/// Median ns per element of base and candidate.
std::pair<double, double> times_of(const speed_result& from);

// The writers. Each returns the whole text.
std::string as_text(const gate_result& from, bool all_lines);
std::string as_markdown(const gate_result& from);
std::string as_junit(const gate_result& from);
nlohmann::json as_json(const gate_result& from, const environment& where);

}  // namespace ulpfront::gate
