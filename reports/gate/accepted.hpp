// Losses that somebody has accepted, with a reason, in a committed file. The gate reads it and never writes
// it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ulpfront::gate {

/// One thing that got worse.
struct loss {
    std::string kernel;     ///< function/dtype/kernel/isa; of a speed loss with /distribution/n behind it
    std::string what;       ///< "max_ulp", "misrounded", "special_value", "promise", "missing", "slower", ...
    std::string base;       ///< what was
    std::string candidate;  ///< what is
    std::optional<double> amount;  ///< what is, as a number that an acceptance can bound
    std::string witness;           ///< an input in hexfloat, or empty
    std::string accepted;          ///< the reason it is accepted for; empty: it is not
};

/// A line of the file: KERNEL WHAT LIMIT REASON. KERNEL may have the shell's wildcards; LIMIT is a number
/// that the loss must not exceed, or "-" for losses that are no number.
struct acceptance {
    std::size_t line = 0;
    std::string kernel;
    std::string what;
    std::optional<double> limit;
    std::string reason;
    bool used = false;
};

/// Reads the file's text; lines that are empty or begin with '#' say nothing. Throws failure
/// (exit_bad_input) naming the line that cannot be understood.
std::vector<acceptance> parse_acceptances(const std::string& text, const std::string& file);

/// Marks the losses that a line accepts, and the lines that accept one.
void accept(std::vector<loss>& losses, std::vector<acceptance>& by);

}  // namespace ulpfront::gate
